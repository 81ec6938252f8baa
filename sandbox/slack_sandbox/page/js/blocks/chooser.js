/** A field that shows what is chosen, and opens a list to choose from. */

import { el, fill } from "../dom.js";
import { icon } from "../icons.js";
import { bare } from "../text/texts.js";

/**
 * @param {Slack.Select} element
 * @param {Page.At} at
 * @param {() => void} open
 * @returns {{node: HTMLElement, show: (words: string[], look?: string) => void}}
 */
export function chooser(element, at, open) {
  const words = el("span", { class: "multi-words", id: `${at.id}-chosen` });
  const { "aria-required": _, ...labels } = at.labels; // a button takes none
  const named = labels["aria-labelledby"] ?? at.id; // else by its own aria-label
  const node = el(
    "button",
    {
      class: "input multi",
      type: "button",
      id: at.id,
      "aria-haspopup": "dialog",
      "aria-expanded": "false",
      data: { key: at.surface.keyOf(at.block, element) },
      ...labels,
      "aria-labelledby": `${named} ${words.id}`,
      onclick: open,
    },
    words,
    icon("down"),
  );
  /**
   * @param {string[]} chosen
   * @param {string} [look]
   */
  const show = (chosen, look = "chip") => {
    const asked = look === "chip" ? "Choose some" : "Choose one";
    const placeholder = element.placeholder ? bare(element.placeholder) : asked;
    const parts = chosen.map((each) => el("span", { class: look }, each));
    fill(words, parts.length ? parts : el("span", { class: "multi-empty" }, placeholder));
  };
  return { node, show };
}

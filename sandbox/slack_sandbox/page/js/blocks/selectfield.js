/** A field that shows the selected options, and opens a list of options. */

import { el, setChildren } from "../dom.js";
import { icon } from "../icons.js";
import { plainText } from "../text/textobjects.js";

/**
 * @param {Slack.Select} element
 * @param {Page.ElementContext} context
 * @param {() => void} open
 * @returns {{node: HTMLElement, show: (labels: string[], className?: string) => void}}
 */
export function selectField(element, context, open) {
  const value = el("span", { class: "multi-text", id: `${context.id}-selected` });
  const { "aria-required": _, ...labels } = context.ariaLabels; // not valid on a button
  const labelId = labels["aria-labelledby"] ?? context.id; // else its own aria-label
  const node = el(
    "button",
    {
      class: "input multi",
      type: "button",
      id: context.id,
      "aria-haspopup": "dialog",
      "aria-expanded": "false",
      data: { key: context.surface.keyOf(context.block, element) },
      ...labels,
      "aria-labelledby": `${labelId} ${value.id}`,
      onclick: open,
    },
    value,
    icon("down"),
  );
  /**
   * @param {string[]} selected labels
   * @param {string} [className]
   */
  const show = (selected, className = "chip") => {
    const hint = className === "chip" ? "Select options" : "Select an option";
    const placeholder = element.placeholder ? plainText(element.placeholder) : hint;
    const parts = selected.map((label) => el("span", { class: className }, label));
    setChildren(value, parts.length ? parts : el("span", { class: "multi-empty" }, placeholder));
  };
  return { node, show };
}

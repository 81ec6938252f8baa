/** Radio buttons and checkboxes. */

import { el } from "../dom.js";
import { textNodes } from "../text/texts.js";

/**
 * @param {Slack.Choices} element
 * @param {Page.At} at
 */
export function radioButtons(element, at) {
  return choices(element, at, "radio", element.initial_option ? [element.initial_option] : []);
}

/**
 * @param {Slack.Choices} element
 * @param {Page.At} at
 */
export function checkboxes(element, at) {
  return choices(element, at, "checkbox", element.initial_options ?? []);
}

/**
 * @param {Slack.Choices} element
 * @param {Page.At} at
 * @param {"radio" | "checkbox"} type
 * @param {Slack.Option[]} initial
 */
function choices(element, at, type, initial) {
  const chosen = initial.map((option) => option.value);
  const key = at.surface.keyOf(at.block, element);
  const boxes = element.options.map((option, index) => box(option, index));
  const group = el(
    "div",
    { class: "choices", id: at.id, role: type === "radio" ? "radiogroup" : "group", ...at.labels },
    boxes,
  );
  const inputs = [...group.querySelectorAll("input")];

  const values = () => inputs.filter((input) => input.checked).map((input) => input.value);
  const read = () => (type === "radio" ? (values()[0] ?? null) : values());
  /** @param {Page.Raw} raw */
  const write = (raw) => {
    for (const input of inputs) input.checked = [raw].flat().includes(input.value);
  };
  at.surface.enter({ block: at.block, element, node: inputs[0], read, write });

  let before = read();
  group.addEventListener("change", async () => {
    if (!at.dispatches) return;
    const given = type === "radio" ? { value: read() } : { values: read() };
    if (await at.surface.press(at.block, element, group, given)) before = read();
    else write(before);
  });
  return group;

  /**
   * @param {Slack.Option} option
   * @param {number} index
   */
  function box(option, index) {
    const input = el("input", {
      type,
      name: `${at.id}-choice`,
      value: option.value,
      checked: chosen.includes(option.value),
      data: { key: `${key}/${index}` },
    });
    const { state } = at.surface;
    const note =
      option.description &&
      el("span", { class: "choice-note" }, textNodes(option.description, state));
    return el(
      "label",
      { class: "choice" },
      input,
      el("span", { class: "choice-words" }, el("span", {}, textNodes(option.text, state)), note),
    );
  }
}

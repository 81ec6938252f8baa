/** Radio buttons and checkboxes. */

import { el } from "../dom.js";
import { textNodes } from "../text/textobjects.js";

/**
 * @param {Slack.Choices} element
 * @param {Page.ElementContext} context
 */
export function radioButtons(element, context) {
  return choices(element, context, "radio", element.initial_option ? [element.initial_option] : []);
}

/**
 * @param {Slack.Choices} element
 * @param {Page.ElementContext} context
 */
export function checkboxes(element, context) {
  return choices(element, context, "checkbox", element.initial_options ?? []);
}

/**
 * @param {Slack.Choices} element
 * @param {Page.ElementContext} context
 * @param {"radio" | "checkbox"} type
 * @param {Slack.Option[]} initial
 */
function choices(element, context, type, initial) {
  const selected = initial.map((option) => option.value);
  const key = context.surface.keyOf(context.block, element);
  const boxes = element.options.map((option, index) => box(option, index));
  const group = el(
    "div",
    {
      class: "choices",
      id: context.id,
      role: type === "radio" ? "radiogroup" : "group",
      ...context.ariaLabels,
    },
    boxes,
  );
  const inputs = [...group.querySelectorAll("input")];

  const values = () => inputs.filter((input) => input.checked).map((input) => input.value);
  const read = () => (type === "radio" ? (values()[0] ?? null) : values());
  /** @param {Page.Raw} raw */
  const write = (raw) => {
    for (const input of inputs) input.checked = [raw].flat().includes(input.value);
  };
  context.surface.register({ block: context.block, element, node: inputs[0], read, write });

  let before = read();
  group.addEventListener("change", async () => {
    if (!context.dispatchesActions) return;
    const action = type === "radio" ? { value: read() } : { values: read() };
    if (await context.surface.press(context.block, element, group, action)) before = read();
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
      name: `${context.id}-choice`,
      value: option.value,
      checked: selected.includes(option.value),
      data: { key: `${key}/${index}` },
    });
    const { state } = context.surface;
    const note =
      option.description &&
      el("span", { class: "choice-note" }, textNodes(option.description, state));
    return el(
      "label",
      { class: "choice" },
      input,
      el("span", { class: "choice-text" }, el("span", {}, textNodes(option.text, state)), note),
    );
  }
}

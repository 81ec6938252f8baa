/** The input block: a label, an element, a hint and an error. */

import { el } from "../dom.js";
import { textNodes } from "../text/textobjects.js";
import { drawElement } from "./elements.js";

let lastId = 0;

/**
 * @param {Slack.Input} block
 * @param {Page.Surface} surface
 */
export function input(block, surface) {
  lastId += 1;
  const id = `field-${lastId}`;
  const isGroup = ["radio_buttons", "checkboxes"].includes(block.element.type);
  const label = el(
    isGroup ? "div" : "label",
    { class: "field-label", id: `${id}-label`, for: isGroup ? null : id },
    textNodes(block.label, surface.state),
    block.optional && el("span", { class: "field-optional" }, " (optional)"),
  );
  const hint =
    block.hint &&
    el("p", { class: "field-hint", id: `${id}-hint` }, textNodes(block.hint, surface.state));
  const error = el("p", { class: "field-error", id: `${id}-error` });
  const aria = {
    "aria-labelledby": label.id,
    "aria-describedby": [error.id, hint?.id].filter(Boolean).join(" "),
    "aria-required": !block.optional && !isGroup && "true",
  };
  return el(
    "div",
    { class: "field", data: { block: block.block_id } },
    label,
    drawElement(block.element, block, surface, { id, aria }),
    error,
    hint,
  );
}

/**
 * Show the errors under their fields, and clear the errors of the other fields.
 * @param {HTMLElement} root
 * @param {Record<string, string>} errors
 */
export function showErrors(root, errors) {
  /** @type {NodeListOf<HTMLElement>} */
  const fields = root.querySelectorAll(".field");
  for (const field of fields) {
    const text = errors[field.dataset.block ?? ""] ?? "";
    const error = field.querySelector(".field-error");
    if (error) error.textContent = text;
    field.classList.toggle("field-wrong", Boolean(text));
    const control = field.querySelector("[aria-describedby]");
    if (text) control?.setAttribute("aria-invalid", "true");
    else control?.removeAttribute("aria-invalid");
  }
}

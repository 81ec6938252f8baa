/** The input block: a label, an element, its hint and what is wrong with it. */

import { el } from "../dom.js";
import { textNodes } from "../text/texts.js";
import { drawElement } from "./elements.js";

let drawn = 0;

/**
 * @param {Slack.Input} block
 * @param {Page.Surface} surface
 */
export function input(block, surface) {
  drawn += 1;
  const id = `field-${drawn}`;
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
 * Show what is wrong under each field, and nothing under the others.
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

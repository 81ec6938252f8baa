/** Inputs that are typed into. */

import { el } from "../dom.js";
import { plainOf } from "../text/richtext.js";
import { bare } from "../text/texts.js";
import { oneOf } from "./surface.js";

const COUNTED_FROM = 0.8; // of max_length: before that, nobody needs to count

/** @type {Record<Slack.PlainInput["type"], Page.Props>} */
const KINDS = {
  plain_text_input: { type: "text" },
  number_input: { type: "text", inputmode: "decimal" },
  email_text_input: { type: "email", autocomplete: "off" },
  url_text_input: { type: "url", autocomplete: "off" },
};

/**
 * @param {Slack.PlainInput | Slack.RichTextInput} element
 * @param {Page.At} at
 */
export function typed(element, at) {
  const isRich = element.type === "rich_text_input";
  const isLong = isRich || element.multiline;
  const initial = isRich
    ? element.initial_value && plainOf(element.initial_value)
    : element.initial_value;
  const props = {
    class: "input",
    id: at.id,
    value: initial ?? "",
    placeholder: element.placeholder ? bare(element.placeholder) : null,
    data: { key: at.surface.keyOf(at.block, element) },
    ...at.labels,
  };
  const input = isLong
    ? el("textarea", { ...props, rows: 4 })
    : el("input", { ...props, ...(isRich ? {} : KINDS[element.type]) });
  at.surface.enter({
    block: at.block,
    element,
    node: input,
    read: () => input.value || null,
    write: (raw) => {
      input.value = oneOf(raw) ?? "";
    },
  });
  if (at.dispatches) dispatch(element, at, input);
  const most = isRich ? undefined : element.max_length;
  return most ? [input, counter(input, most)] : input;
}

/**
 * On Enter, on every character, or both, as the app asked; Enter if it did not.
 * @param {Slack.PlainInput | Slack.RichTextInput} element
 * @param {Page.At} at
 * @param {HTMLInputElement | HTMLTextAreaElement} input
 */
function dispatch(element, at, input) {
  const on = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const press = () => at.surface.press(at.block, element, input, { text: input.value });
  if (on.includes("on_character_entered")) input.addEventListener("input", press);
  if (!on.includes("on_enter_pressed")) return;
  /** @param {KeyboardEvent} event */
  const pressOnEnter = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    press();
  };
  /** @type {HTMLElement} */ (input).addEventListener("keydown", pressOnEnter);
}

/**
 * @param {HTMLInputElement | HTMLTextAreaElement} input
 * @param {number} most
 */
function counter(input, most) {
  const node = el("span", { class: "counter", "aria-hidden": "true" });
  const count = () => {
    const left = most - input.value.length;
    node.textContent = input.value.length >= most * COUNTED_FROM ? String(left) : "";
    node.classList.toggle("counter-over", left < 0);
  };
  input.addEventListener("input", count);
  count();
  return node;
}

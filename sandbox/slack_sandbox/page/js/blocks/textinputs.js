/** Text inputs. */

import { el } from "../dom.js";
import { richTextToPlain } from "../text/richtext.js";
import { plainText } from "../text/textobjects.js";
import { singleValue } from "./surface.js";

const COUNTER_FROM = 0.8; // of max_length: the counter stays hidden below it

/** @type {Record<Slack.PlainInput["type"], Page.Props>} */
const HTML_PROPS = {
  plain_text_input: { type: "text" },
  number_input: { type: "text", inputmode: "decimal" },
  email_text_input: { type: "email", autocomplete: "off" },
  url_text_input: { type: "url", autocomplete: "off" },
};

/**
 * @param {Slack.PlainInput | Slack.RichTextInput} element
 * @param {Page.ElementContext} context
 */
export function textInput(element, context) {
  const isRich = element.type === "rich_text_input";
  const isLong = isRich || element.multiline;
  const initial = isRich
    ? element.initial_value && richTextToPlain(element.initial_value)
    : element.initial_value;
  const props = {
    class: "input",
    id: context.id,
    value: initial ?? "",
    placeholder: element.placeholder ? plainText(element.placeholder) : null,
    data: { key: context.surface.keyOf(context.block, element) },
    ...context.ariaLabels,
  };
  const input = isLong
    ? el("textarea", { ...props, rows: 4 })
    : el("input", { ...props, ...(isRich ? {} : HTML_PROPS[element.type]) });
  context.surface.register({
    block: context.block,
    element,
    node: input,
    read: () => input.value || null,
    write: (raw) => {
      input.value = singleValue(raw) ?? "";
    },
  });
  if (context.dispatchesActions) dispatch(element, context, input);
  const maxLength = isRich ? undefined : element.max_length;
  return maxLength ? [input, counter(input, maxLength)] : input;
}

/**
 * Send actions on Enter, on every character, or both, as the element specifies. The default is Enter.
 * @param {Slack.PlainInput | Slack.RichTextInput} element
 * @param {Page.ElementContext} context
 * @param {HTMLInputElement | HTMLTextAreaElement} input
 */
function dispatch(element, context, input) {
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const press = () => context.surface.press(context.block, element, input, { text: input.value });
  if (triggers.includes("on_character_entered")) input.addEventListener("input", press);
  if (!triggers.includes("on_enter_pressed")) return;
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
 * @param {number} maxLength
 */
function counter(input, maxLength) {
  const node = el("span", { class: "counter", "aria-hidden": "true" });
  const count = () => {
    const left = maxLength - input.value.length;
    node.textContent = input.value.length >= maxLength * COUNTER_FROM ? String(left) : "";
    node.classList.toggle("counter-over", left < 0);
  };
  input.addEventListener("input", count);
  count();
  return node;
}

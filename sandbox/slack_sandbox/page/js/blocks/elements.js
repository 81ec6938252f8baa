/**
 * Block elements. The page names the types that it can't draw
 * (docs.slack.dev/reference/block-kit/block-elements).
 */

import { el } from "../dom.js";
import { plainText } from "../text/textobjects.js";
import { button, feedbackButtons, iconButton, overflow, workflowButton } from "./buttons.js";
import { checkboxes, radioButtons } from "./choices.js";
import { picker } from "./datepickers.js";
import { externalMultiSelect, externalSelect } from "./externalselect.js";
import { multiSelect } from "./multiselect.js";
import { select } from "./select.js";
import { textInput } from "./textinputs.js";

/**
 * @template Element
 * @typedef {(element: Element, at: Page.ElementContext) => Page.Child} Draw
 */

/** @type {{[Type in Slack.Element["type"]]: Draw<Extract<Slack.Element, {type: Type}>>}} */
const RENDERERS = {
  button,
  checkboxes,
  channels_select: select,
  conversations_select: select,
  datepicker: picker,
  datetimepicker: picker,
  email_text_input: textInput,
  external_select: externalSelect,
  feedback_buttons: feedbackButtons,
  icon_button: iconButton,
  multi_channels_select: multiSelect,
  multi_conversations_select: multiSelect,
  multi_external_select: externalMultiSelect,
  multi_static_select: multiSelect,
  multi_users_select: multiSelect,
  number_input: textInput,
  overflow,
  plain_text_input: textInput,
  radio_buttons: radioButtons,
  rich_text_input: textInput,
  static_select: select,
  timepicker: picker,
  url_text_input: textInput,
  users_select: select,
  workflow_button: workflowButton,
};
/** @type {Record<string, string>} */
const NAMES = { file_input: "File inputs" };

let lastId = 0;

/**
 * @param {Slack.Element} element
 * @param {Page.BlockWithId} block
 * @param {Page.Surface} surface
 * @param {{id: string, aria: Page.ElementContext["ariaLabels"]}} [labels] for an element that has a label of its own on the page
 */
export function drawElement(element, block, surface, labels) {
  lastId += 1;
  // The server may support more types than the page.
  const draw = /** @type {Draw<Slack.Element>} */ (RENDERERS[element.type] ?? unsupported);
  const label = element.placeholder
    ? plainText(element.placeholder)
    : element.type.replaceAll("_", " ");
  return draw(element, {
    surface,
    block,
    id: labels?.id ?? `element-${lastId}`,
    ariaLabels: labels?.aria ?? { "aria-label": label },
    dispatchesActions: block.type !== "input" || Boolean(block.dispatch_action),
  });
}

/** @param {Slack.Element} element */
function unsupported(element) {
  const name = NAMES[element.type] ?? `“${element.type}” elements`;
  return el("p", { class: "unsupported" }, `${name} aren't supported here.`);
}

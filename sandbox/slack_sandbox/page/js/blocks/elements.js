/**
 * Every element of Block Kit: how it is drawn, or that it is not
 * (docs.slack.dev/reference/block-kit/block-elements).
 */

import { el } from "../dom.js";
import { bare } from "../text/texts.js";
import { button, feedbackButtons, iconButton, overflow, workflowButton } from "./buttons.js";
import { checkboxes, radioButtons } from "./choices.js";
import { externalMultiSelect, externalSelect } from "./external.js";
import { multiSelect } from "./multi.js";
import { picker } from "./pickers.js";
import { select } from "./selects.js";
import { typed } from "./typed.js";

/**
 * @template Element
 * @typedef {(element: Element, at: Page.At) => Page.Child} Draw
 */

/** @type {{[Type in Slack.Element["type"]]: Draw<Extract<Slack.Element, {type: Type}>>}} */
const DRAWN = {
  button,
  checkboxes,
  channels_select: select,
  conversations_select: select,
  datepicker: picker,
  datetimepicker: picker,
  email_text_input: typed,
  external_select: externalSelect,
  feedback_buttons: feedbackButtons,
  icon_button: iconButton,
  multi_channels_select: multiSelect,
  multi_conversations_select: multiSelect,
  multi_external_select: externalMultiSelect,
  multi_static_select: multiSelect,
  multi_users_select: multiSelect,
  number_input: typed,
  overflow,
  plain_text_input: typed,
  radio_buttons: radioButtons,
  rich_text_input: typed,
  static_select: select,
  timepicker: picker,
  url_text_input: typed,
  users_select: select,
  workflow_button: workflowButton,
};
/** @type {Record<string, string>} */
const NAMES = { file_input: "A file input" };

let drawn = 0;

/**
 * @param {Slack.Element} element
 * @param {Page.BlockWithId} block
 * @param {Page.Surface} surface
 * @param {{id: string, aria: Page.At["labels"]}} [labels] aria attributes, where something else labels it
 */
export function drawElement(element, block, surface, labels) {
  drawn += 1;
  // The server may know more types than the page.
  const draw = /** @type {Draw<Slack.Element>} */ (DRAWN[element.type] ?? unsupported);
  const own = element.placeholder ? bare(element.placeholder) : element.type.replaceAll("_", " ");
  return draw(element, {
    surface,
    block,
    id: labels?.id ?? `element-${drawn}`,
    labels: labels?.aria ?? { "aria-label": own },
    dispatches: block.type !== "input" || Boolean(block.dispatch_action),
  });
}

/** @param {Slack.Element} element */
function unsupported(element) {
  const name = NAMES[element.type] ?? `A “${element.type}”`;
  return el("p", { class: "unsupported" }, `${name}, not supported here`);
}

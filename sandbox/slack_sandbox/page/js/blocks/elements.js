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
 * @typedef {{surface: import("./surface.js").Surface, block: any, id: string, labels: Record<string, any>, dispatches: boolean}} At
 *   Where an element stands, what labels it, and whether choosing something there is told to the app.
 */

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
const NAMES = { file_input: "A file input" };

let drawn = 0;

/**
 * @param {any} element @param {any} block @param {import("./surface.js").Surface} surface
 * @param {Record<string, any>} [labels] aria attributes, where something else labels it
 */
export function drawElement(element, block, surface, labels = undefined) {
  drawn += 1;
  const draw = DRAWN[element.type] ?? unsupported;
  const own = element.placeholder ? bare(element.placeholder) : element.type.replaceAll("_", " ");
  return draw(element, {
    surface,
    block,
    id: labels?.id ?? `element-${drawn}`,
    labels: labels?.aria ?? { "aria-label": own },
    dispatches: block.type !== "input" || Boolean(block.dispatch_action),
  });
}

function unsupported(element) {
  const name = NAMES[element.type] ?? `A “${element.type}”`;
  return el("p", { class: "unsupported" }, `${name}, not supported here`);
}

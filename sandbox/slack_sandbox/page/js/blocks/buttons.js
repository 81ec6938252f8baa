/** Buttons and overflow menus. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { safeUrl } from "../links.js";
import { menuButton } from "../overlays/menu.js";
import { plainText, textNodes } from "../text/textobjects.js";

/**
 * @param {Slack.Button} element
 * @param {Page.ElementContext} context
 */
export function button(element, context) {
  const style = element.style ? `button-${element.style}` : "";
  /** @type {Page.Props} */
  const props = {
    class: `button ${style}`,
    "aria-label": element.accessibility_label,
    data: { key: context.surface.keyOf(context.block, element) },
    onclick: ({ currentTarget }) => context.surface.press(context.block, element, currentTarget),
  };
  const label = textNodes(element.text, context.surface.state);
  const address = element.url && safeUrl(element.url);
  if (address)
    return el(
      "a",
      { ...props, href: address, target: "_blank", rel: "noopener noreferrer" },
      label,
    );
  const title = element.url && `This link isn't safe to open: ${element.url}`;
  return el("button", { ...props, title, type: "button" }, label);
}

/**
 * @param {Slack.Overflow} element
 * @param {Page.ElementContext} context
 */
export function overflow(element, context) {
  const key = context.surface.keyOf(context.block, element);
  const { state } = context.surface;
  /**
   * @param {Slack.Option} option
   * @param {HTMLElement} node
   * @returns {Page.MenuEntry}
   */
  const item = (option, node) => ({
    label: textNodes(option.text, state),
    note: option.description && textNodes(option.description, state),
    href: option.url && safeUrl(option.url),
    onselect: () => context.surface.press(context.block, element, node, { value: option.value }),
  });
  const node = menuButton(
    { class: "button button-icon", "aria-label": "More", data: { key } },
    "More",
    () => element.options.map((option) => item(option, node)),
    icon("more"),
  );
  return node;
}

/**
 * Draw a disabled button: the sandbox has no workflows.
 * @param {Slack.WorkflowButton} element
 * @param {Page.ElementContext} context
 */
export function workflowButton(element, context) {
  const reason = "Workflows aren't supported here";
  return el(
    "button",
    { class: "button", type: "button", disabled: true, title: reason },
    textNodes(element.text, context.surface.state),
    el("span", { class: "aside" }, ` (${reason.toLowerCase()})`),
  );
}

/**
 * @param {Slack.FeedbackButtons} element
 * @param {Page.ElementContext} context
 */
export function feedbackButtons(element, context) {
  /** @param {Slack.FeedbackChoice} choice */
  const draw = (choice) =>
    el(
      "button",
      {
        class: "button button-quiet",
        type: "button",
        "aria-label": choice.accessibility_label,
        onclick: ({ currentTarget }) =>
          context.surface.press(context.block, element, currentTarget, { value: choice.value }),
      },
      textNodes(choice.text, context.surface.state),
    );
  return el(
    "span",
    { class: "button-pair", role: "group", "aria-label": "Feedback" },
    draw(element.positive_button),
    draw(element.negative_button),
  );
}

/**
 * @param {Slack.IconButton} element
 * @param {Page.ElementContext} context
 */
export function iconButton(element, context) {
  const { state } = context.surface;
  const viewers = element.visible_to_user_ids;
  if (viewers?.length && !viewers.includes(state.me.id)) return null;
  const label = plainText(element.text);
  return el(
    "button",
    {
      class: "button button-quiet",
      type: "button",
      "aria-label": element.accessibility_label,
      data: { key: context.surface.keyOf(context.block, element) },
      onclick: ({ currentTarget }) => context.surface.press(context.block, element, currentTarget),
    },
    element.icon === "trash" && icon("trash"),
    label,
  );
}

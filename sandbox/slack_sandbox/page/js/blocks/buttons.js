/** Elements that are pressed. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { safeUrl } from "../links.js";
import { menuButton } from "../over/menu.js";
import { bare, textNodes } from "../text/texts.js";

/**
 * @param {Slack.Button} element
 * @param {Page.At} at
 */
export function button(element, at) {
  const look = element.style ? `button-${element.style}` : "";
  /** @type {Page.Props} */
  const props = {
    class: `button ${look}`,
    "aria-label": element.accessibility_label,
    data: { key: at.surface.keyOf(at.block, element) },
    onclick: ({ currentTarget }) => at.surface.press(at.block, element, currentTarget),
  };
  const words = textNodes(element.text, at.surface.state);
  const address = element.url && safeUrl(element.url);
  if (address)
    return el(
      "a",
      { ...props, href: address, target: "_blank", rel: "noopener noreferrer" },
      words,
    );
  const refused = element.url ? { title: `Not followed: ${element.url}` } : {};
  return el("button", { ...props, ...refused, type: "button" }, words);
}

/**
 * @param {Slack.Overflow} element
 * @param {Page.At} at
 */
export function overflow(element, at) {
  const key = at.surface.keyOf(at.block, element);
  const { state } = at.surface;
  /**
   * @param {Slack.Option} option
   * @param {HTMLElement} node
   */
  const item = (option, node) => ({
    label: textNodes(option.text, state),
    note: option.description && textNodes(option.description, state),
    href: option.url && safeUrl(option.url),
    onchoose: () => at.surface.press(at.block, element, node, { value: option.value }),
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
 * What a real workspace would run; here there are no workflows.
 * @param {Slack.WorkflowButton} element
 * @param {Page.At} at
 */
export function workflowButton(element, at) {
  const why = "Workflows are not supported here";
  return el(
    "button",
    { class: "button", type: "button", disabled: true, title: why },
    textNodes(element.text, at.surface.state),
    el("span", { class: "aside" }, ` (${why.toLowerCase()})`),
  );
}

/**
 * @param {Slack.FeedbackButtons} element
 * @param {Page.At} at
 */
export function feedbackButtons(element, at) {
  /** @param {Slack.FeedbackChoice} choice */
  const one = (choice) =>
    el(
      "button",
      {
        class: "button button-quiet",
        type: "button",
        "aria-label": choice.accessibility_label,
        onclick: ({ currentTarget }) =>
          at.surface.press(at.block, element, currentTarget, { value: choice.value }),
      },
      textNodes(choice.text, at.surface.state),
    );
  return el(
    "span",
    { class: "button-pair", role: "group", "aria-label": "Feedback" },
    one(element.positive_button),
    one(element.negative_button),
  );
}

/**
 * @param {Slack.IconButton} element
 * @param {Page.At} at
 */
export function iconButton(element, at) {
  const { state } = at.surface;
  const only = element.visible_to_user_ids;
  if (only?.length && !only.includes(state.me.id)) return null;
  const label = bare(element.text);
  return el(
    "button",
    {
      class: "button button-quiet",
      type: "button",
      "aria-label": element.accessibility_label,
      data: { key: at.surface.keyOf(at.block, element) },
      onclick: ({ currentTarget }) => at.surface.press(at.block, element, currentTarget),
    },
    element.icon === "trash" && icon("trash"),
    label,
  );
}

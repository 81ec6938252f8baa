/** Cards, carousels and containers (docs.slack.dev/reference/block-kit/blocks/card-block, …). */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { richText } from "../text/richtext.js";
import { textElement } from "../text/textobjects.js";
import { drawElement } from "./elements.js";
import { imageElement } from "./images.js";

/**
 * @param {Slack.Card} block
 * @param {Page.Surface} surface
 */
export function card(block, surface) {
  const { hero_image: hero, icon: image, title, subtitle, body, actions } = block;
  /**
   * @param {Slack.Text | undefined} object
   * @param {string} className
   */
  const text = (object, className) =>
    object && textElement("div", { class: className }, object, surface.state);
  return el(
    "div",
    { class: "card" },
    hero && el("div", { class: "card-hero" }, imageElement(hero)),
    (image || title || subtitle) &&
      el(
        "div",
        { class: "card-head" },
        image && el("span", { class: "card-icon" }, imageElement(image)),
        el("div", {}, text(title, "card-title"), text(subtitle, "card-note")),
      ),
    text(body, "card-body"),
    actions &&
      actions.length > 0 &&
      el(
        "div",
        { class: "actions" },
        actions.map((action) => drawElement(action, block, surface)),
      ),
  );
}

/**
 * Draw a row of cards that scrolls, also with the keyboard.
 * @param {Slack.Carousel} block
 * @param {Page.Surface} surface
 */
export function carousel(block, surface) {
  return el(
    "div",
    { class: "carousel", tabindex: 0, role: "group", "aria-label": "Cards" },
    block.elements.map((item) => card(item, surface)),
  );
}

/**
 * Draw a container around its child blocks.
 * @param {Slack.Container} block
 * @param {Page.Child} children the drawn child blocks
 * @param {Page.Surface} surface
 */
export function container(block, children, surface) {
  const { icon: image, title, rich_text_title: rich, subtitle } = block;
  const head = [
    image && el("span", { class: "card-icon" }, imageElement(image)),
    el(
      "span",
      { class: "container-text" },
      rich
        ? el("span", { class: "card-title" }, richText(rich, surface.state))
        : title && textElement("span", { class: "card-title" }, title, surface.state),
      subtitle && textElement("span", { class: "card-note" }, subtitle, surface.state),
    ),
  ];
  const body = el("div", { class: "container-body" }, children);
  if (!block.is_collapsible)
    return el("div", { class: "container" }, el("div", { class: "container-head" }, head), body);
  return el(
    "details",
    { class: "container", open: !block.default_collapsed },
    el("summary", { class: "container-head" }, head, icon("down")),
    body,
  );
}

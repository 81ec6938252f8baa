/** Cards, and blocks that hold other blocks (docs.slack.dev/reference/block-kit/blocks/card-block and its neighbours). */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { richText } from "../text/richtext.js";
import { textBox } from "../text/texts.js";
import { drawElement } from "./elements.js";
import { picture } from "./pictures.js";

/**
 * @param {Slack.Card} block
 * @param {Page.Surface} surface
 */
export function card(block, surface) {
  const { hero_image: hero, icon: sign, title, subtitle, body, actions } = block;
  /**
   * @param {Slack.Text | undefined} object
   * @param {string} look
   */
  const words = (object, look) => object && textBox("div", { class: look }, object, surface.state);
  return el(
    "div",
    { class: "card" },
    hero && el("div", { class: "card-hero" }, picture(hero)),
    (sign || title || subtitle) &&
      el(
        "div",
        { class: "card-head" },
        sign && el("span", { class: "card-icon" }, picture(sign)),
        el("div", {}, words(title, "card-title"), words(subtitle, "card-note")),
      ),
    words(body, "card-body"),
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
 * A wide row of cards scrolls by itself, also by keyboard.
 * @param {Slack.Carousel} block
 * @param {Page.Surface} surface
 */
export function carousel(block, surface) {
  return el(
    "div",
    { class: "carousel", tabindex: 0, role: "group", "aria-label": "Cards" },
    block.elements.map((each) => card(each, surface)),
  );
}

/**
 * Draw a container around blocks that are drawn already.
 * @param {Slack.Container} block
 * @param {Page.Child} inside its child blocks
 * @param {Page.Surface} surface
 */
export function container(block, inside, surface) {
  const { icon: sign, title, rich_text_title: rich, subtitle } = block;
  const head = [
    sign && el("span", { class: "card-icon" }, picture(sign)),
    el(
      "span",
      { class: "container-words" },
      rich
        ? el("span", { class: "card-title" }, richText(rich, surface.state))
        : title && textBox("span", { class: "card-title" }, title, surface.state),
      subtitle && textBox("span", { class: "card-note" }, subtitle, surface.state),
    ),
  ];
  const body = el("div", { class: "container-body" }, inside);
  if (!block.is_collapsible)
    return el("div", { class: "container" }, el("div", { class: "container-head" }, head), body);
  return el(
    "details",
    { class: "container", open: !block.default_collapsed },
    el("summary", { class: "container-head" }, head, icon("down")),
    body,
  );
}

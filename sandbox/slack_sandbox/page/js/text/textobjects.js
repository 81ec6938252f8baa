/** Text objects: plain_text and mrkdwn (docs.slack.dev/reference/block-kit/composition-objects/text-object). */

import { el } from "../dom.js";
import { character, withEmoji } from "../emoji.js";
import { decode, mrkdwn } from "./mrkdwn.js";

/**
 * Draw a text object in an element with this tag.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Page.Props} props
 * @param {Slack.Text} object
 * @param {Page.State} state
 */
export function textElement(tag, props, object, state) {
  return el(tag, { ...props, class: `text ${props.class ?? ""}`.trim() }, textNodes(object, state));
}

/**
 * @param {Slack.Text | string | undefined} object
 * @param {Page.State} state
 * @returns {(Node | string)[]}
 */
export function textNodes(object, state) {
  if (!object) return [];
  if (typeof object === "string") return withEmoji(object);
  if (object.type === "mrkdwn") return mrkdwn(object.text, state, { verbatim: object.verbatim });
  const text = decode(object.text);
  return object.emoji === false ? [text] : withEmoji(text);
}

/**
 * Return the first line of a message as plain text.
 * @param {Sandbox.Message} message
 * @param {Page.State} state
 */
export function firstLine(message, state) {
  const node = el("div", {}, mrkdwn(message.text ?? "", state));
  return node.textContent.trim().split("\n")[0] || "a message";
}

/**
 * Return a text object as plain text, for an <option>, a label or a placeholder.
 * @param {Slack.Text | string | null | undefined} object
 */
export function plainText(object) {
  const text = typeof object === "string" ? object : decode(object?.text ?? "");
  return text.replace(
    /:([\w+'-]+(?:::skin-tone-[2-6])?):/g,
    (match, name) => character(name) ?? match,
  );
}

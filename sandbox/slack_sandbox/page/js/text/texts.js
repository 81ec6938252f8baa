/** Text objects: plain_text and mrkdwn (docs.slack.dev/reference/block-kit/composition-objects/text-object). */

import { el } from "../dom.js";
import { character, withEmoji } from "../emoji.js";
import { mrkdwn } from "./mrkdwn.js";

/**
 * What a text object shows, in the tag given.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Page.Props} props
 * @param {Slack.Text} object
 * @param {Page.State} state
 */
export function textBox(tag, props, object, state) {
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
  return object.emoji === false ? [object.text] : withEmoji(object.text);
}

/**
 * The first words of a message, without its marks and references.
 * @param {Sandbox.Message} message
 * @param {Page.State} state
 */
export function plainWords(message, state) {
  const holder = el("div", {}, mrkdwn(message.text ?? "", state));
  return holder.textContent.trim().split("\n")[0] || "a message";
}

/**
 * A text object where only characters can stand: in an <option>, a label, a placeholder.
 * @param {Slack.Text | string | null | undefined} object
 */
export function bare(object) {
  const text = (typeof object === "string" ? object : object?.text) ?? "";
  return text.replace(
    /:([\w+'-]+(?:::skin-tone-[2-6])?):/g,
    (whole, name) => character(name) ?? whole,
  );
}

/** Secondary attachments of a message (docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments). */

import { drawBlocks } from "../blocks/blocks.js";
import { imageElement } from "../blocks/images.js";
import { el } from "../dom.js";
import { link } from "../links.js";
import { mrkdwn } from "../text/mrkdwn.js";

const COLORS = new Map([
  ["good", "#2eb886"],
  ["warning", "#daa038"],
  ["danger", "#a30200"],
]);

/**
 * @param {Slack.Attachment[] | undefined} attached
 * @param {Page.Surface} surface
 */
export function attachments(attached, surface) {
  return (attached ?? []).map((attachment) => draw(attachment, surface));
}

/**
 * @param {Slack.Attachment} attachment
 * @param {Page.Surface} surface
 */
function draw(attachment, surface) {
  const { state } = surface;
  const { pretext, author_name: author, author_link: authorLink, title, text, footer } = attachment;
  const address = attachment.image_url || attachment.thumb_url;
  const body = el(
    "div",
    { class: "attachment" },
    author && el("p", { class: "attachment-note" }, linked(author, authorLink)),
    title && el("p", { class: "attachment-title" }, linked(title, attachment.title_link)),
    text && el("div", { class: "text" }, mrkdwn(text, state)),
    attachment.fields?.length && fields(attachment.fields, state),
    attachment.blocks?.length && drawBlocks(attachment.blocks, surface),
    address && imageElement({ image_url: address, alt_text: attachment.fallback }),
    footer && el("p", { class: "attachment-note" }, mrkdwn(footer, state)),
  );
  body.style.borderInlineStartColor = color(attachment.color);
  return [pretext && el("div", {}, el("div", { class: "text" }, mrkdwn(pretext, state))), body];
}

/**
 * @param {string} text
 * @param {string} [address]
 */
function linked(text, address) {
  return address ? link(address, text) : text;
}

/**
 * @param {Slack.AttachmentField[]} list
 * @param {Page.State} state
 */
function fields(list, state) {
  const pairs = list.map(({ title, value }) => [
    el("dt", {}, title ?? ""),
    el("dd", { class: "text" }, mrkdwn(value ?? "", state)),
  ]);
  return el("dl", { class: "attachment-fields" }, pairs);
}

/** @param {string} [name] a name, or a hexadecimal color with or without `#` */
function color(name = "") {
  const hex = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(name);
  return COLORS.get(name) ?? (hex ? `#${hex[1]}` : "");
}

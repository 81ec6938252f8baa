/** Mentions of people, channels and user groups. */

import { el } from "../dom.js";
import { displayName } from "../people.js";

/**
 * @param {Page.State} state
 * @param {string} id
 * @param {string} [label] the name in the text itself
 */
export function person(state, id, label) {
  const known = state.person(id);
  const name = known ? displayName(known) : label || id;
  const isMe = id === state.me?.id;
  return el(
    "span",
    { class: isMe ? "mention mention-me" : "mention", title: known && `@${known.name}` },
    `@${name}`,
  );
}

/**
 * @param {Page.State} state
 * @param {string} id
 * @param {string} [label]
 */
export function channel(state, id, label) {
  const known = state.channels.get(id);
  const name = known?.name || label;
  if (!known) return el("span", { class: "mention" }, name ? `#${name}` : "a private channel");
  return el("a", { class: "mention", href: `/archives/${id}` }, `#${name}`);
}

/** @param {string} range here, channel or everyone */
export function broadcast(range) {
  return el("span", { class: "mention mention-me" }, `@${range}`);
}

/**
 * @param {string} id
 * @param {string} [label]
 */
export function group(id, label) {
  return el("span", { class: "mention" }, label ? `@${label.replace(/^@/, "")}` : `@${id}`);
}

/**
 * Return a message as its author typed it, with names and characters instead of ids and entities.
 * @param {string} text
 * @param {Page.State} state
 */
export function toTypedText(text, state) {
  /** @param {string} id */
  const nameOf = (id) => (state.person(id) ?? state.channels.get(id))?.name;
  return text
    .replace(/<([@#])(\w+)(?:\|([^>]*))?>/g, (_, sign, id, label) => {
      return sign + (nameOf(id) ?? label ?? id);
    })
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

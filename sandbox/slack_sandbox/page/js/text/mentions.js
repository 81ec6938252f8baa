/** People, channels and groups named in a text. */

import { el } from "../dom.js";
import { labelOf } from "../names.js";

/**
 * @param {Page.State} state
 * @param {string} id
 * @param {string} [label] what the text itself calls them
 */
export function person(state, id, label) {
  const known = state.person(id);
  const name = known ? labelOf(known) : label || id;
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
 * A message as its author typed it: names for ids, characters for entities.
 * @param {string} text
 * @param {Page.State} state
 */
export function asTyped(text, state) {
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

/** Reactions to a message. */

import { el } from "../dom.js";
import { emoji } from "../emoji.js";
import { icon } from "../icons.js";
import { openEmojiPicker } from "../overlays/emojipicker.js";
import { displayName } from "../people.js";
import { perform } from "../perform.js";

/**
 * @param {Page.MessageRow} row
 * @returns {HTMLElement | null} the reactions and a button to add one; null if there are none
 */
export function reactions(row) {
  if (!row.message.reactions.length) return null;
  const pills = row.message.reactions.map((reaction) => pill(row, reaction));
  return el(
    "div",
    { class: "reactions", role: "group", "aria-label": "Reactions" },
    pills,
    row.canReact() && more(row),
  );
}

/**
 * Draw a button that opens the emoji picker and adds the selected reaction.
 * @param {Page.State} state
 * @param {string} channelId
 * @param {Sandbox.Message} message
 * @param {Page.Props} props
 * @param {...Page.Child} children
 */
export function reactButton(state, channelId, message, props, ...children) {
  return el(
    "button",
    {
      type: "button",
      "aria-label": "Add a reaction",
      title: "Add a reaction",
      "aria-haspopup": "dialog",
      "aria-expanded": "false",
      onclick: ({ currentTarget }) =>
        openEmojiPicker(currentTarget, (name) => add(state, channelId, message.ts, name)),
      ...props,
    },
    children,
  );
}

/**
 * Add a reaction, unless the person already reacted with it.
 * @param {Page.State} state
 * @param {string} channelId
 * @param {string} ts
 * @param {string} name
 */
function add(state, channelId, ts, name) {
  const existing = state
    .messagesOf(channelId)
    .get(ts)
    ?.reactions.find((reaction) => reaction.name === name);
  if (!existing?.users.includes(state.me.id))
    perform(state, "react", { channel: channelId, ts, emoji: name });
}

/**
 * @param {Page.MessageRow} row
 * @param {Slack.Reaction} reaction
 */
function pill(row, { name, users, count }) {
  const { state, channelId, message } = row;
  const isOwn = users.includes(state.me.id);
  const names = users.map((id) => (id === state.me.id ? "you" : displayName(state.person(id))));
  const label = `${formatList(names)} reacted with :${name}:`;
  const toggle = () =>
    perform(state, isOwn ? "remove_reaction" : "react", {
      channel: channelId,
      ts: message.ts,
      emoji: name,
    });
  return el(
    "button",
    {
      class: isOwn ? "pill pill-own" : "pill",
      type: "button",
      "aria-pressed": String(isOwn),
      "aria-label": label,
      title: label,
      disabled: !row.canReact(),
      data: { key: row.keyOf(`reaction:${name}`) },
      onclick: toggle,
    },
    emoji(name),
    el("span", { class: "pill-count" }, count),
  );
}

/** @param {Page.MessageRow} row */
function more(row) {
  const { state, channelId, message } = row;
  const props = { class: "pill pill-more", data: { key: row.keyOf("reaction-more") } };
  return reactButton(state, channelId, message, props, icon("smile"), icon("plus"));
}

/** @param {string[]} names */
function formatList(names) {
  const list = new Intl.ListFormat("en").format(names);
  return list.charAt(0).toUpperCase() + list.slice(1);
}

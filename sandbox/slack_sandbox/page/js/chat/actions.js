/** What can be done with a message: the toolbar over it, and the menu in that. */

import { perform } from "../acting.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { askForText } from "../over/confirm.js";
import { menuButton } from "../over/menu.js";
import { permalinkTo } from "../place.js";
import { asTyped } from "../text/mentions.js";
import { reactButton } from "./reactions.js";

/** @param {Page.MessageRow} row */
export function toolbar(row) {
  const { state, channelId, message } = row;
  const look = { class: "icon-button" };
  /** @param {string} name */
  const key = (name) => ({ data: { key: row.keyOf(name) } });
  const replyInThread = el(
    "button",
    {
      ...look,
      type: "button",
      "aria-label": "Reply in thread",
      title: "Reply in thread",
      onclick: () => state.openThread(channelId, message.thread_ts ?? message.ts),
      ...key("reply"),
    },
    icon("thread"),
  );
  const more = menuButton(
    { ...look, "aria-label": "More actions", title: "More actions", ...key("more") },
    "More actions",
    () => menuItems(row),
    icon("more"),
  );
  return el(
    "div",
    { class: "toolbar", role: "group", "aria-label": "Message actions" },
    row.canReact() &&
      reactButton(state, channelId, message, { ...look, ...key("react") }, icon("smile")),
    row.canReact() && !row.isThread && replyInThread,
    menuItems(row).length > 0 && more,
  );
}

/** @param {Page.MessageRow} row */
function menuItems({ state, channelId: channel, channel: shown, message }) {
  const { ts } = message;
  const shortcuts = message.ephemeral
    ? []
    : state.app.shortcuts.filter((each) => each.type === "message");
  const isOwn = message.user === state.me.id || message.ephemeral;
  const mayWrite = shown?.is_member && !shown.is_archived;
  const mayDelete = mayWrite && (isOwn || state.me.is_admin);
  const isSaid = [undefined, "thread_broadcast"].includes(message.subtype);
  const mayEdit = mayWrite && message.user === state.me.id && !message.ephemeral && isSaid;
  return [
    ...shortcuts.map(({ name, callback_id }) => ({
      label: name,
      note: state.app.name,
      onchoose: () => perform(state, "shortcut", { callback_id, channel, ts }),
    })),
    mayEdit && { label: "Edit message", onchoose: () => edit(state, channel, message) },
    !message.ephemeral && { label: "Copy link", onchoose: () => copyLink(state, channel, ts) },
    mayDelete && {
      label: message.ephemeral ? "Dismiss message" : "Delete message",
      isDanger: !message.ephemeral,
      onchoose: () => perform(state, "delete", { channel, ts }),
    },
  ].filter((item) => typeof item === "object");
}

/**
 * @param {Page.State} state
 * @param {string} channel
 * @param {Sandbox.Message} message
 */
async function edit(state, channel, { ts, text: said }) {
  const before = asTyped(said, state);
  const text = await askForText("Edit message", "Message", before, "Save", { isLong: true });
  if (text && text !== before) await perform(state, "edit", { channel, ts, text });
}

/**
 * @param {Page.State} state
 * @param {string} channel
 * @param {string} ts
 */
async function copyLink(state, channel, ts) {
  await navigator.clipboard.writeText(location.origin + permalinkTo(channel, ts));
  state.tell("notice", { text: "Link copied." });
}

/** Actions on a message: the toolbar above it, and its menu. */

import { permalink } from "../address.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { promptForText } from "../overlays/dialogs.js";
import { menuButton } from "../overlays/menu.js";
import { perform } from "../perform.js";
import { toTypedText } from "../text/mentions.js";
import { reactButton } from "./reactions.js";

/** @param {Page.MessageRow} row */
export function toolbar(row) {
  const { state, channelId, message } = row;
  const props = { class: "icon-button" };
  /** @param {string} name */
  const key = (name) => ({ data: { key: row.keyOf(name) } });
  const replyInThread = el(
    "button",
    {
      ...props,
      type: "button",
      "aria-label": "Reply in thread",
      title: "Reply in thread",
      onclick: () => state.openThread(channelId, message.thread_ts ?? message.ts),
      ...key("reply"),
    },
    icon("thread"),
  );
  const more = menuButton(
    { ...props, "aria-label": "More actions", title: "More actions", ...key("more") },
    "More actions",
    () => menuItems(row),
    icon("more"),
  );
  return el(
    "div",
    { class: "toolbar", role: "group", "aria-label": "Message actions" },
    row.canReact() &&
      reactButton(state, channelId, message, { ...props, ...key("react") }, icon("smile")),
    row.canReact() && !row.isThread && replyInThread,
    menuItems(row).length > 0 && more,
  );
}

/** @param {Page.MessageRow} row */
function menuItems({ state, channelId: channel, channel: place, message }) {
  const { ts } = message;
  const shortcuts = message.ephemeral
    ? []
    : state.app.shortcuts.filter(({ type }) => type === "message");
  const isOwn = message.user === state.me.id || message.ephemeral;
  const canWrite = place?.is_member && !place.is_archived;
  const canDelete = canWrite && (isOwn || state.me.is_admin);
  const isText = [undefined, "thread_broadcast"].includes(message.subtype);
  const canEdit = canWrite && message.user === state.me.id && !message.ephemeral && isText;
  return [
    ...shortcuts.map(({ name, callback_id }) => ({
      label: name,
      note: state.app.name,
      onselect: () => perform(state, "shortcut", { callback_id, channel, ts }),
    })),
    canEdit && { label: "Edit message", onselect: () => edit(state, channel, message) },
    !message.ephemeral && { label: "Copy link", onselect: () => copyLink(state, channel, ts) },
    canDelete && {
      label: message.ephemeral ? "Dismiss message" : "Delete message",
      isDanger: !message.ephemeral,
      onselect: () => perform(state, "delete", { channel, ts }),
    },
  ].filter((item) => typeof item === "object");
}

/**
 * @param {Page.State} state
 * @param {string} channel
 * @param {Sandbox.Message} message
 */
async function edit(state, channel, { ts, text: stored }) {
  const before = toTypedText(stored, state);
  const text = await promptForText("Edit message", "Message", before, "Save", { isLong: true });
  if (text && text !== before) await perform(state, "edit", { channel, ts, text });
}

/**
 * @param {Page.State} state
 * @param {string} channel
 * @param {string} ts
 */
async function copyLink(state, channel, ts) {
  await navigator.clipboard.writeText(location.origin + permalink(channel, ts));
  state.emit("notice", { text: "Link copied." });
}

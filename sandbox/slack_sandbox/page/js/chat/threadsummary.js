/** Links from messages in the channel to their threads. */

import { formatDay, formatTime } from "../dates.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { avatar, displayName } from "../people.js";
import { firstLine } from "../text/textobjects.js";
import { isReply, replyCount } from "../threads.js";

const MAX_AVATARS = 4;

/**
 * Draw a button such as "2 replies, Last reply 13:02" that opens the thread. Return null if there are
 * no replies.
 * @param {Page.MessageRow} row
 */
export function summary(row) {
  const { state, channelId, message } = row;
  const replies = row.replies.filter((reply) => !reply.ephemeral);
  const last = replies.at(-1)?.ts;
  if (!last) return null;
  const authors = [...new Set(replies.map(({ user }) => user))].slice(0, MAX_AVATARS);
  const day = formatDay(last);
  return el(
    "button",
    {
      class: "thread-summary",
      type: "button",
      "aria-haspopup": "true",
      onclick: () => state.openThread(channelId, message.ts),
      data: { key: row.keyOf("thread") },
    },
    authors.map((id) => avatar(id, displayName(state.person(id)))),
    el("span", { class: "thread-count" }, replyCount(replies.length)),
    el(
      "span",
      { class: "thread-last" },
      `Last reply ${day === "Today" ? "" : `${day}, `}${formatTime(last)}`,
    ),
  );
}

/**
 * Draw the line above a reply that was also sent to the channel.
 * @param {Page.MessageRow} row
 */
export function broadcastNote(row) {
  const { state, channelId, message, isThread } = row;
  if (!isReply(message) || message.subtype !== "thread_broadcast") return null;
  if (isThread) return el("p", { class: "aside-line" }, icon("hash"), "Also sent to the channel");
  const { thread_ts: threadTs = message.ts } = message;
  const parent = state.messagesOf(channelId).get(threadTs);
  const open = el(
    "button",
    {
      class: "link-button",
      type: "button",
      onclick: () => state.openThread(channelId, threadTs),
      data: { key: row.keyOf("of-thread") },
    },
    parent ? firstLine(parent, state) : "a deleted message",
  );
  const note = el("span", { class: "aside-text" }, "replied to a thread: ");
  return el("p", { class: "aside-line" }, icon("thread"), note, open);
}

/** What a message in the channel says of its thread. */

import { clock, dayOf } from "../dates.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { avatar, labelOf } from "../names.js";
import { plainWords } from "../text/texts.js";
import { countOf, isReply } from "../threads.js";

const MOST_FACES = 4;

/**
 * "2 replies, last one 13:02", which opens the thread; nothing if nobody replied.
 * @param {Page.MessageRow} row
 */
export function summary(row) {
  const { state, channelId, message } = row;
  const replies = row.replies.filter((reply) => !reply.ephemeral);
  const last = replies.at(-1)?.ts;
  if (!last) return null;
  const faces = [...new Set(replies.map(({ user }) => user))].slice(0, MOST_FACES);
  const day = dayOf(last);
  return el(
    "button",
    {
      class: "thread-summary",
      type: "button",
      "aria-haspopup": "true",
      onclick: () => state.openThread(channelId, message.ts),
      data: { key: row.keyOf("thread") },
    },
    faces.map((id) => avatar(id, labelOf(state.person(id)))),
    el("span", { class: "thread-count" }, countOf(replies.length)),
    el(
      "span",
      { class: "thread-last" },
      `Last reply ${day === "Today" ? "" : `${day}, `}${clock(last)}`,
    ),
  );
}

/**
 * The line over a reply that stands in the channel as well.
 * @param {Page.MessageRow} row
 */
export function ofThread(row) {
  const { state, channelId, message, isThread } = row;
  if (!isReply(message) || message.subtype !== "thread_broadcast") return null;
  if (isThread) return el("p", { class: "aside-line" }, icon("hash"), "Also sent to the channel");
  const { thread_ts: threadTs = message.ts } = message;
  const first = state.messagesOf(channelId).get(threadTs);
  const open = el(
    "button",
    {
      class: "link-button",
      type: "button",
      onclick: () => state.openThread(channelId, threadTs),
      data: { key: row.keyOf("of-thread") },
    },
    first ? plainWords(first, state) : "a message that is gone",
  );
  const words = el("span", { class: "aside-words" }, "replied to a thread: ");
  return el("p", { class: "aside-line" }, icon("thread"), words, open);
}

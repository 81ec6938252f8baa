/** Threads: which messages the channel shows, and which only the thread (docs.slack.dev/messaging#threading). */

/** @param {Sandbox.Message} message */
export function isReply({ ts, thread_ts: parent }) {
  return Boolean(parent) && parent !== ts;
}

/**
 * Return whether the channel shows a message: replies only if they were also sent to the channel.
 * @param {Sandbox.Message} message
 */
export function isInChannel(message) {
  return !isReply(message) || message.subtype === "thread_broadcast";
}

/**
 * @param {Map<string, Sandbox.Message>} messages of a channel
 * @returns {Map<string, Sandbox.Message[]>} replies by parent, oldest first
 */
export function threadsOf(messages) {
  const threads = new Map();
  for (const message of sortByTime([...messages.values()].filter(isReply))) {
    const parent = message.thread_ts ?? message.ts;
    threads.set(parent, [...(threads.get(parent) ?? []), message]);
  }
  return threads;
}

/** @param {Sandbox.Message[]} messages */
export function sortByTime(messages) {
  return messages.sort((a, b) => (a.ts < b.ts ? -1 : 1));
}

/** @param {number} replies */
export function replyCount(replies) {
  return replies === 1 ? "1 reply" : `${replies} replies`;
}

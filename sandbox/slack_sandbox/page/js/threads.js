/** Which messages stand in their channel, and which in a thread (docs.slack.dev/messaging#threading). */

/** @param {Sandbox.Message} message */
export function isReply({ ts, thread_ts: first }) {
  return Boolean(first) && first !== ts;
}

/**
 * A reply stands in the channel too if its author wished so.
 * @param {Sandbox.Message} message
 */
export function isInChannel(message) {
  return !isReply(message) || message.subtype === "thread_broadcast";
}

/**
 * @param {Map<string, Sandbox.Message>} messages of a channel
 * @returns {Map<string, Sandbox.Message[]>} replies, oldest first
 */
export function threadsOf(messages) {
  const threads = new Map();
  for (const message of inOrder([...messages.values()].filter(isReply))) {
    const first = message.thread_ts ?? message.ts;
    threads.set(first, [...(threads.get(first) ?? []), message]);
  }
  return threads;
}

/** @param {Sandbox.Message[]} messages */
export function inOrder(messages) {
  return messages.sort((a, b) => (a.ts < b.ts ? -1 : 1));
}

/** @param {number} replies */
export function countOf(replies) {
  return replies === 1 ? "1 reply" : `${replies} replies`;
}

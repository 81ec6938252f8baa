/** Which messages stand in their channel, and which in a thread (docs.slack.dev/messaging#threading). */

export function isReply({ ts, thread_ts: first }) {
  return Boolean(first) && first !== ts;
}

/** A reply stands in the channel too if its author wished so. */
export function isInChannel(message) {
  return !isReply(message) || message.subtype === "thread_broadcast";
}

/** @param {Map<string, any>} messages of a channel @returns {Map<string, any[]>} replies, oldest first */
export function threadsOf(messages) {
  const threads = new Map();
  for (const message of inOrder([...messages.values()].filter(isReply))) {
    if (!threads.has(message.thread_ts)) threads.set(message.thread_ts, []);
    threads.get(message.thread_ts).push(message);
  }
  return threads;
}

export function inOrder(messages) {
  return messages.sort((a, b) => (a.ts < b.ts ? -1 : 1));
}

export function countOf(replies) {
  return replies === 1 ? "1 reply" : `${replies} replies`;
}

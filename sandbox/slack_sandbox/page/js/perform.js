/** Actions of the acting person. Failures show as notices. */

import { act } from "./api.js";

/**
 * @param {Page.State} state
 * @param {string} name
 * @param {object} [body]
 * @returns {Promise<Sandbox.Answer>} the answer; the person already sees why it failed
 */
export async function perform(state, name, body) {
  const answer = await act(state.me.id, name, body);
  // Slackbot has already answered in the channel.
  if (!answer.ok && !answer.answered)
    state.emit("notice", { text: answer.detail || describeError(answer.error) });
  return answer;
}

/**
 * Describe an error code that has no detail.
 * @param {string | undefined} error
 */
function describeError(error) {
  return `That didn't work: ${String(error).replaceAll("_", " ")}.`;
}

/** Doing things as the acting person; what goes wrong is flashed. */

import { act } from "./api.js";

/**
 * @param {Page.State} state
 * @param {string} name
 * @param {object} [body]
 * @returns {Promise<Sandbox.Answer>} the answer; a failure has already been shown
 */
export async function perform(state, name, body) {
  const answer = await act(state.me.id, name, body);
  // What Slackbot answered in the channel isn't told once more.
  if (!answer.ok && !answer.answered)
    state.tell("notice", { text: answer.detail || wordsOf(answer.error) });
  return answer;
}

/**
 * An error code as words, where the sandbox has none for it.
 * @param {string | undefined} error
 */
function wordsOf(error) {
  return `That did not work: ${String(error).replaceAll("_", " ")}.`;
}

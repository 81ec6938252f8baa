/** Requests to the sandbox's control API. */

/**
 * @param {string} path
 * @returns {Promise<any>}
 */
export async function get(path) {
  const response = await fetch(path, { headers: { Accept: "application/json" } });
  return response.json();
}

/**
 * Perform an action as a person. Resolves when Slack's client would stop waiting.
 * @param {string} person
 * @param {string} name
 * @param {object} [body]
 * @returns {Promise<Sandbox.Answer>}
 */
export async function act(person, name, body = {}) {
  try {
    const response = await fetch(`/control/as/${encodeURIComponent(person)}/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return await response.json();
  } catch {
    return {
      ok: false,
      error: "unreachable",
      detail: "The sandbox isn't responding. Is it still running?",
    };
  }
}

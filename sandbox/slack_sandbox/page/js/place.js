/** The address bar: who acts, and where. A reload or a bookmark returns to the same place. */

const PERMALINK = /^\/archives\/([A-Z0-9]+)(?:\/p(\d{10})(\d{6}))?$/;

/** @returns {{as?: string, channel?: string, home?: boolean, ts?: string}} */
export function readAddress() {
  const query = new URLSearchParams(location.search);
  const linked = permalinkOf(location.href);
  return {
    as: query.get("as") ?? undefined,
    channel: linked?.channel ?? query.get("channel") ?? undefined,
    home: query.has("home"),
    ts: linked?.ts,
  };
}

/**
 * The channel and message that a link of this sandbox leads to.
 * @param {string} href
 * @returns {{channel: string, ts: string | undefined} | null}
 */
export function permalinkOf(href) {
  const url = new URL(href, location.href);
  const found = url.origin === location.origin && PERMALINK.exec(url.pathname);
  if (!found) return null;
  return { channel: found[1], ts: found[2] && `${found[2]}.${found[3]}` };
}

/**
 * @param {string} channelId
 * @param {string} ts
 */
export function permalinkTo(channelId, ts) {
  return `/archives/${channelId}/p${ts.replace(".", "")}`;
}

/**
 * The address of a place, as the acting person.
 * @param {Page.State} state
 * @param {Page.Place} place
 */
export function addressOf(state, place) {
  const query = new URLSearchParams({ as: state.me.name });
  if (place.kind === "home") query.set("home", "");
  else query.set("channel", nameOf(state.channels.get(place.id)) ?? place.id);
  return `/?${query}`;
}

/**
 * What a link inside the page leads to: a place of the same person, or a permalink.
 * @param {string} href
 * @param {Page.State} state
 * @returns {{channel?: string, ts?: string, home?: boolean} | null}
 */
export function placeOf(href, state) {
  const linked = permalinkOf(href);
  if (linked) return linked;
  const { origin, pathname, hash, searchParams: query } = new URL(href, location.href);
  const isInside = origin === location.origin && pathname === "/" && !hash;
  if (!isInside || query.get("as") !== state.me.name) return null;
  if (query.has("home")) return { home: true };
  const channel = query.get("channel");
  return channel === null ? null : { channel };
}

/**
 * Names of conversations are those of the other person: only ids are clear.
 * @param {Sandbox.Channel | undefined} channel
 */
function nameOf(channel) {
  return channel?.is_im ? undefined : channel?.name;
}

/**
 * Show the current place; a new one becomes a step that Back returns from.
 * @param {Page.State} state
 */
export function writeAddress(state) {
  const address = addressOf(state, state.place);
  if (address === location.pathname + location.search) return;
  const sameAs = new URLSearchParams(location.search).get("as") === state.me.name;
  if (location.pathname === "/" && sameAs) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

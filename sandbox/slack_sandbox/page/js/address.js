/** The page's address: the acting person and the place. Reloads and bookmarks return to both. */

const PERMALINK = /^\/archives\/([A-Z0-9]+)(?:\/p(\d{10})(\d{6}))?$/;

/** @returns {{as?: string, channel?: string, home?: boolean, ts?: string}} */
export function readAddress() {
  const query = new URLSearchParams(location.search);
  const target = parsePermalink(location.href);
  return {
    as: query.get("as") ?? undefined,
    channel: target?.channel ?? query.get("channel") ?? undefined,
    home: query.has("home"),
    ts: target?.ts,
  };
}

/**
 * Parse a permalink of this sandbox.
 * @param {string} href
 * @returns {{channel: string, ts: string | undefined} | null}
 */
export function parsePermalink(href) {
  const url = new URL(href, location.href);
  const match = url.origin === location.origin && PERMALINK.exec(url.pathname);
  if (!match) return null;
  return { channel: match[1], ts: match[2] && `${match[2]}.${match[3]}` };
}

/**
 * @param {string} channelId
 * @param {string} ts
 */
export function permalink(channelId, ts) {
  return `/archives/${channelId}/p${ts.replace(".", "")}`;
}

/**
 * Return the address of a place for the acting person.
 * @param {Page.State} state
 * @param {Page.Place} place
 */
export function pageAddress(state, place) {
  const query = new URLSearchParams({ as: state.me.name });
  if (place.kind === "home") query.set("home", "");
  else query.set("channel", nameOf(state.channels.get(place.id)) ?? place.id);
  return `/?${query}`;
}

/**
 * Parse a link within the page: a permalink, or a place for the acting person.
 * @param {string} href
 * @param {Page.State} state
 * @returns {{channel?: string, ts?: string, home?: boolean} | null}
 */
export function parseAddress(href, state) {
  const target = parsePermalink(href);
  if (target) return target;
  const { origin, pathname, hash, searchParams: query } = new URL(href, location.href);
  const isInside = origin === location.origin && pathname === "/" && !hash;
  if (!isInside || query.get("as") !== state.me.name) return null;
  if (query.has("home")) return { home: true };
  const channel = query.get("channel");
  return channel === null ? null : { channel };
}

/**
 * Return a channel's name. Direct messages have none: they carry the other person's handle.
 * @param {Sandbox.Channel | undefined} channel
 */
function nameOf(channel) {
  return channel?.is_im ? undefined : channel?.name;
}

/**
 * Write the current place to the address bar. A new place becomes an entry in the history.
 * @param {Page.State} state
 */
export function writeAddress(state) {
  const address = pageAddress(state, state.place);
  if (address === location.pathname + location.search) return;
  const sameAs = new URLSearchParams(location.search).get("as") === state.me.name;
  if (location.pathname === "/" && sameAs) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

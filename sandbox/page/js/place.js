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

/** The channel and message that a link of this sandbox leads to. */
export function permalinkOf(href) {
  const url = new URL(href, location.href);
  const found = url.origin === location.origin && PERMALINK.exec(url.pathname);
  if (!found) return null;
  return { channel: found[1], ts: found[2] && `${found[2]}.${found[3]}` };
}

export function permalinkTo(channelId, ts) {
  return `/archives/${channelId}/p${ts.replace(".", "")}`;
}

/** Show the current place; a new one becomes a step that Back returns from. */
export function writeAddress(state) {
  const query = new URLSearchParams({ as: state.me.name });
  if (state.place.kind === "home") query.set("home", "");
  else query.set("channel", state.channel?.name || state.place.id);
  const address = `/?${query}`;
  if (address === location.pathname + location.search) return;
  const sameAs = new URLSearchParams(location.search).get("as") === state.me.name;
  if (location.pathname === "/" && sameAs) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

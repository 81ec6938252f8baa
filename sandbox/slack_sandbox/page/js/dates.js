/** Times as Slack words them. */

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const SHAPES = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { year: "numeric", month: "long", day: "numeric", weekday: "long" },
  time: { hour: "2-digit", minute: "2-digit" },
  time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};
/** By how many days have passed. */
const NEAR_DAYS = new Map([
  [0, "Today"],
  [1, "Yesterday"],
  [-1, "Tomorrow"],
]);
/** @type {Record<string, string>} */
const ALIASES = {
  date_slash: "date_num",
  date_long_full: "date_long",
  day_divider_pretty: "date_long_pretty",
};

/**
 * Slack's format tokens, `{date_short} at {time}` (docs.slack.dev/messaging/formatting-message-text).
 * @param {string | number} timestamp
 * @param {string} format
 */
export function formatDate(timestamp, format) {
  const when = new Date(Number(timestamp) * 1000);
  if (Number.isNaN(when.getTime())) return null;
  return format.replace(/\{(\w+)\}/g, (token, name) => word(when, ALIASES[name] ?? name) ?? token);
}

/**
 * The hour and minute of a message.
 * @param {string} ts
 */
export function clock(ts) {
  return shaped(new Date(Number(ts) * 1000), SHAPES.time);
}

/** @param {number} epoch */
export function clockWithSeconds(epoch) {
  return shaped(new Date(epoch * 1000), SHAPES.time_secs);
}

/** @param {string | number} ts */
export function fullTime(ts) {
  return formatDate(ts, "{date_long} at {time_secs}");
}

/**
 * "Today", "Yesterday" or the date: what stands between the messages of two days.
 * @param {string} ts
 */
export function dayOf(ts) {
  const when = new Date(Number(ts) * 1000);
  return nearDay(when) ?? shaped(when, { weekday: "long", month: "long", day: "numeric" });
}

/**
 * @param {Date} when
 * @param {string} name
 */
function word(when, name) {
  if (name === "ago") return ago(when);
  if (name === "date_num") return when.toISOString().slice(0, 10);
  const pretty = name.endsWith("_pretty");
  const shape = SHAPES[pretty ? name.slice(0, -"_pretty".length) : name];
  return shape && ((pretty && nearDay(when)?.toLowerCase()) || shaped(when, shape));
}

/**
 * @param {Date} when
 * @returns {string | undefined}
 */
function nearDay(when) {
  const days = Math.round((midnight(new Date()) - midnight(when)) / 86_400_000);
  return NEAR_DAYS.get(days);
}

/** @param {Date} when */
function ago(when) {
  const minutes = Math.round((when.getTime() - Date.now()) / 60_000);
  const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  if (Math.abs(minutes) < 60) return words.format(minutes, "minute");
  if (Math.abs(minutes) < 48 * 60) return words.format(Math.round(minutes / 60), "hour");
  return words.format(Math.round(minutes / 1440), "day");
}

/** @param {Date} when */
function midnight(when) {
  return new Date(when.getFullYear(), when.getMonth(), when.getDate()).getTime();
}

/**
 * @param {Date} when
 * @param {Intl.DateTimeFormatOptions} shape
 */
function shaped(when, shape) {
  return new Intl.DateTimeFormat("en-GB", shape).format(when);
}

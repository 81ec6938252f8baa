/** Dates and times in Slack's formats. */

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const FORMATS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { year: "numeric", month: "long", day: "numeric", weekday: "long" },
  time: { hour: "2-digit", minute: "2-digit" },
  time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};
/** By the number of days ago. */
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
 * Format a date with Slack's tokens, such as `{date_short} at {time}`
 * (docs.slack.dev/messaging/formatting-message-text).
 * @param {string | number} timestamp
 * @param {string} format
 */
export function formatDate(timestamp, format) {
  const when = new Date(Number(timestamp) * 1000);
  if (Number.isNaN(when.getTime())) return null;
  return format.replace(
    /\{(\w+)\}/g,
    (token, name) => formatToken(when, ALIASES[name] ?? name) ?? token,
  );
}

/**
 * Format the hour and minute of a message.
 * @param {string} ts
 */
export function formatTime(ts) {
  return format(new Date(Number(ts) * 1000), FORMATS.time);
}

/** @param {number} epoch */
export function formatTimeWithSeconds(epoch) {
  return format(new Date(epoch * 1000), FORMATS.time_secs);
}

/** @param {string | number} ts */
export function formatFullTime(ts) {
  return formatDate(ts, "{date_long} at {time_secs}");
}

/**
 * Format a day as "Today", "Yesterday", or its date.
 * @param {string} ts
 */
export function formatDay(ts) {
  const when = new Date(Number(ts) * 1000);
  return nearDay(when) ?? format(when, { weekday: "long", month: "long", day: "numeric" });
}

/**
 * @param {Date} when
 * @param {string} name
 */
function formatToken(when, name) {
  if (name === "ago") return ago(when);
  if (name === "date_num") return when.toISOString().slice(0, 10);
  const pretty = name.endsWith("_pretty");
  const options = FORMATS[pretty ? name.slice(0, -"_pretty".length) : name];
  return options && ((pretty && nearDay(when)?.toLowerCase()) || format(when, options));
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
  const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  if (Math.abs(minutes) < 60) return relative.format(minutes, "minute");
  if (Math.abs(minutes) < 48 * 60) return relative.format(Math.round(minutes / 60), "hour");
  return relative.format(Math.round(minutes / 1440), "day");
}

/** @param {Date} when */
function midnight(when) {
  return new Date(when.getFullYear(), when.getMonth(), when.getDate()).getTime();
}

/**
 * @param {Date} when
 * @param {Intl.DateTimeFormatOptions} options
 */
function format(when, options) {
  return new Intl.DateTimeFormat("en-GB", options).format(when);
}

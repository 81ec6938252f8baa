/** Slack's mrkdwn as DOM nodes (docs.slack.dev/messaging/formatting-message-text). */

import { formatDate, formatFullTime } from "../dates.js";
import { el } from "../dom.js";
import { emoji, withEmoji } from "../emoji.js";
import { link } from "../links.js";
import { broadcast, channel, group, person } from "./mentions.js";

const PRE = /\n?```\n?([\s\S]+?)\n?```\n?/;
const TOKEN = "<[^<>\\n]+>";
const WORD = "\\p{L}\\p{N}";

/**
 * Match markup only at the edges of words: snake_case and 2*3*4 stay as they are.
 * @param {string} name
 * @param {string} mark
 */
const span = (name, mark) =>
  `(?<![${WORD}${mark}])${mark}(?=[^\\s${mark}])(?<${name}>(?:${TOKEN}|[^\\n<])+?)(?<=\\S)${mark}(?![${WORD}${mark}])`;

const INLINE = new RegExp(
  [
    "<(?<token>[^<>\\n]+)>",
    "`(?<code>[^`\\n]+)`",
    span("bold", "\\*"),
    span("italic", "_"),
    span("strike", "~"),
    ":(?<emoji>[\\w+'-]+(?:::skin-tone-[2-6])?):",
    '(?<url>https?://[^\\s<>|"`]*[^\\s<>|"`.,;:!?)\\]*_~\'])',
  ].join("|"),
  "gu",
);
/** @type {[string, "strong" | "em" | "s"][]} */
const TAGS = [
  ["bold", "strong"],
  ["italic", "em"],
  ["strike", "s"],
];

/** @typedef {{state: Page.State, verbatim: boolean}} Context */

/**
 * @param {string} text
 * @param {Page.State} state for the names in mentions
 * @param {{verbatim?: boolean}} [options] `verbatim` leaves URLs unlinked
 * @returns {(Node | string)[]}
 */
export function mrkdwn(text, state, { verbatim = false } = {}) {
  const context = { state, verbatim };
  const parts = text.split(PRE);
  return parts.flatMap((part, index) =>
    index % 2 ? [el("pre", {}, el("code", {}, inCode(part, context)))] : lines(part, context),
  );
}

/** @param {string} text */
export function decode(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/**
 * Draw lines. Lines that start with > are quotes, and >>> quotes the rest.
 * @param {string} text
 * @param {Context} context
 * @returns {(Node | string)[]}
 */
function lines(text, context) {
  /** @type {(Node | string)[]} */
  const out = [];
  /** @type {string[]} */
  let plain = [];
  /** @type {string[]} */
  let quoted = [];
  const flush = () => {
    if (plain.length) out.push(...inline(plain.join("\n"), context));
    if (quoted.length) out.push(el("blockquote", {}, inline(quoted.join("\n"), context)));
    [plain, quoted] = [[], []];
  };
  const all = text.split("\n");
  for (const [index, line] of all.entries()) {
    const mark = /^(?:(&gt;|>){3}|(&gt;|>))\s?/.exec(line);
    if (Boolean(mark) !== quoted.length > 0) flush();
    if (!mark) plain.push(line);
    else if (mark[1]) {
      quoted = [line.slice(mark[0].length), ...all.slice(index + 1)];
      break;
    } else quoted.push(line.slice(mark[0].length));
  }
  flush();
  return out;
}

/**
 * @param {string} text
 * @param {Context} context
 * @returns {(Node | string)[]}
 */
function inline(text, context) {
  /** @type {(Node | string)[]} */
  const out = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    out.push(decode(text.slice(end, match.index)), draw(match, context));
    end = match.index + match[0].length;
  }
  out.push(decode(text.slice(end)));
  return out;
}

/**
 * @param {RegExpMatchArray} match
 * @param {Context} context
 * @returns {Node | string}
 */
function draw({ 0: source, groups = {} }, context) {
  if (groups.token) return token(groups.token, context);
  if (groups.code) return el("code", {}, inCode(groups.code, context));
  if (groups.emoji) return emoji(groups.emoji);
  if (groups.url) return context.verbatim ? decode(source) : link(decode(groups.url));
  for (const [name, tag] of TAGS)
    if (groups[name]) return el(tag, {}, inline(groups[name], context));
  return source;
}

/**
 * @param {string} text
 * @param {Context} context
 */
function inCode(text, context) {
  return text
    .split(/<([^<>\n]+)>/)
    .map((part, index) => (index % 2 ? token(part, context) : decode(part)));
}

/**
 * Draw the content of <…>: a mention, a date or a link.
 * @param {string} content
 * @param {Context} context
 * @returns {Node | string}
 */
function token(content, { state }) {
  const bar = content.indexOf("|");
  const target = decode(bar < 0 ? content : content.slice(0, bar));
  const label = bar < 0 ? undefined : decode(content.slice(bar + 1));
  if (target.startsWith("@")) return person(state, target.slice(1), label);
  if (target.startsWith("#")) return channel(state, target.slice(1), label);
  if (target.startsWith("!")) return special(target.slice(1), label);
  return label ? link(target, withEmoji(label)) : link(target);
}

/**
 * @param {string} command
 * @param {string} [label]
 * @returns {Node | string}
 */
function special(command, label) {
  const [name, ...args] = command.split("^");
  if (["here", "channel", "everyone"].includes(name)) return broadcast(name);
  if (name === "subteam") return group(args[0], label);
  if (name === "date") return date(args[0], args[1] ?? "", args[2], label);
  return label ?? `<!${command}>`;
}

/**
 * Draw a date in the reader's time zone, or the fallback if it's invalid.
 * @param {string | number} timestamp
 * @param {string} format
 * @param {string | null} [address]
 * @param {string} [fallback]
 * @returns {Node | string}
 */
export function date(timestamp, format, address, fallback) {
  const formatted = formatDate(timestamp, format);
  if (formatted === null) return fallback ?? "";
  const time = el("time", { title: formatFullTime(timestamp) }, formatted);
  return address ? link(address, time) : time;
}

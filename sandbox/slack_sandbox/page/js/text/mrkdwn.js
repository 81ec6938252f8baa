/** Slack's mrkdwn as DOM nodes (docs.slack.dev/messaging/formatting-message-text). */

import { formatDate, fullTime } from "../dates.js";
import { el } from "../dom.js";
import { emoji, withEmoji } from "../emoji.js";
import { link } from "../links.js";
import { broadcast, channel, group, person } from "./mentions.js";

const PRE = /\n?```\n?([\s\S]+?)\n?```\n?/;
const TOKEN = "<[^<>\\n]+>";
const WORD = "\\p{L}\\p{N}";

/**
 * Marks count only at the edges of words: snake_case and 2*3*4 stay as they are.
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

/** @typedef {{state: Page.State, verbatim: boolean}} Reader who reads, and how */

/**
 * @param {string} text
 * @param {Page.State} state who and what the mentions name
 * @param {{verbatim?: boolean}} [options] verbatim: bare addresses are no links
 * @returns {(Node | string)[]}
 */
export function mrkdwn(text, state, { verbatim = false } = {}) {
  const reader = { state, verbatim };
  const parts = text.split(PRE);
  return parts.flatMap((part, index) =>
    index % 2 ? [el("pre", {}, el("code", {}, inCode(part, reader)))] : lines(part, reader),
  );
}

/** @param {string} text */
function decoded(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/**
 * Lines that start with > are quotes; after >>> all the rest is one.
 * @param {string} text
 * @param {Reader} reader
 * @returns {(Node | string)[]}
 */
function lines(text, reader) {
  /** @type {(Node | string)[]} */
  const out = [];
  /** @type {string[]} */
  let plain = [];
  /** @type {string[]} */
  let quoted = [];
  const flush = () => {
    if (plain.length) out.push(...inline(plain.join("\n"), reader));
    if (quoted.length) out.push(el("blockquote", {}, inline(quoted.join("\n"), reader)));
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
 * @param {Reader} reader
 * @returns {(Node | string)[]}
 */
function inline(text, reader) {
  /** @type {(Node | string)[]} */
  const out = [];
  let done = 0;
  for (const found of text.matchAll(INLINE)) {
    out.push(decoded(text.slice(done, found.index)), drawn(found, reader));
    done = found.index + found[0].length;
  }
  out.push(decoded(text.slice(done)));
  return out;
}

/**
 * @param {RegExpMatchArray} found
 * @param {Reader} reader
 * @returns {Node | string}
 */
function drawn({ 0: whole, groups = {} }, reader) {
  if (groups.token) return token(groups.token, reader);
  if (groups.code) return el("code", {}, inCode(groups.code, reader));
  if (groups.emoji) return emoji(groups.emoji);
  if (groups.url) return reader.verbatim ? decoded(whole) : link(decoded(groups.url));
  for (const [name, tag] of TAGS)
    if (groups[name]) return el(tag, {}, inline(groups[name], reader));
  return whole;
}

/**
 * @param {string} text
 * @param {Reader} reader
 */
function inCode(text, reader) {
  return text
    .split(/<([^<>\n]+)>/)
    .map((part, index) => (index % 2 ? token(part, reader) : decoded(part)));
}

/**
 * What stands between < and >: a mention, a date or a link.
 * @param {string} inside
 * @param {Reader} reader
 * @returns {Node | string}
 */
function token(inside, { state }) {
  const bar = inside.indexOf("|");
  const target = decoded(bar < 0 ? inside : inside.slice(0, bar));
  const label = bar < 0 ? undefined : decoded(inside.slice(bar + 1));
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
  const [name, ...given] = command.split("^");
  if (["here", "channel", "everyone"].includes(name)) return broadcast(name);
  if (name === "subteam") return group(given[0], label);
  if (name === "date") return date(given[0], given[1] ?? "", given[2], label);
  return label ?? `<!${command}>`;
}

/**
 * A moment in the reader's own time zone; the fallback if it is none.
 * @param {string | number} timestamp
 * @param {string} format
 * @param {string | null} [address]
 * @param {string} [fallback]
 * @returns {Node | string}
 */
export function date(timestamp, format, address, fallback) {
  const words = formatDate(timestamp, format);
  if (words === null) return fallback ?? "";
  const moment = el("time", { title: fullTime(timestamp) }, words);
  return address ? link(address, moment) : moment;
}

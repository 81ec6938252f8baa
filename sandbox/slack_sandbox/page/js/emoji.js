/** Emoji by their Slack names. */

import { el } from "./dom.js";

const NO_MATCH = 3; // greater than every rank
const TONE = /::skin-tone-([2-6])$/;

/** @type {Sandbox.Emoji[]} */
let allEmoji = [];
/** @type {Map<string, Sandbox.Emoji>} by name and by alias */
const byName = new Map();

/** @param {Sandbox.Emoji[]} list from /control/workspace */
export function loadEmoji(list) {
  allEmoji = list;
  for (const entry of list) for (const name of namesOf(entry)) byName.set(name, entry);
}

/** @param {Sandbox.Emoji} emoji */
function namesOf({ name, aliases }) {
  return [name, ...aliases];
}

/**
 * Add a skin tone to an emoji's name, if it has tones.
 * @param {string} name
 * @param {number} tone 1 (none) to 6
 */
export function withTone(name, tone) {
  return tone > 1 && byName.get(name)?.has_tones ? `${name}::skin-tone-${tone}` : name;
}

/**
 * @param {string} name a name or alias, with or without a skin tone
 * @returns {string | undefined} the character, with its skin tone
 */
export function character(name) {
  const tone = TONE.exec(name)?.[1];
  const base = byName.get(name.replace(TONE, ""))?.character;
  if (!base || !tone) return base;
  return base.replace(/\uFE0F$/, "") + String.fromCodePoint(0x1f3fb + Number(tone) - 2);
}

/**
 * Decode the hex code points of a rich_text emoji.
 * @param {string} codes such as `1f44d-1f3fb`
 */
function fromUnicode(codes) {
  try {
    return String.fromCodePoint(...codes.split("-").map((code) => Number.parseInt(code, 16)));
  } catch {
    return undefined;
  }
}

/**
 * Draw an emoji in a line of text. An unknown emoji shows its name between colons.
 * @param {string} name
 * @param {string} [unicode] code points, which take precedence over the name
 */
export function emoji(name, unicode) {
  const char = (unicode && fromUnicode(unicode)) || character(name);
  if (!char) return el("span", { class: "emoji-name" }, `:${name}:`);
  return el(
    "span",
    { class: "emoji", role: "img", "aria-label": name.replaceAll("_", " "), title: `:${name}:` },
    char,
  );
}

/**
 * Replace the `:names:` in a text by emoji, as in plain_text.
 * @param {string} text
 */
export function withEmoji(text) {
  const parts = text.split(/:([\w+'-]+(?:::skin-tone-[2-6])?):/);
  return parts.map((part, index) =>
    index % 2 ? (character(part) ? emoji(part) : `:${part}:`) : part,
  );
}

/**
 * Find emoji by name or alias: exact matches first, then prefixes, then other matches.
 * @param {string} query
 * @param {number} limit
 * @returns {{emoji: Sandbox.Emoji, alias?: string}[]} `alias` is the alias that matched, if the name
 *   didn't
 */
export function search(query, limit) {
  const normalized = query
    .trim()
    .toLowerCase()
    .replace(/[:\s]+/g, "_")
    .replace(/^_|_$/g, "");
  const matches = allEmoji.flatMap((emoji) => {
    const [best] = namesOf(emoji)
      .map((name) => ({ name, rank: rankOf(name, normalized) }))
      .filter(({ rank }) => rank < NO_MATCH)
      .sort((a, b) => a.rank - b.rank);
    if (!best) return [];
    return { emoji, alias: best.name === emoji.name ? undefined : best.name, rank: best.rank };
  });
  return matches.sort((a, b) => a.rank - b.rank).slice(0, limit);
}

/**
 * @param {string} name
 * @param {string} query
 */
function rankOf(name, query) {
  if (name === query) return 0;
  if (name.startsWith(query)) return 1;
  return name.includes(query) ? 2 : NO_MATCH;
}

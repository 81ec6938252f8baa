/** Emoji by the names that Slack gives them. */

import { el } from "./dom.js";

const NOT_FOUND = 3; // after every rank
const TONE = /::skin-tone-([2-6])$/;

/** @type {Sandbox.Emoji[]} */
let offered = [];
/** @type {Map<string, Sandbox.Emoji>} by name and by alias */
const byName = new Map();

/** @param {Sandbox.Emoji[]} list of /control/workspace */
export function learnEmoji(list) {
  offered = list;
  for (const each of list) for (const name of namesOf(each)) byName.set(name, each);
}

/** @param {Sandbox.Emoji} each */
function namesOf({ name, aliases }) {
  return [name, ...aliases];
}

/**
 * Add a skin tone to a name, if that emoji has tones.
 * @param {string} name
 * @param {number} tone 2 to 6; 1 is none
 */
export function withTone(name, tone) {
  return tone > 1 && byName.get(name)?.has_tones ? `${name}::skin-tone-${tone}` : name;
}

/**
 * @param {string} name one of its names, perhaps with a skin tone
 * @returns {string | undefined} the character, with its skin tone
 */
export function character(name) {
  const tone = TONE.exec(name)?.[1];
  const base = byName.get(name.replace(TONE, ""))?.character;
  if (!base || !tone) return base;
  return base.replace(/\uFE0F$/, "") + String.fromCodePoint(0x1f3fb + Number(tone) - 2);
}

/**
 * Read hex code points as rich_text sends them.
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
 * Draw an emoji in a line of text; one that nobody knows stays its name between colons.
 * @param {string} name
 * @param {string} [unicode] its code points, which win over the name
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
 * Draw the `:names:` in a text, as in plain_text with emoji.
 * @param {string} text
 */
export function withEmoji(text) {
  const parts = text.split(/:([\w+'-]+(?:::skin-tone-[2-6])?):/);
  return parts.map((part, index) =>
    index % 2 ? (character(part) ? emoji(part) : `:${part}:`) : part,
  );
}

/**
 * Find the emoji of which a name or an alias holds these words: first those so called, then those
 * whose name begins so.
 * @param {string} words
 * @param {number} most
 * @returns {{emoji: Sandbox.Emoji, alias?: string}[]} `alias` is what was found, if it is not the name
 */
export function search(words, most) {
  const wanted = words
    .trim()
    .toLowerCase()
    .replace(/[:\s]+/g, "_")
    .replace(/^_|_$/g, "");
  const found = offered.flatMap((emoji) => {
    const [best] = namesOf(emoji)
      .map((name) => ({ name, rank: rankOf(name, wanted) }))
      .filter(({ rank }) => rank < NOT_FOUND)
      .sort((a, b) => a.rank - b.rank);
    if (!best) return [];
    return { emoji, alias: best.name === emoji.name ? undefined : best.name, rank: best.rank };
  });
  return found.sort((a, b) => a.rank - b.rank).slice(0, most);
}

/**
 * @param {string} name
 * @param {string} wanted
 */
function rankOf(name, wanted) {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  return name.includes(wanted) ? 2 : NOT_FOUND;
}

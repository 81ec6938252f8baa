/** Emoji by the names that Slack gives them. */

import { el } from "./dom.js";

const HANDS = new Set(
  `+1 -1 wave raised_hand raised_back_of_hand raised_hand_with_fingers_splayed hand spock-hand ok_hand
  pinched_fingers pinching_hand v crossed_fingers hand_with_index_and_middle_fingers_crossed the_horns
  i_love_you_hand_sign call_me_hand point_left point_right point_up point_up_2 point_down middle_finger
  fist facepunch left-facing_fist right-facing_fist clap raised_hands open_hands palms_up_together pray
  writing_hand nail_care muscle selfie`.split(/\s+/),
);
const TONE = /::skin-tone-([2-6])$/;

let characters = new Map();

/** @param {[string, string][]} pairs of /control/workspace */
export function learnEmoji(pairs) {
  characters = new Map(pairs);
}

function takesTone(name) {
  return HANDS.has(name);
}

/** The name with a skin tone (2 to 6; 1 is none) if it is a hand. */
export function withTone(name, tone) {
  return tone > 1 && takesTone(name) ? `${name}::skin-tone-${tone}` : name;
}

/** @returns {string | undefined} the character, with its skin tone */
export function character(name) {
  const tone = TONE.exec(name)?.[1];
  const base = characters.get(name.replace(TONE, ""));
  if (!base || !tone) return base;
  return base.replace(/\uFE0F$/, "") + String.fromCodePoint(0x1f3fb + Number(tone) - 2);
}

/** Hex code points as rich_text sends them, `1f44d-1f3fb`. */
function fromUnicode(codes) {
  try {
    return String.fromCodePoint(...codes.split("-").map((code) => Number.parseInt(code, 16)));
  } catch {
    return undefined;
  }
}

/** An emoji in a line of text; one that nobody knows stays its name between colons. */
export function emoji(name, unicode = undefined) {
  const char = (unicode && fromUnicode(unicode)) || character(name);
  if (!char) return el("span", { class: "emoji-name" }, `:${name}:`);
  return el(
    "span",
    { class: "emoji", role: "img", "aria-label": name.replaceAll("_", " "), title: `:${name}:` },
    char,
  );
}

/** Text with `:names:` in it, as in plain_text with emoji. */
export function withEmoji(text) {
  const parts = text.split(/:([\w+'-]+(?:::skin-tone-[2-6])?):/);
  return parts.map((part, index) =>
    index % 2 ? (character(part) ? emoji(part) : `:${part}:`) : part,
  );
}

/** The emoji whose names hold these words, best first. */
export function search(words, most) {
  const wanted = words
    .trim()
    .toLowerCase()
    .replace(/[:\s]+/g, "_")
    .replace(/^_|_$/g, "");
  const found = [...characters].filter(([name]) => name.includes(wanted));
  return found
    .sort(([a], [b]) => Number(b.startsWith(wanted)) - Number(a.startsWith(wanted)))
    .slice(0, most);
}

/** How people are called and drawn. */

import { el } from "./dom.js";

const TONES = 8;

/** What stands beside a person's name in the "Acting as" list. */
export function kindOf(person) {
  if (person.deleted) return "deactivated";
  if (person.is_app) return "this app";
  if (person.is_bot || person.id === "USLACKBOT") return "bot";
  if (person.is_restricted) return "guest";
  return "";
}

export function labelOf(person) {
  return person?.real_name || person?.name || "Unknown person";
}

/** A square of initials whose colour stays with the id. */
export function avatar(id, name) {
  return el("span", { class: `avatar tone-${toneOf(id)}`, "aria-hidden": "true" }, initials(name));
}

function initials(name) {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const letters =
    words.length > 1
      ? [words[0], words.at(-1)].map((w) => [...w][0])
      : [...(words[0] ?? "?")].slice(0, 2);
  return letters.join("").toUpperCase();
}

function toneOf(id) {
  let sum = 7;
  for (const letter of id) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  return sum % TONES;
}

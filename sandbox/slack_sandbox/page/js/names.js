/** How people are called and drawn. */

import { el } from "./dom.js";

const TONES = 8;

/**
 * What stands beside a person's name in the "Acting as" list.
 * @param {Sandbox.Person} person
 */
export function kindOf(person) {
  if (person.deleted) return "deactivated";
  if (person.is_app) return "this app";
  if (person.is_bot || person.id === "USLACKBOT") return "bot";
  if (person.is_restricted) return "guest";
  return "";
}

/** @param {Sandbox.Person | undefined} person */
export function labelOf(person) {
  return person?.real_name || person?.name || "Unknown person";
}

/**
 * A square of initials whose colour stays with the id.
 * @param {string} id
 * @param {string} name
 */
export function avatar(id, name) {
  return el("span", { class: `avatar tone-${toneOf(id)}`, "aria-hidden": "true" }, initials(name));
}

/** @param {string} name */
function initials(name) {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const [first = "?", ...others] = words;
  const last = others.at(-1);
  const letters = last ? [first, last].map((word) => [...word][0]) : [...first].slice(0, 2);
  return letters.join("").toUpperCase();
}

/** @param {string} id */
function toneOf(id) {
  let sum = 7;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum % TONES;
}

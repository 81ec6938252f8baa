/** Names and avatars of people. */

import { el } from "./dom.js";

const COLORS = 8;

/**
 * Describe a person's account, unless they're a full member.
 * @param {Sandbox.Person} person
 */
export function accountLabel(person) {
  if (person.deleted) return "deactivated";
  if (person.is_app) return "this app";
  if (person.is_bot || person.id === "USLACKBOT") return "bot";
  if (person.is_restricted) return "guest";
  return "";
}

/** @param {Sandbox.Person | undefined} person */
export function displayName(person) {
  return person?.real_name || person?.name || "Unknown person";
}

/**
 * Draw a square with initials. Its color depends only on the id.
 * @param {string} id
 * @param {string} name
 */
export function avatar(id, name) {
  return el("span", { class: `avatar tone-${colorOf(id)}`, "aria-hidden": "true" }, initials(name));
}

/** @param {string} name */
function initials(name) {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const [first = "?", ...rest] = words;
  const last = rest.at(-1);
  const letters = last ? [first, last].map((word) => [...word][0]) : [...first].slice(0, 2);
  return letters.join("").toUpperCase();
}

/** @param {string} id */
function colorOf(id) {
  let sum = 7;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum % COLORS;
}

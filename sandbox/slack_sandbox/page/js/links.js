/** Links from what people and apps wrote: only to the web or to mail, never to script. */

import { el } from "./dom.js";
import { permalinkOf } from "./place.js";

const ALLOWED = new Set(["http:", "https:", "mailto:"]);
const WEB = new Set(["http:", "https:"]);

/**
 * @param {string} address
 * @param {Set<string>} [allowed]
 * @returns {string | null} the address if it is one that may be followed
 */
export function safeUrl(address, allowed = ALLOWED) {
  try {
    return allowed.has(new URL(address).protocol) ? address : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} address
 * @returns {string | null} the address if an image may be loaded from it
 */
export function safeImage(address) {
  return safeUrl(address, WEB);
}

/**
 * A link, or its words and its address as plain text if it may not be followed.
 * @param {string} address
 * @param {...Page.Child} children
 */
export function link(address, ...children) {
  const label = children.length ? children : [address];
  if (!safeUrl(address))
    return el("span", { class: "link-refused" }, label, children.length ? ` (${address})` : null);
  const outside = permalinkOf(address) ? {} : { target: "_blank", rel: "noopener noreferrer" };
  return el("a", { href: address, ...outside }, label);
}

/** Links in texts of people and apps: only to the web or email, never to a script. */

import { parsePermalink } from "./address.js";
import { el } from "./dom.js";

const SAFE_PROTOCOLS = new Set(["http:", "https:", "mailto:"]);
const WEB_PROTOCOLS = new Set(["http:", "https:"]);

/**
 * @param {string} address
 * @param {Set<string>} [protocols]
 * @returns {string | null} the address, or null if it isn't safe
 */
export function safeUrl(address, protocols = SAFE_PROTOCOLS) {
  try {
    return protocols.has(new URL(address).protocol) ? address : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} address
 * @returns {string | null} the address, or null if it isn't safe to load an image from
 */
export function safeImage(address) {
  return safeUrl(address, WEB_PROTOCOLS);
}

/**
 * Draw a link. If its address isn't safe, draw its text and address as plain text.
 * @param {string} address
 * @param {...Page.Child} children
 */
export function link(address, ...children) {
  const label = children.length ? children : [address];
  if (!safeUrl(address))
    return el("span", { class: "link-refused" }, label, children.length ? ` (${address})` : null);
  const newTab = parsePermalink(address) ? {} : { target: "_blank", rel: "noopener noreferrer" };
  return el("a", { href: address, ...newTab }, label);
}

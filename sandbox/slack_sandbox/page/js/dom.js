/** Building DOM nodes. Text only ever becomes text nodes: nothing here parses HTML. */

/** @typedef {Node | string | null | undefined | false | Child[]} Child */

const AS_PROPERTY = new Set(["value", "checked", "selected", "disabled", "hidden"]);

/**
 * An element: `class`, `data` (an object), `on…` listeners, some properties, else attributes.
 * @param {string} tag
 * @param {Record<string, any>} [props] null, undefined and false leave a prop out
 * @param {...Child} children
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) set(node, name, value);
  node.append(...shown(children));
  return node;
}

/** Replace all that a node holds. */
export function fill(node, ...children) {
  node.replaceChildren(...shown(children));
  return node;
}

/** The node itself, or the one that took its place when its message or view was redrawn. */
export function sameAgain(node) {
  const key = node?.dataset?.key;
  if (!node || node.isConnected || !key) return node;
  return document.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? node;
}

/** Redraw part of the page without taking the focus, or the cursor, from who is in it. */
export function keepingFocus(redraw) {
  const focused = document.activeElement;
  const cursor = cursorOf(focused);
  redraw();
  if (focused === document.activeElement || focused === document.body) return;
  const again = sameAgain(focused);
  again?.focus({ preventScroll: true });
  if (cursor && cursorOf(again)) again.setSelectionRange(...cursor);
}

/** Behind a dialog, Chromium gives the focus back to a text field without a cursor to type at. */
export function mendCursor() {
  const focused = document.activeElement;
  const cursor = cursorOf(focused);
  if (cursor) focused.setSelectionRange(...cursor);
}

/** Where the cursor stands; null where there is none (buttons; inputs of numbers or mail). */
function cursorOf(node) {
  return typeof node?.selectionStart === "number" ? [node.selectionStart, node.selectionEnd] : null;
}

function set(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "class") node.className = value;
  else if (name === "data") Object.assign(node.dataset, value);
  else if (AS_PROPERTY.has(name)) node[name] = value;
  else node.setAttribute(name, value === true ? "" : String(value));
}

/** @param {Child[]} children @returns {(Node | string)[]} */
function shown(children) {
  return children
    .flat(Infinity)
    .filter((child) => child || child === 0)
    .map((c) => (c instanceof Node ? c : String(c)));
}

/** Building DOM nodes. Text only ever becomes text nodes: nothing here parses HTML. */

const AS_PROPERTY = new Set(["value", "checked", "selected", "disabled", "hidden"]);

/**
 * Build an element: `class`, `data` (an object), `on…` listeners, some properties, else attributes.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Page.Props} [props]
 * @param {...Page.Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) set(node, name, value);
  node.append(...shown(children));
  return node;
}

/**
 * Replace all that a node holds.
 * @template {HTMLElement} T
 * @param {T} node
 * @param {...Page.Child} children
 * @returns {T}
 */
export function fill(node, ...children) {
  node.replaceChildren(...shown(children));
  return node;
}

/**
 * Get an element of `index.html`.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const node = document.getElementById(id);
  if (!node) throw new Error(`there is no #${id} on the page`);
  return node;
}

/** The element that has the focus, if one has. */
export function focusedElement() {
  const { activeElement } = document;
  return activeElement instanceof HTMLElement ? activeElement : null;
}

/**
 * The node itself, or the one that took its place when its message or view was redrawn.
 * @template {HTMLElement | null} T
 * @param {T} node
 * @returns {T | HTMLElement}
 */
export function sameAgain(node) {
  const key = node?.dataset.key;
  if (!node || node.isConnected || !key) return node;
  return document.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? node;
}

/**
 * Redraw part of the page without taking the focus, or the cursor, from who is in it.
 * @param {() => void} redraw
 */
export function keepingFocus(redraw) {
  const focused = focusedElement();
  const cursor = cursorOf(focused);
  redraw();
  if (focused === document.activeElement || focused === document.body) return;
  const again = sameAgain(focused);
  again?.focus({ preventScroll: true });
  if (cursor) placeCursor(again, cursor);
}

/** Behind a dialog, Chromium gives the focus back to a text field without a cursor to type at. */
export function mendCursor() {
  const focused = focusedElement();
  const cursor = cursorOf(focused);
  if (cursor) placeCursor(focused, cursor);
}

/**
 * @param {Element | null} node
 * @returns {node is HTMLInputElement | HTMLTextAreaElement}
 */
function isField(node) {
  return node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement;
}

/**
 * Where the cursor stands; null where there is none (buttons; inputs of numbers or mail).
 * @param {HTMLElement | null} node
 * @returns {[number, number] | null}
 */
function cursorOf(node) {
  if (!isField(node) || node.selectionStart === null) return null;
  return [node.selectionStart, node.selectionEnd ?? node.selectionStart];
}

/**
 * @param {HTMLElement | null} node
 * @param {[number, number]} cursor
 */
function placeCursor(node, [start, end]) {
  if (isField(node) && cursorOf(node)) node.setSelectionRange(start, end);
}

/**
 * @param {HTMLElement} node
 * @param {string} name
 * @param {any} value
 */
function set(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "class") node.className = value;
  else if (name === "data") Object.assign(node.dataset, value);
  else if (AS_PROPERTY.has(name)) /** @type {Record<string, any>} */ (node)[name] = value;
  else node.setAttribute(name, value === true ? "" : String(value));
}

/**
 * @param {readonly Page.Child[]} children
 * @returns {(Node | string)[]}
 */
function shown(children) {
  return children.flatMap((child) => {
    if (Array.isArray(child)) return shown(child);
    if (child instanceof Node) return [child];
    return child || child === 0 ? [String(child)] : [];
  });
}

/** DOM nodes. Text becomes text nodes: nothing on the page parses HTML. */

const PROPERTIES = new Set(["value", "checked", "selected", "disabled", "hidden"]);

/**
 * Build an element. Props are `class`, `data` (an object), `on…` listeners, some DOM properties, and
 * attributes.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Page.Props} [props]
 * @param {...Page.Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) set(node, name, value);
  node.append(...flatten(children));
  return node;
}

/**
 * Replace the children of a node.
 * @template {HTMLElement} T
 * @param {T} node
 * @param {...Page.Child} children
 * @returns {T}
 */
export function setChildren(node, ...children) {
  node.replaceChildren(...flatten(children));
  return node;
}

/**
 * Get an element of `index.html`.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const node = document.getElementById(id);
  if (!node) throw new Error(`no element #${id} on the page`);
  return node;
}

/** Return the focused element, or null. */
export function focusedElement() {
  const { activeElement } = document;
  return activeElement instanceof HTMLElement ? activeElement : null;
}

/**
 * Return the node, or the node that replaced it in a redraw of its message or view.
 * @template {HTMLElement | null} T
 * @param {T} node
 * @returns {T | HTMLElement}
 */
export function currentNode(node) {
  const key = node?.dataset.key;
  if (!node || node.isConnected || !key) return node;
  return document.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? node;
}

/**
 * Redraw part of the page, and keep the focus and the cursor.
 * @param {() => void} redraw
 */
export function preserveFocus(redraw) {
  const focused = focusedElement();
  const cursor = cursorOf(focused);
  redraw();
  if (focused === document.activeElement || focused === document.body) return;
  const node = currentNode(focused);
  node?.focus({ preventScroll: true });
  if (cursor) placeCursor(node, cursor);
}

/** Restore the cursor: when a dialog closes, Chromium returns the focus to a field without one. */
export function restoreCursor() {
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
 * Return the selection of a text field. Return null if the element has none, such as a button or an
 * input for numbers or email.
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
  else if (PROPERTIES.has(name)) /** @type {Record<string, any>} */ (node)[name] = value;
  else node.setAttribute(name, value === true ? "" : String(value));
}

/**
 * @param {readonly Page.Child[]} children
 * @returns {(Node | string)[]}
 */
function flatten(children) {
  return children.flatMap((child) => {
    if (Array.isArray(child)) return flatten(child);
    if (child instanceof Node) return [child];
    return child || child === 0 ? [String(child)] : [];
  });
}

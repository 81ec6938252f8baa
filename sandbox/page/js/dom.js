/** Building DOM nodes. Text only ever becomes text nodes: nothing here parses HTML. */

/** @typedef {Node | string | null | undefined | false | Child[]} Child */

const AS_PROPERTY = new Set(["value", "checked", "selected", "disabled", "hidden", "indeterminate"]);

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

const PATHS = {
  lock: "M7 11V8a5 5 0 0 1 10 0v3M5 11h14v9H5z",
  hash: "M9 4 7 20M17 4l-2 16M4 9h16M4 15h16",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  plus: "M12 5v14M5 12h14",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5h.01M15 9.5h.01",
  send: "M4 12 20 4l-5 16-3.5-6.5zM11.5 13.5 20 4",
  close: "M6 6l12 12M18 6 6 18",
  back: "M15 5l-7 7 7 7",
  home: "M4 11l8-7 8 7v9h-5v-6H9v6H4z",
  menu: "M4 7h16M4 12h16M4 17h16",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14.5a6.5 6.5 0 0 1 3.5 5.5",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4",
};

/** A drawn icon, silent to screen readers: its button carries the label. */
export function icon(name) {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** The node itself, or the one that took its place when its message or view was redrawn. */
export function sameAgain(node) {
  const key = node?.dataset?.key;
  if (!node || node.isConnected || !key) return node;
  const ts = node.closest("[data-ts]")?.dataset.ts;
  const root = ts ? document.querySelector(`[data-ts="${CSS.escape(ts)}"]`) : document;
  return root?.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? node;
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
  return children.flat(Infinity).filter((child) => child || child === 0).map((c) => (c instanceof Node ? c : String(c)));
}

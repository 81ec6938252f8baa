/** Menus: arrow keys move, letters jump, Enter selects, and Escape closes. */

import { el, focusedElement } from "../dom.js";
import { icon } from "../icons.js";
import { openPopover } from "./popover.js";

const TYPEAHEAD_TIMEOUT = 700; // ms

/**
 * @param {HTMLElement} anchor
 * @param {string} label
 * @param {Page.MenuItem[]} items
 */
function openMenu(anchor, label, items) {
  const panel = el("div", { class: "menu", role: "menu", "aria-label": label });
  const popover = { close() {} };
  for (const item of items)
    if (item) panel.append("label" in item ? entry(item, popover) : heading(item));
  panel.addEventListener("keydown", (event) => move(event, panel, popover));
  Object.assign(popover, openPopover(anchor, panel));
  const entries = entriesOf(panel);
  (entries.find((node) => node.getAttribute("aria-checked") === "true") ?? entries[0])?.focus();
  return popover;
}

/**
 * Draw a button that opens a menu. It calls `items` each time it opens.
 * @param {Page.Props} props
 * @param {string} label
 * @param {() => Page.MenuItem[]} items
 * @param {...Page.Child} children
 */
export function menuButton(props, label, items, ...children) {
  /** @type {Page.Handler} */
  const open = ({ currentTarget }) => openMenu(currentTarget, label, items());
  return el(
    "button",
    { type: "button", "aria-haspopup": "menu", "aria-expanded": "false", onclick: open, ...props },
    ...children,
  );
}

/** @param {{heading: Page.Child}} item */
function heading(item) {
  return el("p", { class: "menu-heading", role: "presentation" }, item.heading);
}

/**
 * @param {Page.MenuEntry} item
 * @param {{close: () => unknown}} popover
 */
function entry(item, popover) {
  const select = () => {
    popover.close();
    item.onselect?.();
  };
  const props = {
    class: item.isDanger ? "menu-item menu-item-danger" : "menu-item",
    role: item.isRadio ? "menuitemradio" : "menuitem",
    "aria-checked": item.isRadio && String(Boolean(item.isSelected)),
    tabindex: -1,
    onclick: select,
  };
  const content = [
    item.image,
    el(
      "span",
      { class: "menu-text" },
      el("span", { class: "menu-label" }, item.label),
      item.note && el("span", { class: "menu-note" }, item.note),
    ),
    item.isSelected && icon("check"),
  ];
  if (item.href)
    return el(
      "a",
      { ...props, href: item.href, target: "_blank", rel: "noopener noreferrer" },
      content,
    );
  return el("button", { ...props, type: "button" }, content);
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement} panel
 * @param {{close: () => unknown}} popover
 */
function move(event, panel, popover) {
  const entries = entriesOf(panel);
  const focused = focusedElement();
  const index = focused ? entries.indexOf(focused) : -1;
  /** @type {Record<string, number>} */
  const steps = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: -1 };
  if (event.key === "Tab") popover.close();
  else if (event.key in steps) {
    event.preventDefault();
    entries.at(steps[event.key] % entries.length)?.focus();
  } else if (event.key.length === 1 && event.key !== " ") jump(event, entries, index);
}

/**
 * @param {HTMLElement} panel
 * @returns {HTMLElement[]}
 */
function entriesOf(panel) {
  return [...panel.querySelectorAll("[role^=menuitem]")].filter(
    (node) => node instanceof HTMLElement,
  );
}

let typed = "";
let typedAt = 0;

/**
 * Focus the next entry that starts with the letters typed in quick succession.
 * @param {KeyboardEvent} event
 * @param {HTMLElement[]} entries
 * @param {number} index of the focused entry
 */
function jump({ key, timeStamp }, entries, index) {
  typed = (timeStamp - typedAt < TYPEAHEAD_TIMEOUT ? typed : "") + key.toLowerCase();
  typedAt = timeStamp;
  /** @param {HTMLElement} node */
  const starts = (node) =>
    node.querySelector(".menu-label")?.textContent.toLowerCase().startsWith(typed);
  const from = typed.length > 1 ? index : index + 1;
  [...entries.slice(from), ...entries.slice(0, from)].find(starts)?.focus();
}

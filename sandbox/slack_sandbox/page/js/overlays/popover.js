/** A panel next to the control that opened it. Escape or a click elsewhere closes it. */

import { currentNode } from "../dom.js";

const GAP = 6;
const EDGE = 8;

/**
 * @param {HTMLElement} anchor
 * @param {HTMLElement} panel
 * @param {{onclose?: () => unknown}} [options]
 * @returns {{close: () => void}}
 */
export function openPopover(anchor, panel, { onclose } = {}) {
  panel.popover = "auto";
  panel.classList.add("popover");
  // In an open dialog, append the panel to the dialog: everything behind it is inert.
  (anchor.closest("dialog") ?? document.body).append(panel);
  panel.addEventListener("toggle", ({ newState }) => newState === "closed" && onClosed());
  panel.addEventListener("keydown", closeOnEscape);
  panel.style.setProperty("--anchor-width", `${anchor.offsetWidth}px`);
  panel.showPopover();
  place(panel, anchor);
  anchor.setAttribute("aria-expanded", "true");
  const reposition = () => place(panel, currentNode(anchor));
  window.addEventListener("resize", reposition);
  const observer = new ResizeObserver(reposition);
  observer.observe(panel);

  /**
   * Close the panel. By default, a search field would use the first Escape to clear its text.
   * @param {KeyboardEvent} event
   */
  function closeOnEscape(event) {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    panel.hidePopover();
  }

  function onClosed() {
    const hadFocus =
      panel.contains(document.activeElement) || document.activeElement === document.body;
    window.removeEventListener("resize", reposition);
    observer.disconnect();
    panel.remove();
    const opener = currentNode(anchor);
    opener.setAttribute("aria-expanded", "false");
    if (hadFocus) opener.focus({ preventScroll: true });
    onclose?.();
  }
  return { close: () => panel.matches(":popover-open") && panel.hidePopover() };
}

/**
 * Place the panel below the anchor, or above if there is more room, within the window.
 * @param {HTMLElement} panel
 * @param {HTMLElement} anchor
 */
function place(panel, anchor) {
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = panel;
  const below = window.innerHeight - box.bottom - GAP - EDGE;
  const isBelow = height <= below || below >= box.top;
  const top = isBelow ? box.bottom + GAP : box.top - GAP - height;
  const left = box.left + width > window.innerWidth - EDGE ? box.right - width : box.left;
  panel.style.top = `${clamp(top, EDGE, window.innerHeight - height - EDGE)}px`;
  panel.style.left = `${clamp(left, EDGE, window.innerWidth - width - EDGE)}px`;
}

/**
 * @param {number} value
 * @param {number} min
 * @param {number} max
 */
function clamp(value, min, max) {
  return Math.max(min, Math.min(value, max));
}

/** A panel beside the control that opened it: in the top layer, closed by Escape or a click elsewhere. */

import { sameAgain } from "../dom.js";

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
  // Inside an open dialog, or the page behind it would be inert and the panel with it.
  (anchor.closest("dialog") ?? document.body).append(panel);
  panel.addEventListener("toggle", ({ newState }) => newState === "closed" && closed());
  panel.addEventListener("keydown", closeOnEscape);
  panel.style.setProperty("--anchor-width", `${anchor.offsetWidth}px`);
  panel.showPopover();
  place(panel, anchor);
  anchor.setAttribute("aria-expanded", "true");
  const replace = () => place(panel, sameAgain(anchor));
  window.addEventListener("resize", replace);
  const growing = new ResizeObserver(replace);
  growing.observe(panel);

  /**
   * Close the panel. A search field would keep the first Escape for itself, to empty its text.
   * @param {KeyboardEvent} event
   */
  function closeOnEscape(event) {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    panel.hidePopover();
  }

  function closed() {
    const hadFocus =
      panel.contains(document.activeElement) || document.activeElement === document.body;
    window.removeEventListener("resize", replace);
    growing.disconnect();
    panel.remove();
    const again = sameAgain(anchor);
    again.setAttribute("aria-expanded", "false");
    if (hadFocus) again.focus({ preventScroll: true });
    onclose?.();
  }
  return { close: () => panel.matches(":popover-open") && panel.hidePopover() };
}

/**
 * Below the anchor, or above if there is more room; always inside the window.
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
 * @param {number} least
 * @param {number} most
 */
function clamp(value, least, most) {
  return Math.max(least, Math.min(value, most));
}

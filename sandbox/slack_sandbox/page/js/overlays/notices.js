/** Notices: short messages about failures and results. */

import { el } from "../dom.js";
import { icon } from "../icons.js";

const DURATION = 9000; // ms
const MAX_NOTICES = 3;

export class Notices {
  #node;

  /**
   * @param {HTMLElement} node
   * @param {Page.State} state
   */
  constructor(node, state) {
    this.#node = node;
    state.on("notice", ({ text }) => this.show(text));
  }

  /** @param {string} text */
  show(text) {
    // The stream and the response can both report a failure: show it once.
    this.#node.querySelector(`[data-text="${CSS.escape(text)}"]`)?.remove();
    this.#moveToTop();
    const close = el(
      "button",
      {
        class: "icon-button",
        type: "button",
        "aria-label": "Dismiss",
      },
      icon("close"),
    );
    const notice = el("div", { class: "notice", data: { text } }, el("p", {}, text), close);
    close.addEventListener("click", () => notice.remove());
    this.#node.append(notice);
    while (this.#node.childElementCount > MAX_NOTICES) this.#node.firstElementChild?.remove();
    this.#removeLater(notice);
  }

  /** Move the notices into the open dialog, if there is one: everything behind it is inert. */
  #moveToTop() {
    const host = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
    if (this.#node.parentElement === host) return;
    host.append(this.#node);
    if (host.tagName === "DIALOG")
      host.addEventListener("close", () => document.body.append(this.#node), { once: true });
  }

  /**
   * Remove a notice later. It stays while the pointer or the focus is in it.
   * @param {HTMLElement} notice
   */
  #removeLater(notice) {
    setTimeout(() => {
      if (notice.matches(":hover, :focus-within")) this.#removeLater(notice);
      else notice.remove();
    }, DURATION);
  }
}

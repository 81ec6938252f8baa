/** Flashes: what went wrong, or what Slack would tell in passing. */

import { el } from "../dom.js";
import { icon } from "../icons.js";

const SHOWN_FOR = 9000; // ms
const MOST = 3;

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
    // The same words from the stream and from the answer are one notice.
    this.#node.querySelector(`[data-text="${CSS.escape(text)}"]`)?.remove();
    this.#comeToTop();
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
    while (this.#node.childElementCount > MOST) this.#node.firstElementChild?.remove();
    this.#leaveLater(notice);
  }

  /** A modal dialog makes all behind it inert: inside it, notices stay readable. */
  #comeToTop() {
    const host = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
    if (this.#node.parentElement === host) return;
    host.append(this.#node);
    if (host.tagName === "DIALOG")
      host.addEventListener("close", () => document.body.append(this.#node), { once: true });
  }

  /**
   * It stays while somebody points at it or has the focus in it.
   * @param {HTMLElement} notice
   */
  #leaveLater(notice) {
    setTimeout(() => {
      if (notice.matches(":hover, :focus-within")) this.#leaveLater(notice);
      else notice.remove();
    }, SHOWN_FOR);
  }
}

/** The messages of the open channel: day by day, and staying at the newest. */

import { dayOf } from "../dates.js";
import { byId, el } from "../dom.js";
import { inOrder, isInChannel, threadsOf } from "../threads.js";
import { LinkedMessage, MessageList } from "./messagelist.js";

const NEAR_END = 60; // px

export class Timeline {
  #state;
  #scroller = byId("timeline");
  #log = byId("messages");
  #newer = byId("newer");
  #list;
  #linked;
  #isAtEnd = true;
  #lastTop = 0;
  #channelId = "";

  /** @param {Page.State} state */
  constructor(state) {
    this.#state = state;
    this.#list = new MessageList(state, this.#log, {
      empty: "Nothing was said here yet.",
      between: dayBetween,
    });
    this.#linked = new LinkedMessage(this.#scroller, this.#log);
    state.on("screen", () => this.#reset());
    state.on("place", () => this.#reset());
    state.on("channel", (channel) => channel.id === this.#channelId && this.#draw());
    state.on("person-changed", () => this.#draw());
    state.on("message_deleted", ({ channel }) => channel === this.#channelId && this.#draw());
    state.on("message", (detail) => detail.channel === this.#channelId && this.#receive(detail));
    this.#scroller.addEventListener("scroll", () => this.#noteScroll());
    this.#newer.addEventListener("click", () => this.#toEnd());
    const observer = new ResizeObserver(() => this.#resized());
    observer.observe(this.#log);
    observer.observe(this.#scroller);
  }

  /**
   * Show a message that was linked to.
   * @param {string} ts
   * @returns {boolean} whether it is there
   */
  reveal(ts) {
    const node = this.#list.nodeOf(ts);
    if (!node) return false;
    this.#isAtEnd = false;
    this.#linked.show(node);
    return true;
  }

  #reset() {
    this.#channelId = this.#state.channel?.id ?? "";
    this.#list.reset(this.#channelId);
    this.#draw();
    this.#toEnd();
  }

  /** @param {Page.Events["message"]} news */
  #receive({ message, isNew }) {
    this.#draw();
    const node = this.#list.nodeOf(message.ts);
    if (!isNew || !node) return;
    // Their own words, and the app's answer to them, are what somebody looks for.
    if (message.user === this.#state.me.id || message.ephemeral) this.#toNew(node);
    else this.#newer.hidden = this.#isAtEnd && !this.#linked.isHeld;
  }

  /**
   * To the end, but a message that is taller than the screen is read from its first line.
   * @param {HTMLElement} node
   */
  #toNew(node) {
    this.#toEnd();
    if (node.offsetHeight <= this.#scroller.clientHeight) return;
    this.#isAtEnd = false;
    node.scrollIntoView({ block: "start" });
  }

  #draw() {
    if (!this.#channelId) return;
    const messages = this.#state.messagesOf(this.#channelId);
    const shown = inOrder([...messages.values()].filter(isInChannel));
    this.#list.show(shown, threadsOf(messages));
  }

  /** Only going up leaves the end: a picture that loads moves the end away without anybody scrolling. */
  #noteScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    const isNear = scrollHeight - scrollTop - clientHeight < NEAR_END;
    if (isNear) this.#newer.hidden = true;
    const isKept = this.#isAtEnd && !this.#linked.isHeld && scrollTop >= this.#lastTop;
    this.#isAtEnd = isNear || isKept;
    this.#lastTop = scrollTop;
  }

  /** Stay at the end, unless a linked message is kept in place. */
  #resized() {
    if (this.#linked.isHeld) this.#noteScroll();
    else if (this.#isAtEnd) this.#toEnd();
  }

  #toEnd() {
    this.#linked.release();
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#isAtEnd = true;
    this.#newer.hidden = true;
  }
}

/**
 * @param {Sandbox.Message | undefined} before
 * @param {Sandbox.Message} message
 */
function dayBetween(before, message) {
  const day = dayOf(message.ts);
  return before && dayOf(before.ts) === day
    ? null
    : el("h2", { class: "day" }, el("span", {}, day));
}

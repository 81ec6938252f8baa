/** The messages of the open channel, by day. The list follows new messages. */

import { formatDay } from "../dates.js";
import { byId, el } from "../dom.js";
import { isInChannel, sortByTime, threadsOf } from "../threads.js";
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
      empty: "No messages yet.",
      divider: dayDivider,
    });
    this.#linked = new LinkedMessage(this.#scroller, this.#log);
    state.on("screen", () => this.#reset());
    state.on("place", () => this.#reset());
    state.on("channel", (channel) => channel.id === this.#channelId && this.#draw());
    state.on("person-changed", () => this.#draw());
    state.on("message_deleted", ({ channel }) => channel === this.#channelId && this.#draw());
    state.on("message", (detail) => detail.channel === this.#channelId && this.#receive(detail));
    this.#scroller.addEventListener("scroll", () => this.#noteScroll());
    this.#newer.addEventListener("click", () => this.#scrollToEnd());
    const observer = new ResizeObserver(() => this.#resized());
    observer.observe(this.#log);
    observer.observe(this.#scroller);
  }

  /**
   * Show a linked message.
   * @param {string} ts
   * @returns {boolean} whether it exists
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
    this.#scrollToEnd();
  }

  /** @param {Page.Events["message"]} event */
  #receive({ message, isNew }) {
    this.#draw();
    const node = this.#list.nodeOf(message.ts);
    if (!isNew || !node) return;
    // People look for their own message, and for the app's answer to them.
    if (message.user === this.#state.me.id || message.ephemeral) this.#scrollToNew(node);
    else this.#newer.hidden = this.#isAtEnd && !this.#linked.isActive;
  }

  /**
   * Scroll to the end, or to the first line of the message if it's taller than the screen.
   * @param {HTMLElement} node
   */
  #scrollToNew(node) {
    this.#scrollToEnd();
    if (node.offsetHeight <= this.#scroller.clientHeight) return;
    this.#isAtEnd = false;
    node.scrollIntoView({ block: "start" });
  }

  #draw() {
    if (!this.#channelId) return;
    const messages = this.#state.messagesOf(this.#channelId);
    const shown = sortByTime([...messages.values()].filter(isInChannel));
    this.#list.show(shown, threadsOf(messages));
  }

  /** Leave the end only if the reader scrolls up: an image that loads also moves the end. */
  #noteScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    const isNear = scrollHeight - scrollTop - clientHeight < NEAR_END;
    if (isNear) this.#newer.hidden = true;
    const staysAtEnd = this.#isAtEnd && !this.#linked.isActive && scrollTop >= this.#lastTop;
    this.#isAtEnd = isNear || staysAtEnd;
    this.#lastTop = scrollTop;
  }

  /** Stay at the end, unless a linked message is kept in place. */
  #resized() {
    if (this.#linked.isActive) this.#noteScroll();
    else if (this.#isAtEnd) this.#scrollToEnd();
  }

  #scrollToEnd() {
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
function dayDivider(before, message) {
  const day = formatDay(message.ts);
  return before && formatDay(before.ts) === day
    ? null
    : el("h2", { class: "day" }, el("span", {}, day));
}

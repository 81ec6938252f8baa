/** The pane of the thread that is open: its first message, the replies, and where one replies. */

import { perform } from "../acting.js";
import { byId, el, fill, focusedElement, sameAgain } from "../dom.js";
import { icon } from "../icons.js";
import { countOf, inOrder, isReply, threadsOf } from "../threads.js";
import { LinkedMessage, MessageList } from "./messagelist.js";
import { Writing } from "./writing.js";

const NARROW = matchMedia("(width <= 760px)"); // there the pane covers the channel
const NEAR_END = 60; // px

export class Thread {
  #state;
  #node = byId("thread");
  #main = byId("main");
  #place = el("p", { class: "thread-place" });
  #log = el("div", { role: "log", "aria-label": "Replies", "aria-relevant": "additions" });
  #scroller = el("div", { class: "thread-scroll", tabindex: -1 }, this.#log);
  #foot = el("div", { class: "composer" });
  #also = el("input", { type: "checkbox" });
  #alsoWords = el("span");
  #list;
  #linked;
  #writing;
  /** @type {HTMLElement | null} what had the focus before */
  #opener = null;

  /** @param {Page.State} state */
  constructor(state) {
    this.#state = state;
    this.#list = new MessageList(state, this.#log, {
      isThread: true,
      empty: "The message that began this thread is gone.",
      between: (before) => this.#divider(before),
    });
    this.#linked = new LinkedMessage(this.#scroller, this.#log);
    const more = el("label", { class: "thread-also" }, this.#also, this.#alsoWords);
    const options = { id: "reply", takesAppCommands: false, more };
    this.#writing = new Writing(state, options, (text) => this.#reply(text));
    fill(this.#node, this.#head(), this.#scroller, this.#foot);
    this.#node.addEventListener("keydown", (event) => this.#escape(event));
    NARROW.addEventListener("change", () => this.#cover());
    state.on("thread", (thread) => (thread ? this.#open(thread) : this.#close()));
    state.on("traffic-open", () => state.closeThread());
    state.on("place", () => !this.#isHere() && state.closeThread());
    state.on("screen", () => (this.#isHere() ? this.#draw() : state.closeThread()));
    state.on(["channel", "message_deleted", "person-changed"], () => this.#draw());
    state.on("message", (detail) => this.#receive(detail));
  }

  /**
   * Show a reply that was linked to.
   * @param {string} channel
   * @param {string} ts
   * @returns {boolean} whether it is there
   */
  reveal(channel, ts) {
    const message = this.#state.messagesOf(channel).get(ts);
    if (!message?.thread_ts || !isReply(message)) return false;
    this.#state.openThread(channel, message.thread_ts);
    const node = this.#list.nodeOf(ts);
    if (node) this.#linked.show(node);
    return true;
  }

  #head() {
    const close = () => this.#state.closeThread();
    return el(
      "header",
      { class: "pane-head" },
      el("h2", {}, "Thread"),
      this.#place,
      el(
        "button",
        { class: "icon-button", type: "button", "aria-label": "Close thread", onclick: close },
        icon("close"),
      ),
    );
  }

  #isHere() {
    const { thread, channel } = this.#state;
    return Boolean(thread) && channel?.id === thread?.channel;
  }

  /** @param {Page.MessageKey} thread */
  #open(thread) {
    if (!this.#node.contains(document.activeElement)) this.#opener = focusedElement();
    this.#node.hidden = false;
    this.#cover();
    this.#list.reset(thread.channel);
    this.#draw();
    this.#toEnd();
    if (this.#foot.contains(this.#writing.node)) this.#writing.focus();
    else this.#scroller.focus();
  }

  #close() {
    if (this.#node.hidden) return;
    const hadFocus = this.#node.contains(document.activeElement);
    this.#node.hidden = true;
    this.#cover();
    if (hadFocus) sameAgain(this.#opener)?.focus({ preventScroll: true });
  }

  #cover() {
    this.#main.inert = NARROW.matches && !this.#node.hidden;
  }

  /** @param {KeyboardEvent} event */
  #escape(event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (!document.querySelector(":popover-open")) this.#state.closeThread();
  }

  /** @param {Page.Events["message"]} news */
  #receive({ channel, message }) {
    const { thread, me } = this.#state;
    if (!thread || channel !== thread.channel) return;
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    const wasAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
    this.#draw();
    const isHere = message.thread_ts === thread.ts;
    const isFollowing = wasAtEnd && !this.#linked.isHeld;
    if (isHere && (isFollowing || message.user === me.id)) this.#toEnd();
  }

  #draw() {
    const { thread, channel } = this.#state;
    if (!thread || !channel || !this.#isHere()) return;
    const messages = this.#state.messagesOf(thread.channel);
    const threads = threadsOf(messages);
    const first = messages.get(thread.ts);
    const replies = threads.get(thread.ts) ?? [];
    fill(this.#place, channel.is_im ? "" : `#${channel.name}`);
    this.#list.show(inOrder(first ? [first, ...replies] : replies), threads);
    this.#drawField(thread, channel, first);
  }

  /** @param {Sandbox.Message | undefined} before */
  #divider(before) {
    const { thread } = this.#state;
    if (!thread || before?.ts !== thread.ts) return null;
    const replies = threadsOf(this.#state.messagesOf(thread.channel)).get(thread.ts) ?? [];
    return el("p", { class: "thread-divider" }, countOf(replies.length));
  }

  /**
   * @param {Page.MessageKey} thread
   * @param {Sandbox.Channel} channel
   * @param {Sandbox.Message | undefined} first
   */
  #drawField(thread, channel, first) {
    const mayReply = first && channel.is_member && !channel.is_archived;
    if (!mayReply) this.#foot.replaceChildren();
    else if (!this.#foot.contains(this.#writing.node)) fill(this.#foot, this.#writing.node);
    fill(
      this.#alsoWords,
      `Also send to ${channel.is_im ? "the conversation" : `#${channel.name}`}`,
    );
    const { me } = this.#state;
    const isAnother = this.#writing.turnTo(`${me.id}/${channel.id}/${thread.ts}`, "Reply");
    if (isAnother) this.#also.checked = false;
  }

  /** @param {string} text */
  async #reply(text) {
    const { thread } = this.#state;
    if (!thread) return false;
    const answer = await perform(this.#state, "say", {
      channel: thread.channel,
      thread_ts: thread.ts,
      reply_broadcast: this.#also.checked,
      text,
    });
    if (answer.ok) this.#also.checked = false;
    return answer.ok;
  }

  #toEnd() {
    this.#linked.release();
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }
}

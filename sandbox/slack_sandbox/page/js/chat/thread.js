/** The pane of the open thread: the parent message, the replies and a field to reply. */

import { byId, currentNode, el, focusedElement, setChildren } from "../dom.js";
import { icon } from "../icons.js";
import { perform } from "../perform.js";
import { isReply, replyCount, sortByTime, threadsOf } from "../threads.js";
import { MessageInput } from "./messageinput.js";
import { LinkedMessage, MessageList } from "./messagelist.js";

const NARROW = matchMedia("(width <= 760px)"); // the pane covers the channel
const NEAR_END = 60; // px

export class Thread {
  #state;
  #node = byId("thread");
  #main = byId("main");
  #place = el("p", { class: "thread-place" });
  #log = el("div", { role: "log", "aria-label": "Replies", "aria-relevant": "additions" });
  #scroller = el("div", { class: "thread-scroll", tabindex: -1 }, this.#log);
  #foot = el("div", { class: "composer" });
  #broadcast = el("input", { type: "checkbox" });
  #broadcastLabel = el("span");
  #list;
  #linked;
  #input;
  /** @type {HTMLElement | null} the element that had the focus before */
  #opener = null;

  /** @param {Page.State} state */
  constructor(state) {
    this.#state = state;
    this.#list = new MessageList(state, this.#log, {
      isThread: true,
      empty: "The first message of this thread was deleted.",
      divider: (before) => this.#divider(before),
    });
    this.#linked = new LinkedMessage(this.#scroller, this.#log);
    const footer = el(
      "label",
      { class: "thread-broadcast" },
      this.#broadcast,
      this.#broadcastLabel,
    );
    const options = { id: "reply", completesAppCommands: false, footer };
    this.#input = new MessageInput(state, options, (text) => this.#reply(text));
    setChildren(this.#node, this.#head(), this.#scroller, this.#foot);
    this.#node.addEventListener("keydown", (event) => this.#escape(event));
    NARROW.addEventListener("change", () => this.#updateInert());
    state.on("thread", (thread) => (thread ? this.#open(thread) : this.#close()));
    state.on("traffic-open", () => state.closeThread());
    state.on("place", () => !this.#isInOpenChannel() && state.closeThread());
    state.on("screen", () => (this.#isInOpenChannel() ? this.#draw() : state.closeThread()));
    state.on(["channel", "message_deleted", "person-changed"], () => this.#draw());
    state.on("message", (detail) => this.#receive(detail));
  }

  /**
   * Show a linked reply.
   * @param {string} channel
   * @param {string} ts
   * @returns {boolean} whether it exists
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

  #isInOpenChannel() {
    const { thread, channel } = this.#state;
    return Boolean(thread) && channel?.id === thread?.channel;
  }

  /** @param {Page.MessageKey} thread */
  #open(thread) {
    if (!this.#node.contains(document.activeElement)) this.#opener = focusedElement();
    this.#node.hidden = false;
    this.#updateInert();
    this.#list.reset(thread.channel);
    this.#draw();
    this.#scrollToEnd();
    if (this.#foot.contains(this.#input.node)) this.#input.focus();
    else this.#scroller.focus();
  }

  #close() {
    if (this.#node.hidden) return;
    const hadFocus = this.#node.contains(document.activeElement);
    this.#node.hidden = true;
    this.#updateInert();
    if (hadFocus) currentNode(this.#opener)?.focus({ preventScroll: true });
  }

  #updateInert() {
    this.#main.inert = NARROW.matches && !this.#node.hidden;
  }

  /** @param {KeyboardEvent} event */
  #escape(event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (!document.querySelector(":popover-open")) this.#state.closeThread();
  }

  /** @param {Page.Events["message"]} event */
  #receive({ channel, message }) {
    const { thread, me } = this.#state;
    if (!thread || channel !== thread.channel) return;
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    const wasAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
    this.#draw();
    const isInThread = message.thread_ts === thread.ts;
    const isFollowing = wasAtEnd && !this.#linked.isActive;
    if (isInThread && (isFollowing || message.user === me.id)) this.#scrollToEnd();
  }

  #draw() {
    const { thread, channel } = this.#state;
    if (!thread || !channel || !this.#isInOpenChannel()) return;
    const messages = this.#state.messagesOf(thread.channel);
    const threads = threadsOf(messages);
    const parent = messages.get(thread.ts);
    const replies = threads.get(thread.ts) ?? [];
    setChildren(this.#place, channel.is_im ? "" : `#${channel.name}`);
    this.#list.show(sortByTime(parent ? [parent, ...replies] : replies), threads);
    this.#drawField(thread, channel, parent);
  }

  /** @param {Sandbox.Message | undefined} before */
  #divider(before) {
    const { thread } = this.#state;
    if (!thread || before?.ts !== thread.ts) return null;
    const replies = threadsOf(this.#state.messagesOf(thread.channel)).get(thread.ts) ?? [];
    return el("p", { class: "thread-divider" }, replyCount(replies.length));
  }

  /**
   * @param {Page.MessageKey} thread
   * @param {Sandbox.Channel} channel
   * @param {Sandbox.Message | undefined} parent
   */
  #drawField(thread, channel, parent) {
    const canReply = parent && channel.is_member && !channel.is_archived;
    if (!canReply) this.#foot.replaceChildren();
    else if (!this.#foot.contains(this.#input.node)) setChildren(this.#foot, this.#input.node);
    setChildren(
      this.#broadcastLabel,
      channel.is_im ? "Also send as direct message" : `Also send to #${channel.name}`,
    );
    const { me } = this.#state;
    const isNewThread = this.#input.setDraft(`${me.id}/${channel.id}/${thread.ts}`, "Reply");
    if (isNewThread) this.#broadcast.checked = false;
  }

  /** @param {string} text */
  async #reply(text) {
    const { thread } = this.#state;
    if (!thread) return false;
    const answer = await perform(this.#state, "post", {
      channel: thread.channel,
      thread_ts: thread.ts,
      reply_broadcast: this.#broadcast.checked,
      text,
    });
    if (answer.ok) this.#broadcast.checked = false;
    return answer.ok;
  }

  #scrollToEnd() {
    this.#linked.release();
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }
}

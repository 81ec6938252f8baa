/** The messages of the open channel: days, groups by author, and staying at the newest. */

import { dayOf } from "../dates.js";
import { el } from "../dom.js";
import { MessageRow } from "./message.js";

const GROUPED_WITHIN = 5 * 60; // seconds
const NEAR_END = 60; // px
const LINKED_FOR = 4000; // ms

export class Timeline {
  #state;
  #scroller = document.getElementById("timeline");
  #log = document.getElementById("messages");
  #newer = document.getElementById("newer");
  /** @type {Map<string, MessageRow>} by ts */
  #rows = new Map();
  #isAtEnd = true;
  #lastTop = 0;
  #channelId = "";

  constructor(state) {
    this.#state = state;
    state.on("screen", () => this.#reset());
    state.on("place", () => this.#reset());
    state.on("channel", (channel) => channel.id === this.#channelId && this.#draw());
    state.on("message_deleted", ({ channel }) => channel === this.#channelId && this.#draw());
    state.on("message", (detail) => detail.channel === this.#channelId && this.#receive(detail));
    this.#scroller.addEventListener("scroll", () => this.#noteScroll());
    this.#newer.addEventListener("click", () => this.#toEnd());
    new ResizeObserver(() => this.#isAtEnd && this.#toEnd()).observe(this.#log);
    new ResizeObserver(() => this.#isAtEnd && this.#toEnd()).observe(this.#scroller);
  }

  /** Scroll to a message and mark it for a moment. @returns {boolean} whether it is there */
  reveal(ts) {
    const row = this.#rows.get(ts);
    if (!row) return false;
    this.#isAtEnd = false;
    row.node.scrollIntoView({ block: "center" });
    row.node.focus({ preventScroll: true });
    row.node.classList.add("is-linked");
    setTimeout(() => row.node.classList.remove("is-linked"), LINKED_FOR);
    return true;
  }

  /** A channel that is opened is not read out message by message; what comes later is. */
  #reset() {
    this.#log.setAttribute("aria-live", "off");
    this.#rows.clear();
    this.#log.replaceChildren();
    this.#channelId = this.#state.channel?.id ?? "";
    this.#draw();
    this.#toEnd();
    requestAnimationFrame(() => this.#log.setAttribute("aria-live", "polite"));
  }

  #receive({ message, isNew }) {
    this.#draw();
    if (!isNew) return;
    // Their own words, and the app's answer to them, are what somebody looks for.
    if (message.user === this.#state.me.id || message.ephemeral)
      this.#toNew(this.#rows.get(message.ts).node);
    else this.#newer.hidden = this.#isAtEnd;
  }

  /** To the end, but a message that is taller than the screen is read from its first line. */
  #toNew(node) {
    this.#toEnd();
    if (node.offsetHeight <= this.#scroller.clientHeight) return;
    this.#isAtEnd = false;
    node.scrollIntoView({ block: "start" });
  }

  #draw() {
    if (!this.#channelId) return;
    const messages = [...this.#state.messagesOf(this.#channelId).values()].sort((a, b) =>
      a.ts < b.ts ? -1 : 1,
    );
    const there = new Set(messages.map(({ ts }) => ts));
    for (const ts of this.#rows.keys()) if (!there.has(ts)) this.#rows.delete(ts);
    const nodes = messages.flatMap((message, index) => this.#nodesOf(message, messages[index - 1]));
    arrange(
      this.#log,
      nodes.length ? nodes : [el("p", { class: "beginning" }, "Nothing was said here yet.")],
    );
  }

  #nodesOf(message, before) {
    if (!this.#rows.has(message.ts))
      this.#rows.set(message.ts, new MessageRow(this.#state, this.#channelId));
    const row = this.#rows.get(message.ts);
    const day = dayOf(message.ts);
    const isNewDay = !before || dayOf(before.ts) !== day;
    row.show(message, isNewDay || !isGrouped(before, message));
    return isNewDay ? [el("h2", { class: "day" }, el("span", {}, day)), row.node] : [row.node];
  }

  /** Only going up leaves the end: a picture that loads moves the end away without anybody scrolling. */
  #noteScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    const isNear = scrollHeight - scrollTop - clientHeight < NEAR_END;
    if (isNear) this.#newer.hidden = true;
    this.#isAtEnd = isNear || (this.#isAtEnd && scrollTop >= this.#lastTop);
    this.#lastTop = scrollTop;
  }

  #toEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#isAtEnd = true;
    this.#newer.hidden = true;
  }
}

function isGrouped(before, message) {
  const isSame = ["user", "username", "ephemeral", "subtype"].every(
    (name) => before[name] === message[name],
  );
  const isPlain = !message.ephemeral && !message.blocks; // what an app lays out stands by itself
  return isSame && isPlain && Number(message.ts) - Number(before.ts) < GROUPED_WITHIN;
}

/** Give a parent these children without moving those that stand right: they keep focus and scroll. */
function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  let at = parent.firstChild;
  for (const node of nodes) {
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
}

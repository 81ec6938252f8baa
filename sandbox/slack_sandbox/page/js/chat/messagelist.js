/** Messages one below the other, grouped by author. */

import { el } from "../dom.js";
import { isInChannel } from "../threads.js";
import { MessageRow } from "./message.js";

const GROUPED_WITHIN = 5 * 60; // seconds
/** @type {("user" | "username" | "ephemeral" | "subtype")[]} */
const SAME_IN_GROUP = ["user", "username", "ephemeral", "subtype"];
const LINKED_FOR = 4000; // ms
const TOOLBAR_REACH = 20; // px above the message, of its toolbar
const READER_SCROLLS = ["wheel", "touchmove", "pointerdown", "keydown"];

/**
 * @typedef {(before: Sandbox.Message | undefined, message: Sandbox.Message) => Node | null} Between
 *   What divides a message from the one before it.
 */

export class MessageList {
  #state;
  #log;
  #isThread;
  #between;
  #empty;
  /** @type {Map<string, MessageRow>} by ts */
  #rows = new Map();
  #channelId = "";

  /**
   * @param {Page.State} state
   * @param {HTMLElement} log
   * @param {{isThread?: boolean, empty: string, between: Between}} options `between` gives what divides a message from the one before it
   */
  constructor(state, log, { isThread = false, empty, between }) {
    this.#state = state;
    this.#log = log;
    this.#isThread = isThread;
    this.#empty = empty;
    this.#between = between;
  }

  /**
   * Begin anew. What is there at first is not read out message by message; what comes later is.
   * @param {string} channelId
   */
  reset(channelId) {
    this.#channelId = channelId;
    this.#rows.clear();
    this.#log.replaceChildren();
    this.#log.setAttribute("aria-live", "off");
    requestAnimationFrame(() => this.#log.setAttribute("aria-live", "polite"));
  }

  /**
   * @param {string} ts
   * @returns {HTMLElement | undefined}
   */
  nodeOf(ts) {
    return this.#rows.get(ts)?.node;
  }

  /**
   * @param {Sandbox.Message[]} messages in order
   * @param {Map<string, Sandbox.Message[]>} threads replies, by their first message
   */
  show(messages, threads) {
    const there = new Set(messages.map(({ ts }) => ts));
    for (const ts of this.#rows.keys()) if (!there.has(ts)) this.#rows.delete(ts);
    const nodes = messages.flatMap((message, index) => {
      const before = messages[index - 1];
      const divider = this.#between(before, message);
      const row = this.#rowOf(message);
      row.show(message, Boolean(divider) || !isGrouped(before, message), threads.get(message.ts));
      return divider ? [divider, row.node] : [row.node];
    });
    arrange(this.#log, nodes.length ? nodes : [el("p", { class: "beginning" }, this.#empty)]);
  }

  /** @param {Sandbox.Message} message */
  #rowOf(message) {
    const known = this.#rows.get(message.ts);
    if (known) return known;
    const row = new MessageRow(this.#state, this.#channelId, this.#isThread, message);
    this.#rows.set(message.ts, row);
    return row;
  }
}

/**
 * @param {Sandbox.Message | undefined} before
 * @param {Sandbox.Message} message
 */
function isGrouped(before, message) {
  if (!before) return false;
  const isSame = SAME_IN_GROUP.every((name) => before[name] === message[name]);
  const isPlain = !message.ephemeral && !message.blocks; // what an app lays out stands by itself
  const isAlike = isInChannel(before) === isInChannel(message);
  const isSoon = Number(message.ts) - Number(before.ts) < GROUPED_WITHIN;
  return isSame && isPlain && isAlike && isSoon;
}

/**
 * Give a parent these children without moving those that stand right: they keep focus and scroll.
 * @param {HTMLElement} parent
 * @param {Node[]} nodes
 */
function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  let at = parent.firstChild;
  for (const node of nodes) {
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
}

/**
 * Shows a message that was linked to, and keeps it in place while pictures load and the page is laid
 * out around it, until the reader scrolls.
 */
export class LinkedMessage {
  #scroller;
  /** @type {HTMLElement | null} */
  #node = null;

  /**
   * @param {HTMLElement} scroller
   * @param {HTMLElement} log
   */
  constructor(scroller, log) {
    this.#scroller = scroller;
    for (const type of READER_SCROLLS)
      scroller.addEventListener(type, () => this.release(), { passive: true });
    const observer = new ResizeObserver(() => this.#place());
    observer.observe(scroller);
    observer.observe(log);
  }

  /** Whether a message is kept in place. */
  get isHeld() {
    return Boolean(this.#node?.isConnected);
  }

  /**
   * Scroll to a message, give it the focus and mark it for a moment.
   * @param {HTMLElement} node
   */
  show(node) {
    this.#node = node;
    this.#place();
    node.focus({ preventScroll: true });
    node.classList.add("is-linked");
    setTimeout(() => node.classList.remove("is-linked"), LINKED_FOR);
  }

  release() {
    this.#node = null;
  }

  /** In the middle, or from its first line if it is taller than the screen. */
  #place() {
    if (!this.#node?.isConnected) return;
    const isTaller = this.#node.offsetHeight > this.#scroller.clientHeight;
    this.#node.scrollIntoView({ block: isTaller ? "start" : "center" });
    if (isTaller) this.#scroller.scrollTop -= TOOLBAR_REACH;
  }
}

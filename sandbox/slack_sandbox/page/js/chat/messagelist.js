/** A list of messages, grouped by author. */

import { el } from "../dom.js";
import { isInChannel } from "../threads.js";
import { MessageRow } from "./message.js";

const GROUP_INTERVAL = 5 * 60; // seconds
/** @type {("user" | "username" | "ephemeral" | "subtype")[]} */
const GROUP_KEYS = ["user", "username", "ephemeral", "subtype"];
const HIGHLIGHT_DURATION = 4000; // ms
const TOOLBAR_OVERHANG = 20; // px that the toolbar extends above its message
const SCROLL_EVENTS = ["wheel", "touchmove", "pointerdown", "keydown"];

/**
 * @typedef {(before: Sandbox.Message | undefined, message: Sandbox.Message) => Node | null} Divider
 *   Returns what separates a message from the one before it.
 */

export class MessageList {
  #state;
  #log;
  #isThread;
  #divider;
  #empty;
  /** @type {Map<string, MessageRow>} by ts */
  #rows = new Map();
  #channelId = "";

  /**
   * @param {Page.State} state
   * @param {HTMLElement} log
   * @param {{isThread?: boolean, empty: string, divider: Divider}} options
   */
  constructor(state, log, { isThread = false, empty, divider }) {
    this.#state = state;
    this.#log = log;
    this.#isThread = isThread;
    this.#empty = empty;
    this.#divider = divider;
  }

  /**
   * Clear the list. Screen readers don't announce the messages of the first draw, only later ones.
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
   * @param {Map<string, Sandbox.Message[]>} threads replies by parent message
   */
  show(messages, threads) {
    const shown = new Set(messages.map(({ ts }) => ts));
    for (const ts of this.#rows.keys()) if (!shown.has(ts)) this.#rows.delete(ts);
    const nodes = messages.flatMap((message, index) => {
      const before = messages[index - 1];
      const divider = this.#divider(before, message);
      const row = this.#rowOf(message);
      row.show(message, Boolean(divider) || !isGrouped(before, message), threads.get(message.ts));
      return divider ? [divider, row.node] : [row.node];
    });
    arrange(this.#log, nodes.length ? nodes : [el("p", { class: "empty-state" }, this.#empty)]);
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
  const isSame = GROUP_KEYS.every((name) => before[name] === message[name]);
  const isPlain = !message.ephemeral && !message.blocks; // messages with blocks stand alone
  const isSamePlace = isInChannel(before) === isInChannel(message);
  const isSoon = Number(message.ts) - Number(before.ts) < GROUP_INTERVAL;
  return isSame && isPlain && isSamePlace && isSoon;
}

/**
 * Set a parent's children without moving those already in order: they keep the focus and scroll.
 * @param {HTMLElement} parent
 * @param {Node[]} nodes
 */
function arrange(parent, nodes) {
  const kept = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!kept.has(child)) child.remove();
  let next = parent.firstChild;
  for (const node of nodes) {
    if (node === next) next = next.nextSibling;
    else parent.insertBefore(node, next);
  }
}

/**
 * Shows a linked message, and keeps it in place while images load, until the reader scrolls.
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
    for (const type of SCROLL_EVENTS)
      scroller.addEventListener(type, () => this.release(), { passive: true });
    const observer = new ResizeObserver(() => this.#place());
    observer.observe(scroller);
    observer.observe(log);
  }

  /** Whether a linked message is kept in place. */
  get isActive() {
    return Boolean(this.#node?.isConnected);
  }

  /**
   * Scroll to a message, focus it, and highlight it for a moment.
   * @param {HTMLElement} node
   */
  show(node) {
    this.#node = node;
    this.#place();
    node.focus({ preventScroll: true });
    node.classList.add("is-linked");
    setTimeout(() => node.classList.remove("is-linked"), HIGHLIGHT_DURATION);
  }

  release() {
    this.#node = null;
  }

  /** Center the message, or start at its first line if it's taller than the screen. */
  #place() {
    if (!this.#node?.isConnected) return;
    const isTaller = this.#node.offsetHeight > this.#scroller.clientHeight;
    this.#node.scrollIntoView({ block: isTaller ? "start" : "center" });
    if (isTaller) this.#scroller.scrollTop -= TOOLBAR_OVERHANG;
  }
}

/** A message in a channel or thread. */

import { permalink } from "../address.js";
import { drawBlocks } from "../blocks/blocks.js";
import { Surface } from "../blocks/surface.js";
import { formatDay, formatFullTime, formatTime } from "../dates.js";
import { el, preserveFocus, setChildren } from "../dom.js";
import { icon } from "../icons.js";
import { avatar, displayName } from "../people.js";
import { mrkdwn } from "../text/mrkdwn.js";
import { attachments } from "./attachments.js";
import { files } from "./files.js";
import { toolbar } from "./messageactions.js";
import { reactions } from "./reactions.js";
import { broadcastNote, summary } from "./threadsummary.js";

export class MessageRow {
  #drawnContent = "";
  /** @type {unknown[]} */
  #inputs = [];
  #body = el("div", { class: "message-body" });
  #foot = el("div", { class: "message-foot" });
  #isFirst = false;
  /** @type {Sandbox.Channel | undefined} the open channel */
  channel;
  /** @type {Sandbox.Person | undefined} its author */
  person;
  /** @type {Sandbox.Message[]} */
  replies = [];

  /**
   * @param {Page.State} state
   * @param {string} channelId
   * @param {boolean} isThread whether the thread pane shows it
   * @param {Sandbox.Message} message
   */
  constructor(state, channelId, isThread, message) {
    this.state = state;
    this.channelId = channelId;
    this.isThread = isThread;
    this.message = message;
    this.node = el("article", { tabindex: -1 });
  }

  /**
   * @param {Sandbox.Message} message
   * @param {boolean} isFirst whether it starts a group of messages by the same author
   * @param {Sandbox.Message[]} [replies]
   */
  show(message, isFirst, replies = []) {
    const thread = replies.map(({ ts, user }) => `${ts}/${user}`).join();
    const { channel } = this.state;
    const person = this.state.person(message.user);
    const inputs = [message, isFirst, thread, channel, person];
    if (inputs.every((input, index) => input === this.#inputs[index])) return;
    this.#inputs = inputs;
    Object.assign(this, { message, channel, person, replies });
    this.#isFirst = isFirst;
    preserveFocus(() => this.#draw());
  }

  /**
   * Return a key that finds a control of this message again after a redraw.
   * @param {string} name
   */
  keyOf(name) {
    return `${this.#scope}/${name}`;
  }

  canReact() {
    const { channel } = this;
    return Boolean(channel?.is_member && !channel.is_archived && !this.message.ephemeral);
  }

  get #scope() {
    return `${this.isThread ? "thread" : "channel"}/${this.message.ts}`;
  }

  #draw() {
    const { message } = this;
    const isNotice = /_(join|leave)$/.test(message.subtype ?? "");
    const hasHead = this.#isFirst && !isNotice; // the text of a notice names the person
    const classes = [
      hasHead && "message-first",
      message.ephemeral && "message-ephemeral",
      isNotice && "message-notice",
    ];
    this.node.className = ["message", ...classes.filter(Boolean)].join(" ");
    this.node.setAttribute("aria-label", `${this.#author()}, ${formatTime(message.ts)}`);
    this.#drawBody();
    setChildren(this.#foot, reactions(this), !this.isThread && summary(this));
    setChildren(
      this.node,
      message.ephemeral && el("p", { class: "aside-line" }, icon("eye"), "Only visible to you"),
      broadcastNote(this),
      el(
        "div",
        { class: "message-side" },
        hasHead ? avatar(message.user, this.#author()) : this.#time("message-time-aside"),
      ),
      el("div", { class: "message-main" }, hasHead && this.#head(), this.#body, this.#foot),
      toolbar(this),
    );
  }

  /** Redraw the text and blocks only if they changed, to keep what is selected in them. */
  #drawBody() {
    const { text, blocks, attachments: secondary, edited, files: attached } = this.message;
    const content = JSON.stringify([text, blocks, secondary, edited, attached]);
    if (content === this.#drawnContent) return;
    this.#drawnContent = content;
    const place = { channel: this.channelId, ts: this.message.ts };
    const surface = new Surface(this.state, place, this.#scope);
    const body = blocks?.length
      ? drawBlocks(blocks, surface)
      : text && el("div", { class: "text" }, mrkdwn(text, this.state));
    setChildren(
      this.#body,
      body,
      attachments(secondary, surface),
      edited && el("span", { class: "edited" }, "(edited)"),
      files(attached),
    );
  }

  #author() {
    return this.message.username || displayName(this.person);
  }

  #head() {
    const isApp = this.person?.is_bot || this.person?.is_app;
    return el(
      "header",
      { class: "message-head" },
      el("span", { class: "author" }, this.#author()),
      isApp && el("span", { class: "badge" }, "App"),
      this.#time("message-time"),
    );
  }

  /** @param {string} className */
  #time(className) {
    const { ts } = this.message;
    const day = formatDay(ts);
    const showsDay = this.isThread && day !== "Today" && className === "message-time";
    return el(
      "a",
      {
        class: className,
        href: permalink(this.channelId, ts),
        title: formatFullTime(ts),
        "aria-label": `Link to this message, ${formatTime(ts)}`,
        data: { key: this.keyOf("time") },
      },
      showsDay ? `${day}, ${formatTime(ts)}` : formatTime(ts),
    );
  }
}

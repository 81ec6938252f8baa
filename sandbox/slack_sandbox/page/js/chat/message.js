/** One message. */

import { drawBlocks } from "../blocks/blocks.js";
import { Surface } from "../blocks/surface.js";
import { clock, dayOf, fullTime } from "../dates.js";
import { el, fill, keepingFocus } from "../dom.js";
import { icon } from "../icons.js";
import { avatar, labelOf } from "../names.js";
import { permalinkTo } from "../place.js";
import { mrkdwn } from "../text/mrkdwn.js";
import { toolbar } from "./actions.js";
import { files } from "./files.js";
import { reactions } from "./reactions.js";
import { ofThread, summary } from "./replies.js";

export class MessageRow {
  #drawn = "";
  /** @type {unknown[]} */
  #drawnFrom = [];
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
   * @param {boolean} isThread whether it stands in the pane of a thread
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
   * @param {boolean} isFirst of several by the same author
   * @param {Sandbox.Message[]} [replies] to it
   */
  show(message, isFirst, replies = []) {
    const thread = replies.map(({ ts, user }) => `${ts}/${user}`).join();
    const { channel } = this.state;
    const person = this.state.person(message.user);
    const from = [message, isFirst, thread, channel, person];
    if (from.every((each, index) => each === this.#drawnFrom[index])) return;
    this.#drawnFrom = from;
    Object.assign(this, { message, channel, person, replies });
    this.#isFirst = isFirst;
    keepingFocus(() => this.#draw());
  }

  /**
   * What finds a control of this message again after it was redrawn.
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
    const hasHead = this.#isFirst && !isNotice; // a notice names its person itself
    const looks = [
      hasHead && "message-first",
      message.ephemeral && "message-ephemeral",
      isNotice && "message-notice",
    ];
    this.node.className = ["message", ...looks.filter(Boolean)].join(" ");
    this.node.setAttribute("aria-label", `${this.#author()}, ${clock(message.ts)}`);
    this.#drawBody();
    fill(this.#foot, reactions(this), !this.isThread && summary(this));
    fill(
      this.node,
      message.ephemeral && el("p", { class: "aside-line" }, icon("eye"), "Only visible to you"),
      ofThread(this),
      el(
        "div",
        { class: "message-side" },
        hasHead ? avatar(message.user, this.#author()) : this.#time("message-time-aside"),
      ),
      el("div", { class: "message-main" }, hasHead && this.#head(), this.#body, this.#foot),
      toolbar(this),
    );
  }

  /** Its words and blocks, drawn anew only if they changed: what is chosen in them stays. */
  #drawBody() {
    const { text, blocks, edited, files: attached } = this.message;
    const content = JSON.stringify([text, blocks, edited, attached]);
    if (content === this.#drawn) return;
    this.#drawn = content;
    const place = { channel: this.channelId, ts: this.message.ts };
    const shown = blocks?.length
      ? drawBlocks(blocks, new Surface(this.state, place, this.#scope))
      : el("div", { class: "text" }, mrkdwn(text, this.state));
    fill(this.#body, shown, edited && el("span", { class: "edited" }, "(edited)"), files(attached));
  }

  #author() {
    return this.message.username || labelOf(this.person);
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

  /** @param {string} look */
  #time(look) {
    const { ts } = this.message;
    const day = dayOf(ts);
    const isDayUnsaid = this.isThread && day !== "Today" && look === "message-time";
    return el(
      "a",
      {
        class: look,
        href: permalinkTo(this.channelId, ts),
        title: fullTime(ts),
        "aria-label": `Link to this message, ${clock(ts)}`,
        data: { key: this.keyOf("time") },
      },
      isDayUnsaid ? `${day}, ${clock(ts)}` : clock(ts),
    );
  }
}

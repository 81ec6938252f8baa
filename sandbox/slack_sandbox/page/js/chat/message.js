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
  #body = el("div", { class: "message-body" });
  #foot = el("div", { class: "message-foot" });

  /** @param {boolean} isThread whether it stands in the pane of a thread */
  constructor(state, channelId, isThread) {
    Object.assign(this, { state, channelId, isThread });
    this.node = el("article", { tabindex: -1 });
  }

  /** @param {boolean} isFirst of several by the same author @param {any[]} replies to it */
  show(message, isFirst, replies = []) {
    const thread = replies.map(({ ts, user }) => `${ts}/${user}`).join();
    const { channel } = this.state;
    const now = { message, isFirst, thread, channel, person: this.state.person(message.user) };
    if (Object.keys(now).every((name) => this[name] === now[name])) return;
    Object.assign(this, now, { replies });
    keepingFocus(() => this.#draw());
  }

  /** What finds a control of this message again after it was redrawn. */
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
    const { message, isFirst } = this;
    const isNotice = /_(join|leave)$/.test(message.subtype ?? "");
    const hasHead = isFirst && !isNotice; // a notice names its person itself
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

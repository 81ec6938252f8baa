/** One message. */

import { perform } from "../acting.js";
import { drawBlocks } from "../blocks/blocks.js";
import { Surface } from "../blocks/surface.js";
import { clock, fullTime } from "../dates.js";
import { el, fill, keepingFocus } from "../dom.js";
import { icon } from "../icons.js";
import { avatar, labelOf } from "../names.js";
import { menuButton } from "../over/menu.js";
import { permalinkTo } from "../place.js";
import { mrkdwn } from "../text/mrkdwn.js";
import { reactButton, reactions } from "./reactions.js";

export class MessageRow {
  #drawn = "";
  #body = el("div", { class: "message-body" });
  #foot = el("div", { class: "message-foot" });

  constructor(state, channelId) {
    this.state = state;
    this.channelId = channelId;
    this.node = el("article", { tabindex: -1 });
  }

  /** @param {boolean} isFirst whether it is the first of several by the same author */
  show(message, isFirst) {
    if (this.message === message && this.isFirst === isFirst && this.channel === this.state.channel)
      return;
    Object.assign(this, { message, isFirst, channel: this.state.channel });
    keepingFocus(() => this.#draw());
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
    this.node.dataset.ts = message.ts;
    this.node.setAttribute("aria-label", `${this.#author()}, ${clock(message.ts)}`);
    this.#drawBody();
    fill(this.#foot, reactions(this.state, this.channelId, message, this.#canReact()));
    fill(
      this.node,
      message.ephemeral && el("p", { class: "only-you" }, icon("eye"), "Only visible to you"),
      el(
        "div",
        { class: "message-side" },
        hasHead ? avatar(message.user, this.#author()) : this.#time("message-time-aside"),
      ),
      el("div", { class: "message-main" }, hasHead && this.#head(), this.#body, this.#foot),
      this.#toolbar(),
    );
  }

  /** Its words and blocks, drawn anew only if they changed: what is chosen in them stays. */
  #drawBody() {
    const { text, blocks, edited } = this.message;
    const content = JSON.stringify([text, blocks, edited]);
    if (content === this.#drawn) return;
    this.#drawn = content;
    const surface = new Surface(this.state, { channel: this.channelId, ts: this.message.ts });
    const shown = blocks?.length
      ? drawBlocks(blocks, surface)
      : el("div", { class: "text" }, mrkdwn(text, this.state));
    fill(this.#body, shown, edited && el("span", { class: "edited" }, "(edited)"));
  }

  #author() {
    const { message } = this;
    return message.username || labelOf(this.state.person(message.user));
  }

  #head() {
    const person = this.state.person(this.message.user);
    const isApp = person?.is_bot || person?.is_app;
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
    return el(
      "a",
      {
        class: look,
        href: permalinkTo(this.channelId, ts),
        title: fullTime(ts),
        "aria-label": `Link to this message, ${clock(ts)}`,
      },
      clock(ts),
    );
  }

  #canReact() {
    const { channel } = this;
    return Boolean(channel?.is_member && !channel.is_archived && !this.message.ephemeral);
  }

  #toolbar() {
    const items = this.#menuItems();
    const look = { class: "icon-button" };
    return el(
      "div",
      { class: "toolbar", role: "group", "aria-label": "Message actions" },
      this.#canReact() &&
        reactButton(
          this.state,
          this.channelId,
          this.message,
          { ...look, data: { key: "react" } },
          icon("smile"),
        ),
      items.length > 0 &&
        menuButton(
          { ...look, "aria-label": "More actions", title: "More actions", data: { key: "more" } },
          "More actions",
          () => this.#menuItems(),
          icon("more"),
        ),
    );
  }

  #menuItems() {
    const { message, channelId: channel, state } = this;
    const { ts } = message;
    const shortcuts = message.ephemeral
      ? []
      : state.app.shortcuts.filter((each) => each.type === "message");
    const isOwn = message.user === state.me.id || message.ephemeral;
    const mayDelete =
      this.channel?.is_member && !this.channel.is_archived && (isOwn || state.me.is_admin);
    return [
      ...shortcuts.map(({ name, callback_id }) => ({
        label: name,
        note: state.app.name,
        onchoose: () => perform(state, "shortcut", { callback_id, channel, ts }),
      })),
      !message.ephemeral && { label: "Copy link", onchoose: () => this.#copyLink() },
      mayDelete && {
        label: message.ephemeral ? "Dismiss message" : "Delete message",
        isDanger: !message.ephemeral,
        onchoose: () => perform(state, "delete", { channel, ts }),
      },
    ].filter(Boolean);
  }

  async #copyLink() {
    await navigator.clipboard.writeText(
      location.origin + permalinkTo(this.channelId, this.message.ts),
    );
    this.state.tell("notice", { text: "Link copied." });
  }
}

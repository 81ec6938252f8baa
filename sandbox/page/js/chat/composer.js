/** Where one writes: Enter sends, Shift and Enter makes a new line. */

import { perform } from "../acting.js";
import { el, fill } from "../dom.js";
import { icon } from "../icons.js";
import { openEmojiPicker } from "../over/emojipicker.js";
import { menuButton } from "../over/menu.js";
import { Completion } from "./completion.js";

const HOVERS = matchMedia("(hover: hover)");

export class Composer {
  #state;
  #node = document.getElementById("composer");
  #input;
  #completion;
  /** What is half written, by person and channel. */
  #drafts = new Map();
  #draftKey = "";

  constructor(state) {
    this.#state = state;
    this.#input = el("textarea", {
      class: "composer-input",
      id: "compose",
      rows: 1,
      oninput: () => this.#resize(),
      onkeydown: (event) => this.#key(event),
    });
    this.#completion = new Completion(this.#input, state);
    for (const type of ["screen", "place"]) state.on(type, () => this.#draw());
    state.on("channel", (channel) => channel.id === state.channel?.id && this.#draw());
  }

  #draw() {
    const { channel } = this.#state;
    this.#node.hidden = !channel;
    if (!channel) return;
    if (channel.is_archived)
      fill(
        this.#node,
        el("p", { class: "composer-note" }, "This channel is archived. It can only be read."),
      );
    else if (!channel.is_member) fill(this.#node, this.#join(channel));
    else this.#drawForm(channel);
  }

  #join(channel) {
    const join = () => perform(this.#state, "join", { channel: channel.id });
    return el(
      "p",
      { class: "composer-note" },
      `You are not in #${channel.name}. `,
      el("button", { class: "button button-small", type: "button", onclick: join }, "Join channel"),
    );
  }

  #drawForm(channel) {
    const label = channel.is_im ? `Message ${channel.name}` : `Message #${channel.name}`;
    this.#input.placeholder = label;
    this.#input.setAttribute("aria-label", label);
    if (!this.#node.contains(this.#input)) fill(this.#node, this.#form());
    const key = `${this.#state.me.id}/${channel.id}`;
    if (key === this.#draftKey) return;
    this.#drafts.set(this.#draftKey, this.#input.value);
    this.#draftKey = key;
    this.#write(this.#drafts.get(key) ?? "");
    if (HOVERS.matches) this.#input.focus(); // on a phone the keyboard would cover half the page
  }

  #form() {
    const insert = (name) => {
      this.#input.setRangeText(
        `:${name}: `,
        this.#input.selectionStart,
        this.#input.selectionEnd,
        "end",
      );
      this.#input.focus();
    };
    const shortcuts = menuButton(
      { class: "icon-button", "aria-label": "Shortcuts", title: "Shortcuts" },
      "Shortcuts",
      () => this.#shortcuts(),
      icon("bolt"),
    );
    const smile = el(
      "button",
      {
        class: "icon-button",
        type: "button",
        "aria-label": "Emoji",
        title: "Emoji",
        "aria-haspopup": "dialog",
        "aria-expanded": "false",
        onclick: ({ currentTarget }) => openEmojiPicker(currentTarget, insert),
      },
      icon("smile"),
    );
    const send = el(
      "button",
      { class: "icon-button send", type: "submit", "aria-label": "Send", title: "Send" },
      icon("send"),
    );
    const submit = (event) => {
      event.preventDefault();
      this.#send();
    };
    return el(
      "form",
      { class: "composer-box", onsubmit: submit },
      this.#completion.list,
      this.#input,
      el(
        "div",
        { class: "composer-tools" },
        shortcuts,
        smile,
        el(
          "span",
          { class: "composer-hint", "aria-hidden": "true" },
          "Shift + Enter for a new line",
        ),
        send,
      ),
    );
  }

  /** Global shortcuts of the app, and its commands. */
  #shortcuts() {
    const { app } = this.#state;
    const globals = app.shortcuts.filter((shortcut) => shortcut.type === "global");
    const start = (command) => {
      this.#write(`${command} `);
      this.#input.focus();
    };
    return [
      globals.length > 0 && { heading: app.name },
      ...globals.map(({ name, description, callback_id }) => ({
        label: name,
        note: description,
        onchoose: () => perform(this.#state, "shortcut", { callback_id }),
      })),
      { heading: "Commands" },
      ...app.commands.map(({ command, description }) => ({
        label: command,
        note: description,
        onchoose: () => start(command),
      })),
    ];
  }

  #key(event) {
    if (event.isComposing || this.#completion.takes(event)) return;
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.#send();
  }

  /** The field empties at once; what could not be sent comes back, if nothing else was begun. */
  async #send() {
    const text = this.#input.value.trim();
    if (!text) return;
    const key = this.#draftKey;
    this.#write("");
    const { ok } = await perform(this.#state, "say", { channel: this.#state.channel.id, text });
    if (!ok && key === this.#draftKey && !this.#input.value) this.#write(text);
  }

  #write(text) {
    this.#input.value = text;
    this.#input.dispatchEvent(new Event("input"));
  }

  #resize() {
    this.#input.style.height = "auto";
    this.#input.style.height = `${this.#input.scrollHeight}px`;
  }
}

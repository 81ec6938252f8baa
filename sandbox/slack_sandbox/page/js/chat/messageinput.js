/** A field to write a message: Enter sends it, and Shift+Enter starts a new line. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { openEmojiPicker } from "../overlays/emojipicker.js";
import { Completion } from "./completion.js";

export class MessageInput {
  #input;
  #completion;
  #send;
  /** Drafts, by person and place. */
  #drafts = new Map();
  #draftKey = "";

  /**
   * @param {Page.State} state
   * @param {{id: string, completesAppCommands: boolean, tools?: Page.Child, footer?: Page.Child}} options `tools` come before the field's own tools; `footer` comes below the text
   * @param {(text: string) => Promise<boolean>} send returns whether it succeeded
   */
  constructor(state, { id, completesAppCommands, tools, footer }, send) {
    this.#send = send;
    this.#input = el("textarea", {
      class: "composer-input",
      id,
      rows: 1,
      oninput: () => this.#resize(),
      onkeydown: (event) => this.#key(event),
    });
    this.#completion = new Completion(this.#input, state, completesAppCommands);
    /** @param {Event} event */
    const submit = (event) => {
      event.preventDefault();
      this.#submit();
    };
    this.node = el(
      "form",
      { class: "composer-box", onsubmit: submit },
      this.#completion.list,
      this.#input,
      footer,
      el("div", { class: "composer-tools" }, tools, this.#emojiButton(), hint(), sendButton()),
    );
  }

  /**
   * Switch to the draft of a place.
   * @param {string} key
   * @param {string} label
   * @returns {boolean} whether the place changed
   */
  setDraft(key, label) {
    this.#input.placeholder = label;
    this.#input.setAttribute("aria-label", label);
    if (key === this.#draftKey) return false;
    this.#drafts.set(this.#draftKey, this.#input.value);
    this.#draftKey = key;
    this.write(this.#drafts.get(key) ?? "");
    return true;
  }

  /** @param {string} text */
  write(text) {
    this.#input.value = text;
    this.#input.dispatchEvent(new Event("input"));
  }

  focus() {
    this.#input.focus();
  }

  #emojiButton() {
    /** @param {string} name */
    const insert = (name) => {
      const { selectionStart, selectionEnd } = this.#input;
      this.#input.setRangeText(`:${name}: `, selectionStart, selectionEnd, "end");
      this.#input.focus();
    };
    return el(
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
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || this.#completion.handleKey(event)) return;
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.#submit();
  }

  /** Send and clear the text. If that fails, restore it unless the person has started a new one. */
  async #submit() {
    const text = this.#input.value.trim();
    if (!text) return;
    const key = this.#draftKey;
    this.write("");
    const isSent = await this.#send(text);
    if (!isSent && key === this.#draftKey && !this.#input.value) this.write(text);
  }

  #resize() {
    this.#input.style.height = "auto";
    this.#input.style.height = `${this.#input.scrollHeight}px`;
  }
}

function hint() {
  const text = "Shift + Enter to add a new line";
  return el("span", { class: "composer-hint", "aria-hidden": "true" }, text);
}

function sendButton() {
  return el(
    "button",
    { class: "icon-button send", type: "submit", "aria-label": "Send", title: "Send" },
    icon("send"),
  );
}

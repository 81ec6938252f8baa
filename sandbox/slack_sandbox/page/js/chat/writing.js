/** A field in which a message is written: Enter sends it, Shift and Enter makes a new line. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { openEmojiPicker } from "../over/emojipicker.js";
import { Completion } from "./completion.js";

export class Writing {
  #input;
  #completion;
  #send;
  /** What is half written, by the person and the place that it is for. */
  #drafts = new Map();
  #draftKey = "";

  /**
   * @param {Page.State} state
   * @param {{id: string, takesAppCommands: boolean, tools?: Page.Child, more?: Page.Child}} options `tools` stand before the others; `more` stands under the text
   * @param {(text: string) => Promise<boolean>} send whether it went
   */
  constructor(state, { id, takesAppCommands, tools, more }, send) {
    this.#send = send;
    this.#input = el("textarea", {
      class: "composer-input",
      id,
      rows: 1,
      oninput: () => this.#resize(),
      onkeydown: (event) => this.#key(event),
    });
    this.#completion = new Completion(this.#input, state, takesAppCommands);
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
      more,
      el("div", { class: "composer-tools" }, tools, this.#smile(), hint(), sendButton()),
    );
  }

  /**
   * Write for this place from now on.
   * @param {string} key
   * @param {string} label
   * @returns {boolean} whether it is another than before
   */
  turnTo(key, label) {
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

  #smile() {
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
    if (event.isComposing || this.#completion.takes(event)) return;
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.#submit();
  }

  /** The field empties at once; what could not be sent comes back, if nothing else was begun. */
  async #submit() {
    const text = this.#input.value.trim();
    if (!text) return;
    const key = this.#draftKey;
    this.write("");
    const went = await this.#send(text);
    if (!went && key === this.#draftKey && !this.#input.value) this.write(text);
  }

  #resize() {
    this.#input.style.height = "auto";
    this.#input.style.height = `${this.#input.scrollHeight}px`;
  }
}

function hint() {
  const words = "Shift + Enter for a new line";
  return el("span", { class: "composer-hint", "aria-hidden": "true" }, words);
}

function sendButton() {
  return el(
    "button",
    { class: "icon-button send", type: "submit", "aria-label": "Send", title: "Send" },
    icon("send"),
  );
}

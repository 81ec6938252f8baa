/** Where one writes in a channel, or why one can't. */

import { perform } from "../acting.js";
import { byId, el, fill } from "../dom.js";
import { icon } from "../icons.js";
import { menuButton } from "../over/menu.js";
import { Writing } from "./writing.js";

const HOVERS = matchMedia("(hover: hover)");

export class Composer {
  #state;
  #node = byId("composer");
  #writing;

  /** @param {Page.State} state */
  constructor(state) {
    this.#state = state;
    const tools = menuButton(
      { class: "icon-button", "aria-label": "Shortcuts", title: "Shortcuts" },
      "Shortcuts",
      () => this.#shortcuts(),
      icon("bolt"),
    );
    /** @param {string} text */
    const say = async (text) =>
      (await perform(state, "say", { channel: state.channel?.id, text })).ok;
    this.#writing = new Writing(state, { id: "compose", takesAppCommands: true, tools }, say);
    state.on(["screen", "place"], () => this.#draw());
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
    else this.#drawField(channel);
  }

  /** @param {Sandbox.Channel} channel */
  #join(channel) {
    const join = () => perform(this.#state, "join", { channel: channel.id });
    return el(
      "p",
      { class: "composer-note" },
      `You are not in #${channel.name}. `,
      el("button", { class: "button button-small", type: "button", onclick: join }, "Join channel"),
    );
  }

  /** @param {Sandbox.Channel} channel */
  #drawField(channel) {
    const { node } = this.#writing;
    if (!this.#node.contains(node)) fill(this.#node, node);
    const isAnother = this.#writing.turnTo(
      `${this.#state.me.id}/${channel.id}`,
      channel.is_im ? `Message ${channel.name}` : `Message #${channel.name}`,
    );
    // On a phone, the keyboard would cover half the page.
    if (isAnother && HOVERS.matches) this.#writing.focus();
  }

  /**
   * Global shortcuts of the app, and its commands.
   * @returns {Page.MenuItem[]}
   */
  #shortcuts() {
    const { app } = this.#state;
    const globals = app.shortcuts.filter((shortcut) => shortcut.type === "global");
    /** @param {string} command */
    const start = (command) => {
      this.#writing.write(`${command} `);
      this.#writing.focus();
    };
    return [
      globals.length > 0 && { heading: app.name },
      ...globals.map(({ name, description, callback_id }) => ({
        label: name,
        note: description,
        onchoose: () => perform(this.#state, "shortcut", { callback_id }),
      })),
      app.commands.length > 0 && { heading: "Commands" },
      ...app.commands.map(({ command, description }) => ({
        label: command,
        note: description,
        onchoose: () => start(command),
      })),
    ];
  }
}

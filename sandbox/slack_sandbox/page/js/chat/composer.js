/** The composer of the open channel, or a note if the person can't post there. */

import { byId, el, setChildren } from "../dom.js";
import { icon } from "../icons.js";
import { menuButton } from "../overlays/menu.js";
import { perform } from "../perform.js";
import { MessageInput } from "./messageinput.js";

const HAS_HOVER = matchMedia("(hover: hover)");

export class Composer {
  #state;
  #node = byId("composer");
  #input;

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
    const post = async (text) =>
      (await perform(state, "post", { channel: state.channel?.id, text })).ok;
    this.#input = new MessageInput(
      state,
      { id: "compose", completesAppCommands: true, tools },
      post,
    );
    state.on(["screen", "place"], () => this.#draw());
    state.on("channel", (channel) => channel.id === state.channel?.id && this.#draw());
  }

  #draw() {
    const { channel } = this.#state;
    this.#node.hidden = !channel;
    if (!channel) return;
    if (channel.is_archived)
      setChildren(
        this.#node,
        el(
          "p",
          { class: "composer-note" },
          `#${channel.name} is archived, so you can't post in it.`,
        ),
      );
    else if (!channel.is_member) setChildren(this.#node, this.#join(channel));
    else if (channel === this.#state.appChannel && !this.#state.app.accepts_direct_messages)
      setChildren(
        this.#node,
        el("p", { class: "composer-note" }, "Sending messages to this app has been turned off."),
      );
    else this.#drawField(channel);
  }

  /** @param {Sandbox.Channel} channel */
  #join(channel) {
    const join = () => perform(this.#state, "join", { channel: channel.id });
    return el(
      "p",
      { class: "composer-note" },
      `You aren't in #${channel.name}. `,
      el("button", { class: "button button-small", type: "button", onclick: join }, "Join channel"),
    );
  }

  /** @param {Sandbox.Channel} channel */
  #drawField(channel) {
    const { node } = this.#input;
    if (!this.#node.contains(node)) setChildren(this.#node, node);
    const isNewPlace = this.#input.setDraft(
      `${this.#state.me.id}/${channel.id}`,
      channel.is_im ? `Message ${channel.name}` : `Message #${channel.name}`,
    );
    // Don't open the keyboard of a phone: it covers half the page.
    if (isNewPlace && HAS_HOVER.matches) this.#input.focus();
  }

  /**
   * Return the app's global shortcuts and commands as menu items.
   * @returns {Page.MenuItem[]}
   */
  #shortcuts() {
    const { app } = this.#state;
    const globals = app.shortcuts.filter((shortcut) => shortcut.type === "global");
    /** @param {string} command */
    const type = (command) => {
      this.#input.write(`${command} `);
      this.#input.focus();
    };
    return [
      globals.length > 0 && { heading: app.name },
      ...globals.map(({ name, description, callback_id }) => ({
        label: name,
        note: description,
        onselect: () => perform(this.#state, "shortcut", { callback_id }),
      })),
      app.commands.length > 0 && { heading: "Commands" },
      ...app.commands.map(({ command, description }) => ({
        label: command,
        note: description,
        onselect: () => type(command),
      })),
    ];
  }
}

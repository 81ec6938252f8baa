/** The head of the open place: its name, its people, and what can be done with it. */

import { perform } from "../acting.js";
import { byId, el, fill, keepingFocus } from "../dom.js";
import { icon } from "../icons.js";
import { avatar, kindOf, labelOf } from "../names.js";
import { ask, askForText } from "../over/confirm.js";
import { menuButton } from "../over/menu.js";
import { addressOf } from "../place.js";

export class Header {
  #state;
  #node = byId("header");
  #openSidebar;

  /**
   * @param {Page.State} state
   * @param {() => void} openSidebar
   */
  constructor(state, openSidebar) {
    this.#state = state;
    this.#openSidebar = openSidebar;
    state.on(["screen", "place", "channel", "person-changed"], () => this.#draw());
  }

  #draw() {
    const { channel, appChannel } = this.#state;
    keepingFocus(() =>
      fill(
        this.#node,
        el(
          "button",
          {
            class: "icon-button menu-toggle",
            type: "button",
            "aria-label": "Channels and people",
            onclick: this.#openSidebar,
            data: { key: "drawer" },
          },
          icon("menu"),
        ),
        channel && channel !== appChannel ? this.#channelHead(channel) : this.#appHead(),
      ),
    );
    document.title = `${channel ? `${channel.is_im ? "" : "#"}${channel.name}` : this.#state.app.name} · sandbox`;
  }

  /** The app's Home and what it wrote to this person are two sides of one place. */
  #appHead() {
    const { app, appChannel, place } = this.#state;
    /**
     * @param {Page.Place} to
     * @param {string} name
     */
    const tab = (to, name) => {
      const isOpen = to.kind === place.kind;
      return el(
        "a",
        {
          class: "tab",
          href: addressOf(this.#state, to),
          "aria-current": isOpen && "page",
          data: { key: `tab:${name}` },
        },
        name,
      );
    };
    const home = app.has_home && tab({ kind: "home" }, "Home");
    const messages = appChannel && tab({ kind: "channel", id: appChannel.id }, "Messages");
    const title = el("h1", { class: "place-title" }, app.name);
    return [title, el("nav", { class: "tabs", "aria-label": app.name }, home, messages)];
  }

  /** @param {Sandbox.Channel} channel */
  #channelHead(channel) {
    const other = channel.is_im && this.#state.findPerson(channel.name);
    const title = el(
      "h1",
      { class: "place-title" },
      !other && icon(channel.is_private ? "lock" : "hash"),
      other ? labelOf(other) : channel.name,
    );
    if (other) return title;
    const isChangeable = channel.is_member && !channel.is_archived;
    return [
      title,
      el("p", { class: "topic" }, channel.is_archived ? "Archived" : channel.topic),
      isChangeable && this.#addApp(channel),
      this.#people(channel, isChangeable),
      isChangeable && this.#more(channel),
    ];
  }

  /** @param {Sandbox.Channel} channel */
  #addApp(channel) {
    const { app } = this.#state;
    if (channel.members.includes(app.bot_user_id)) return null;
    const invite = () =>
      perform(this.#state, "invite", { channel: channel.id, user: app.bot_user_id });
    return el(
      "button",
      { class: "button button-small", type: "button", onclick: invite, data: { key: "add-app" } },
      icon("plus"),
      `Add ${app.name}`,
    );
  }

  /**
   * @param {Sandbox.Channel} channel
   * @param {boolean} isChangeable
   */
  #people(channel, isChangeable) {
    const label = `${channel.members.length} ${channel.members.length === 1 ? "member" : "members"}`;
    const items = () => {
      const people = this.#state.workspace.people.filter(
        (person) => !person.deleted && person.id !== "USLACKBOT",
      );
      const inside = people.filter((person) => channel.members.includes(person.id));
      const outside = people.filter((person) => !channel.members.includes(person.id));
      return [
        { heading: isChangeable ? "Here: choose to remove" : "Here" },
        ...inside.map((person) =>
          this.#person(person, isChangeable && (() => this.#remove(channel, person))),
        ),
        isChangeable && outside.length > 0 && { heading: "Not here: choose to add" },
        ...(isChangeable
          ? outside.map((person) => this.#person(person, () => this.#invite(channel, person)))
          : []),
      ];
    };
    const props = {
      class: "button button-small button-quiet",
      "aria-label": label,
      title: label,
      data: { key: "people" },
    };
    return menuButton(props, "People", items, icon("people"), String(channel.members.length));
  }

  /**
   * @param {Sandbox.Person} person
   * @param {false | (() => unknown)} onchoose
   */
  #person(person, onchoose) {
    return {
      label: labelOf(person),
      note: kindOf(person),
      lead: avatar(person.id, labelOf(person)),
      onchoose: onchoose || undefined,
    };
  }

  /**
   * @param {Sandbox.Channel} channel
   * @param {Sandbox.Person} person
   */
  #invite(channel, person) {
    return perform(this.#state, "invite", { channel: channel.id, user: person.id });
  }

  /**
   * @param {Sandbox.Channel} channel
   * @param {Sandbox.Person} person
   */
  async #remove(channel, person) {
    if (person.id === this.#state.me.id) return;
    const sure = await ask({
      title: `Remove ${labelOf(person)}?`,
      body: el(
        "p",
        { class: "dialog-text" },
        `They will leave #${channel.name}. Anybody here can add them again.`,
      ),
      yes: "Remove",
      no: "Cancel",
      isDanger: true,
    });
    if (sure !== null) await perform(this.#state, "kick", { channel: channel.id, user: person.id });
  }

  /** @param {Sandbox.Channel} channel */
  #more(channel) {
    /**
     * @param {string} name
     * @param {object} [more]
     */
    const change = (name, more = {}) =>
      perform(this.#state, name, { channel: channel.id, ...more });
    const rename = async () => {
      const name = await askForText(`Rename #${channel.name}`, "New name", channel.name, "Rename");
      if (name) await change("rename", { name });
    };
    const items = () => [
      { label: "Rename channel", onchoose: rename },
      { label: "Leave channel", onchoose: () => change("leave") },
      { label: "Archive channel", isDanger: true, onchoose: () => change("archive") },
    ];
    return menuButton(
      {
        class: "icon-button",
        "aria-label": "Channel actions",
        title: "Channel actions",
        data: { key: "channel-more" },
      },
      "Channel actions",
      items,
      icon("more"),
    );
  }
}

/** The header of the open channel or the app: name, members and actions. */

import { pageAddress } from "../address.js";
import { byId, el, preserveFocus, setChildren } from "../dom.js";
import { icon } from "../icons.js";
import { openDialog, promptForText } from "../overlays/dialogs.js";
import { menuButton } from "../overlays/menu.js";
import { accountLabel, avatar, displayName } from "../people.js";
import { perform } from "../perform.js";

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
    preserveFocus(() =>
      setChildren(
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
    document.title = `${channel ? `${channel.is_im ? "" : "#"}${channel.name}` : this.#state.app.name} · Sandbox`;
  }

  /** Draw the app's header: its Home tab and its direct message are two tabs. */
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
          href: pageAddress(this.#state, to),
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
      other ? displayName(other) : channel.name,
    );
    if (other) return title;
    const canChange = channel.is_member && !channel.is_archived;
    return [
      title,
      el(
        "p",
        { class: channel.is_archived ? "topic topic-archived" : "topic" },
        channel.is_archived ? "Archived" : channel.topic,
      ),
      canChange && this.#addApp(channel),
      this.#people(channel, canChange),
      canChange && this.#more(channel),
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
   * @param {boolean} canChange
   */
  #people(channel, canChange) {
    const label = `${channel.members.length} ${channel.members.length === 1 ? "member" : "members"}`;
    const items = () => {
      const people = this.#state.workspace.people.filter(
        (person) => !person.deleted && person.id !== "USLACKBOT",
      );
      const members = people.filter((person) => channel.members.includes(person.id));
      const others = people.filter((person) => !channel.members.includes(person.id));
      return [
        { heading: canChange ? "In this channel: select to remove" : "In this channel" },
        ...members.map((person) =>
          this.#person(
            person,
            canChange && person.id !== this.#state.me.id && (() => this.#remove(channel, person)),
          ),
        ),
        canChange && others.length > 0 && { heading: "Not in this channel: select to add" },
        ...(canChange
          ? others.map((person) => this.#person(person, () => this.#invite(channel, person)))
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
   * @param {false | (() => unknown)} onselect
   */
  #person(person, onselect) {
    return {
      label: displayName(person),
      note: person.id === this.#state.me.id ? "you" : accountLabel(person),
      image: avatar(person.id, displayName(person)),
      onselect: onselect || undefined,
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
    const answer = await openDialog({
      title: `Remove ${displayName(person)}?`,
      body: el("p", { class: "dialog-text" }, `Any member of #${channel.name} can add them again.`),
      confirm: "Remove",
      cancel: "Cancel",
      isDanger: true,
    });
    if (answer !== null)
      await perform(this.#state, "remove", { channel: channel.id, user: person.id });
  }

  /** @param {Sandbox.Channel} channel */
  #more(channel) {
    /**
     * @param {string} name
     * @param {object} [fields]
     */
    const change = (name, fields = {}) =>
      perform(this.#state, name, { channel: channel.id, ...fields });
    const rename = async () => {
      const name = await promptForText(
        `Rename #${channel.name}`,
        "New name",
        channel.name,
        "Rename",
      );
      if (name) await change("rename", { name });
    };
    const items = () => [
      { label: "Rename channel", onselect: rename },
      { label: "Leave channel", onselect: () => change("leave") },
      { label: "Archive channel", isDanger: true, onselect: () => change("archive") },
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

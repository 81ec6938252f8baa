/** The sidebar: the acting person, channels and apps. On a narrow screen it's a drawer. */

import { pageAddress } from "../address.js";
import { byId, el, preserveFocus, setChildren } from "../dom.js";
import { icon } from "../icons.js";
import { menuButton } from "../overlays/menu.js";
import { accountLabel, avatar, displayName } from "../people.js";
import { perform } from "../perform.js";
import { canActAs } from "../state.js";

export class Sidebar {
  #state;
  #node = byId("sidebar");
  #main = byId("main");
  #scrim = byId("scrim");
  #actAs;

  /**
   * @param {Page.State} state
   * @param {(person: Sandbox.Person) => void} actAs
   */
  constructor(state, actAs) {
    this.#state = state;
    this.#actAs = actAs;
    state.on(["screen", "place", "channel", "message", "person-changed"], () => this.#draw());
    state.on("place", () => this.toggle(false));
    this.#scrim.addEventListener("click", () => this.toggle(false));
    this.#node.addEventListener("keydown", (event) => event.key === "Escape" && this.toggle(false));
  }

  /**
   * Open or close the drawer of a narrow screen. While it's open, the page behind it is inert.
   * @param {boolean} isOpen
   */
  toggle(isOpen) {
    if (this.#node.classList.contains("is-open") === isOpen) return;
    this.#node.classList.toggle("is-open", isOpen);
    this.#scrim.hidden = !isOpen;
    this.#main.inert = isOpen;
    /** @type {HTMLElement | null} */
    const toggle = this.#main.querySelector(".menu-toggle");
    if (isOpen) this.#node.querySelector("button")?.focus();
    else toggle?.focus();
  }

  #draw() {
    const channels = [...this.#state.channels.values()].filter(
      (channel) => !channel.is_archived || this.#state.isOpen(channel.id),
    );
    const { appChannel, app } = this.#state;
    const people = channels.filter((channel) => channel.is_im && channel !== appChannel);
    const named = channels
      .filter((channel) => !channel.is_im)
      .sort((a, b) => a.name.localeCompare(b.name));
    preserveFocus(() =>
      setChildren(
        this.#node,
        el("p", { class: "team" }, this.#state.workspace.team.name),
        this.#actingAs(),
        el(
          "div",
          { class: "sidebar-places" },
          this.#section(
            "Channels",
            named.filter((channel) => channel.is_member).map((channel) => this.#channel(channel)),
          ),
          this.#section(
            "Other channels",
            named.filter((channel) => !channel.is_member).map((channel) => this.#channel(channel)),
          ),
          this.#section(
            "Direct messages",
            people.map((channel) => this.#channel(channel)),
          ),
          this.#section("Apps", [
            app.has_home || appChannel
              ? this.#app(appChannel)
              : app.has_messages_tab && this.#newDirectMessage(),
          ]),
        ),
      ),
    );
  }

  /**
   * @param {string} title
   * @param {(Node | false | undefined)[]} links
   */
  #section(title, links) {
    const shown = links.filter(Boolean);
    if (!shown.length) return null;
    return el(
      "section",
      {},
      el("h2", { class: "sidebar-heading" }, title),
      el(
        "ul",
        { class: "sidebar-list" },
        shown.map((link) => el("li", {}, link)),
      ),
    );
  }

  /** @param {Sandbox.Channel} channel */
  #channel(channel) {
    const state = this.#state;
    const isOpen = state.isOpen(channel.id);
    const isUnread = state.unread.has(channel.id);
    const other = channel.is_im && state.findPerson(channel.name);
    const className = [
      "sidebar-link",
      isUnread && "sidebar-link-unread",
      !channel.is_member && "sidebar-link-outside",
    ]
      .filter(Boolean)
      .join(" ");
    return this.#link(
      { kind: "channel", id: channel.id },
      {
        class: className,
        "aria-current": isOpen && "page",
        data: { key: `channel:${channel.id}` },
      },
      other ? avatar(other.id, displayName(other)) : icon(channel.is_private ? "lock" : "hash"),
      el("span", { class: "sidebar-name" }, other ? displayName(other) : channel.name),
      isUnread && el("span", { class: "visually-hidden" }, "unread"),
    );
  }

  /**
   * Draw the link to the app: to its direct message if that is unread or there is no Home tab, else to
   * its Home tab.
   * @param {Sandbox.Channel | undefined} channel
   */
  #app(channel) {
    const { app, place, unread } = this.#state;
    const isUnread = Boolean(channel && unread.has(channel.id));
    const isOpen = place.kind === "home" || (channel && place.id === channel.id);
    /** @type {Page.Place} */
    const to =
      channel && (isUnread || !app.has_home)
        ? { kind: "channel", id: channel.id }
        : { kind: "home" };
    return this.#link(
      to,
      {
        class: isUnread ? "sidebar-link sidebar-link-unread" : "sidebar-link",
        "aria-current": isOpen && "page",
        data: { key: "app" },
      },
      avatar(app.bot_user_id, app.name),
      el("span", { class: "sidebar-name" }, app.name),
      isUnread && el("span", { class: "visually-hidden" }, "unread"),
    );
  }

  /** Draw the button that opens the direct message with an app without a Home tab. */
  #newDirectMessage() {
    const { app } = this.#state;
    const open = async () => {
      const opened = await perform(this.#state, "messages");
      if (opened.channel) this.#state.setPlace({ kind: "channel", id: opened.channel });
    };
    return el(
      "button",
      { class: "sidebar-link", type: "button", onclick: open, data: { key: "app" } },
      avatar(app.bot_user_id, app.name),
      el("span", { class: "sidebar-name" }, app.name),
    );
  }

  /**
   * @param {Page.Place} place
   * @param {Page.Props} props
   * @param {...Page.Child} children
   */
  #link(place, props, ...children) {
    return el("a", { href: pageAddress(this.#state, place), ...props }, children);
  }

  #actingAs() {
    const { me } = this.#state;
    const items = () => [
      { heading: "Act as" },
      ...this.#state.workspace.people.filter(canActAs).map((person) => ({
        label: displayName(person),
        note: accountLabel(person) || `@${person.name}`,
        image: avatar(person.id, displayName(person)),
        isRadio: true,
        isSelected: person.id === me.id,
        onselect: () => this.#actAs(person),
      })),
    ];
    const label = el(
      "span",
      { class: "acting-text" },
      el("span", { class: "acting-as" }, "Acting as"),
      el("span", { class: "acting-name" }, displayName(me)),
    );
    return menuButton(
      { class: "acting", data: { key: "acting" } },
      "Act as",
      items,
      avatar(me.id, displayName(me)),
      label,
      icon("down"),
    );
  }
}

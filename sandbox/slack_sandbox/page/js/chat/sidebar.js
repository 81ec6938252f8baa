/** The sidebar: who acts, and where one can go. On a narrow screen it is a drawer. */

import { byId, el, fill, keepingFocus } from "../dom.js";
import { icon } from "../icons.js";
import { avatar, kindOf, labelOf } from "../names.js";
import { menuButton } from "../over/menu.js";
import { addressOf } from "../place.js";
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
   * Open or close the drawer of a narrow screen; what lies under it is out of reach meanwhile.
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
    const rooms = channels
      .filter((channel) => !channel.is_im)
      .sort((a, b) => a.name.localeCompare(b.name));
    keepingFocus(() =>
      fill(
        this.#node,
        el("p", { class: "team" }, this.#state.workspace.team.name),
        this.#actingAs(),
        el(
          "div",
          { class: "places" },
          this.#part(
            "Channels",
            rooms.filter((channel) => channel.is_member).map((channel) => this.#channel(channel)),
          ),
          this.#part(
            "Not joined",
            rooms.filter((channel) => !channel.is_member).map((channel) => this.#channel(channel)),
          ),
          this.#part(
            "Direct messages",
            people.map((channel) => this.#channel(channel)),
          ),
          this.#part("Apps", [(app.has_home || appChannel) && this.#app(appChannel)]),
        ),
      ),
    );
  }

  /**
   * @param {string} title
   * @param {(Node | false | undefined)[]} links
   */
  #part(title, links) {
    const there = links.filter(Boolean);
    if (!there.length) return null;
    return el(
      "section",
      {},
      el("h2", { class: "part-title" }, title),
      el(
        "ul",
        { class: "part" },
        there.map((link) => el("li", {}, link)),
      ),
    );
  }

  /** @param {Sandbox.Channel} channel */
  #channel(channel) {
    const state = this.#state;
    const isOpen = state.isOpen(channel.id);
    const isUnread = state.unread.has(channel.id);
    const other = channel.is_im && state.findPerson(channel.name);
    const look = ["place", isUnread && "place-unread", !channel.is_member && "place-outside"]
      .filter(Boolean)
      .join(" ");
    return this.#link(
      { kind: "channel", id: channel.id },
      { class: look, "aria-current": isOpen && "page", data: { key: `channel:${channel.id}` } },
      other ? avatar(other.id, labelOf(other)) : icon(channel.is_private ? "lock" : "hash"),
      el("span", { class: "place-name" }, other ? labelOf(other) : channel.name),
      isUnread && el("span", { class: "visually-hidden" }, "unread"),
    );
  }

  /**
   * The app: its Home, or what it wrote if that is new or all there is.
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
        class: isUnread ? "place place-unread" : "place",
        "aria-current": isOpen && "page",
        data: { key: "app" },
      },
      avatar(app.bot_user_id, app.name),
      el("span", { class: "place-name" }, app.name),
      isUnread && el("span", { class: "visually-hidden" }, "unread"),
    );
  }

  /**
   * @param {Page.Place} place
   * @param {Page.Props} props
   * @param {...Page.Child} children
   */
  #link(place, props, ...children) {
    return el("a", { href: addressOf(this.#state, place), ...props }, children);
  }

  #actingAs() {
    const { me } = this.#state;
    const items = () => [
      { heading: "Act as" },
      ...this.#state.workspace.people.filter(canActAs).map((person) => ({
        label: labelOf(person),
        note: kindOf(person) || `@${person.name}`,
        lead: avatar(person.id, labelOf(person)),
        isRadio: true,
        isChosen: person.id === me.id,
        onchoose: () => this.#actAs(person),
      })),
    ];
    const words = el(
      "span",
      { class: "acting-words" },
      el("span", { class: "acting-as" }, "Acting as"),
      el("span", { class: "acting-name" }, labelOf(me)),
    );
    return menuButton(
      { class: "acting", data: { key: "acting" } },
      "Act as",
      items,
      avatar(me.id, labelOf(me)),
      words,
      icon("down"),
    );
  }
}

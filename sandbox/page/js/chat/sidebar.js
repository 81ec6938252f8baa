/** The sidebar: who acts, and where one can go. On a narrow screen it is a drawer. */

import { el, fill, keepingFocus } from "../dom.js";
import { icon } from "../icons.js";
import { avatar, kindOf, labelOf } from "../names.js";
import { menuButton } from "../over/menu.js";
import { canActAs } from "../state.js";

export class Sidebar {
  #state;
  #node = document.getElementById("sidebar");
  #scrim = document.getElementById("scrim");
  #go;

  /** @param {{goTo: (place: any) => void, actAs: (person: any) => void}} go */
  constructor(state, go) {
    this.#state = state;
    this.#go = go;
    for (const type of ["screen", "place", "channel", "message"]) state.on(type, () => this.#draw());
    state.on("place", () => this.toggle(false));
    this.#scrim.addEventListener("click", () => this.toggle(false));
    this.#node.addEventListener("keydown", (event) => event.key === "Escape" && this.toggle(false));
  }

  /** Only a narrow screen shows a difference. */
  toggle(isOpen) {
    this.#node.classList.toggle("is-open", isOpen);
    this.#scrim.hidden = !isOpen;
    if (isOpen) this.#node.querySelector("button, a")?.focus();
  }

  #draw() {
    const channels = [...this.#state.channels.values()].filter((channel) => !channel.is_archived || this.#state.isOpen(channel.id));
    const rooms = channels.filter((channel) => !channel.is_im).sort((a, b) => a.name.localeCompare(b.name));
    keepingFocus(() =>
      fill(
        this.#node,
        el("p", { class: "team" }, this.#state.workspace.team.name),
        this.#actingAs(),
        el(
          "div",
          { class: "places" },
          this.#part("Channels", rooms.filter((channel) => channel.is_member).map((channel) => this.#channel(channel))),
          this.#part("Not joined", rooms.filter((channel) => !channel.is_member).map((channel) => this.#channel(channel))),
          this.#part("Direct messages", channels.filter((channel) => channel.is_im).map((channel) => this.#channel(channel))),
          this.#part("Apps", [this.#state.app.has_home && this.#home()]),
        ),
      ),
    );
  }

  #part(title, links) {
    const there = links.filter(Boolean);
    if (!there.length) return null;
    return el("section", {}, el("h2", { class: "part-title" }, title), el("ul", { class: "part" }, there.map((link) => el("li", {}, link))));
  }

  #channel(channel) {
    const state = this.#state;
    const isOpen = state.isOpen(channel.id);
    const isUnread = state.unread.has(channel.id);
    const other = channel.is_im && state.findPerson(channel.name);
    const look = ["place", isUnread && "place-unread", !channel.is_member && "place-outside"].filter(Boolean).join(" ");
    return this.#link(
      { kind: "channel", id: channel.id },
      { class: look, "aria-current": isOpen && "page", data: { key: `channel:${channel.id}` } },
      other ? avatar(other.id, labelOf(other)) : icon(channel.is_private ? "lock" : "hash"),
      el("span", { class: "place-name" }, other ? labelOf(other) : channel.name),
      isUnread && el("span", { class: "visually-hidden" }, "unread"),
    );
  }

  #home() {
    const { app, place } = this.#state;
    const props = { class: "place", "aria-current": place.kind === "home" && "page", data: { key: "home" } };
    return this.#link({ kind: "home" }, props, avatar(app.bot_user_id, app.name), el("span", { class: "place-name" }, app.name));
  }

  #link(place, props, ...children) {
    const where = place.kind === "home" ? "home=" : `channel=${encodeURIComponent(place.id)}`;
    const follow = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.#go.goTo(place);
    };
    return el("a", { href: `/?as=${encodeURIComponent(this.#state.me.name)}&${where}`, onclick: follow, ...props }, children);
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
        onchoose: () => this.#go.actAs(person),
      })),
    ];
    const words = el("span", { class: "acting-words" }, el("span", { class: "acting-as" }, "Acting as"), el("span", { class: "acting-name" }, labelOf(me)));
    return menuButton({ class: "acting", data: { key: "acting" } }, "Act as", items, avatar(me.id, labelOf(me)), words, icon("down"));
  }
}

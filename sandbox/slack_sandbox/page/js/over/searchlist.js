/** A field to search in above what was found: arrow keys move, Enter chooses, the focus stays in the field. */

import { el, fill } from "../dom.js";
import { icon } from "../icons.js";

const PAUSE = 250; // ms of not typing, before the app is asked

let built = 0;

/**
 * @typedef {{value: string, label: string, note?: string}} Offer
 * @typedef {{label: string, offers: Offer[]}} Group
 */

export class SearchList {
  #find;
  #least;
  #choose;
  #isChosen;
  #timer = 0;
  #asked = 0;
  #at = -1;
  #id;
  #field;
  #list;
  #says = el("p", { class: "search-says", role: "status" });

  /**
   * @param {{least: number, isMulti: boolean, find: (words: string) => Promise<Group[] | null>,
   *   choose: (offer: Offer) => void, isChosen: (value: string) => boolean}} options
   *   `least`: how many characters are asked for; `find` gives null if the search failed
   */
  constructor({ least, isMulti, find, choose, isChosen }) {
    built += 1;
    this.#find = find;
    this.#least = least;
    this.#choose = choose;
    this.#isChosen = isChosen;
    this.#id = `search-${built}`;
    this.#list = el("div", {
      class: "search-list",
      id: this.#id,
      role: "listbox",
      "aria-label": "Found",
      "aria-multiselectable": isMulti && "true",
    });
    this.#field = this.#searchField();
    const props = { class: "tick-panel", role: "dialog", "aria-label": "Search and choose" };
    this.node = el("div", props, this.#field, this.#says, this.#list);
  }

  start() {
    this.#field.focus();
    this.#look(0);
  }

  #searchField() {
    return el("input", {
      class: "input",
      type: "text",
      role: "combobox",
      placeholder: "Search",
      "aria-label": "Search",
      "aria-autocomplete": "list",
      "aria-expanded": "true",
      "aria-controls": this.#id,
      autocomplete: "off",
      oninput: () => this.#look(PAUSE),
      onkeydown: (event) => this.#key(event),
    });
  }

  /** @param {number} pause */
  #look(pause) {
    clearTimeout(this.#timer);
    this.#asked += 1;
    const words = this.#field.value.trim();
    const left = this.#least - words.length;
    if (left > 0) this.#show([], `Type ${left} more ${left === 1 ? "character" : "characters"}`);
    else this.#timer = setTimeout(() => this.#ask(words, this.#asked), pause);
  }

  /**
   * An answer that comes after the next question is not shown.
   * @param {string} words
   * @param {number} asked
   */
  async #ask(words, asked) {
    this.#says.textContent = "Searching …";
    const groups = await this.#find(words);
    if (asked !== this.#asked) return;
    const count = groups?.flatMap(({ offers }) => offers).length;
    this.#show(groups ?? [], groups ? (count ? "" : "Nothing found") : "The search failed");
  }

  /**
   * @param {Page.OfferGroup[]} groups
   * @param {string} says
   */
  #show(groups, says) {
    this.#says.textContent = says;
    let index = 0;
    fill(
      this.#list,
      groups.map(({ label, offers }) =>
        el(
          "div",
          { role: "group", "aria-label": label || "Options" },
          label && el("p", { class: "menu-heading", role: "presentation" }, label),
          offers.map((offer) => this.#option(offer, index++)),
        ),
      ),
    );
    this.#mark(index ? 0 : -1);
  }

  /**
   * @param {Page.Offer} offer
   * @param {number} index
   */
  #option(offer, index) {
    /** @type {Page.Handler} */
    const choose = (event) => {
      event.preventDefault(); // the focus stays in the field
      this.#take(event.currentTarget, offer);
    };
    const { label, note, value } = offer;
    return el(
      "div",
      {
        class: "offer",
        id: `${this.#id}-${index}`,
        role: "option",
        "aria-selected": String(this.#isChosen(value)),
        onpointerdown: choose,
        ontake: ({ currentTarget }) => this.#take(currentTarget, offer),
      },
      el(
        "span",
        { class: "choice-words" },
        label,
        note && el("span", { class: "choice-note" }, note),
      ),
      icon("check"),
    );
  }

  /**
   * @param {HTMLElement} node
   * @param {Page.Offer} offer
   */
  #take(node, offer) {
    this.#choose(offer);
    node.setAttribute("aria-selected", String(this.#isChosen(offer.value)));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const options = this.#options;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter") options[this.#at]?.dispatchEvent(new Event("take"));
    else if (step && options.length) {
      this.#mark((this.#at + step + options.length) % options.length);
    } else return;
    event.preventDefault(); // Enter sends no form
  }

  get #options() {
    return [...this.#list.querySelectorAll("[role=option]")];
  }

  /** @param {number} index */
  #mark(index) {
    this.#at = index;
    for (const [i, each] of this.#options.entries()) each.classList.toggle("is-at", i === index);
    const there = this.#options[index];
    there?.scrollIntoView({ block: "nearest" });
    if (there) this.#field.setAttribute("aria-activedescendant", there.id);
    else this.#field.removeAttribute("aria-activedescendant");
  }
}

/** A search field above its results: arrow keys move, Enter selects, and the field keeps the focus. */

import { el, setChildren } from "../dom.js";
import { icon } from "../icons.js";

const DEBOUNCE = 250; // ms without typing before a search

let lastId = 0;

export class SearchList {
  #find;
  #minLength;
  #select;
  #isSelected;
  #timer = 0;
  #searchId = 0;
  #index = -1;
  #id;
  #field;
  #list;
  #status = el("p", { class: "search-status", role: "status" });

  /**
   * @param {{minLength: number, isMulti: boolean,
   *   find: (query: string) => Promise<Page.SelectGroup[] | null>,
   *   select: (item: Page.SelectItem) => void, isSelected: (value: string) => boolean}} options
   *   `minLength`: of a query; `find` returns null if the search failed
   */
  constructor({ minLength, isMulti, find, select, isSelected }) {
    lastId += 1;
    this.#find = find;
    this.#minLength = minLength;
    this.#select = select;
    this.#isSelected = isSelected;
    this.#id = `search-${lastId}`;
    this.#list = el("div", {
      class: "search-list",
      id: this.#id,
      role: "listbox",
      "aria-label": "Results",
      "aria-multiselectable": isMulti && "true",
    });
    this.#field = this.#searchField();
    const props = { class: "list-panel", role: "dialog", "aria-label": "Search options" };
    this.node = el("div", props, this.#field, this.#status, this.#list);
  }

  start() {
    this.#field.focus();
    this.#search(0);
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
      oninput: () => this.#search(DEBOUNCE),
      onkeydown: (event) => this.#key(event),
    });
  }

  /** @param {number} delay */
  #search(delay) {
    clearTimeout(this.#timer);
    this.#searchId += 1;
    const query = this.#field.value.trim();
    const missing = this.#minLength - query.length;
    if (missing > 0)
      this.#show([], `Type ${missing} more ${missing === 1 ? "character" : "characters"}`);
    else this.#timer = setTimeout(() => this.#load(query, this.#searchId), delay);
  }

  /**
   * Load the results, and show them unless a newer search has started.
   * @param {string} query
   * @param {number} searchId
   */
  async #load(query, searchId) {
    this.#status.textContent = "Searching …";
    const groups = await this.#find(query);
    if (searchId !== this.#searchId) return;
    const count = groups?.flatMap(({ items }) => items).length;
    this.#show(groups ?? [], groups ? (count ? "" : "No results") : "Couldn't load the options");
  }

  /**
   * @param {Page.SelectGroup[]} groups
   * @param {string} status
   */
  #show(groups, status) {
    this.#status.textContent = status;
    let index = 0;
    setChildren(
      this.#list,
      groups.map(({ label, items }) =>
        el(
          "div",
          { role: "group", "aria-label": label || "Options" },
          label && el("p", { class: "menu-heading", role: "presentation" }, label),
          items.map((item) => this.#option(item, index++)),
        ),
      ),
    );
    this.#mark(index ? 0 : -1);
  }

  /**
   * @param {Page.SelectItem} item
   * @param {number} index
   */
  #option(item, index) {
    /** @type {Page.Handler} */
    const pick = (event) => {
      event.preventDefault(); // keep the focus in the field
      this.#pick(event.currentTarget, item);
    };
    const { label, note, value } = item;
    return el(
      "div",
      {
        class: "suggestion",
        id: `${this.#id}-${index}`,
        role: "option",
        "aria-selected": String(this.#isSelected(value)),
        onpointerdown: pick,
        onpick: ({ currentTarget }) => this.#pick(currentTarget, item),
      },
      el(
        "span",
        { class: "choice-text" },
        label,
        note && el("span", { class: "choice-note" }, note),
      ),
      icon("check"),
    );
  }

  /**
   * @param {HTMLElement} node
   * @param {Page.SelectItem} item
   */
  #pick(node, item) {
    this.#select(item);
    node.setAttribute("aria-selected", String(this.#isSelected(item.value)));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const options = this.#options;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter") options[this.#index]?.dispatchEvent(new Event("pick"));
    else if (step && options.length) {
      this.#mark((this.#index + step + options.length) % options.length);
    } else return;
    event.preventDefault(); // Enter must not submit a form
  }

  get #options() {
    return [...this.#list.querySelectorAll("[role=option]")];
  }

  /** @param {number} index */
  #mark(index) {
    this.#index = index;
    for (const [i, option] of this.#options.entries())
      option.classList.toggle("is-active", i === index);
    const active = this.#options[index];
    active?.scrollIntoView({ block: "nearest" });
    if (active) this.#field.setAttribute("aria-activedescendant", active.id);
    else this.#field.removeAttribute("aria-activedescendant");
  }
}

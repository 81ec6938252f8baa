/** What a word being typed could become: a /command, an @person, a #channel, an :emoji:. */

import { el, fill } from "../dom.js";
import { search } from "../emoji.js";
import { icon } from "../icons.js";
import { avatar, labelOf } from "../names.js";

const MOST = 8;
const WORD = /(?:^|\s)([@#:])([\w.+-]*)$/;
const COMMAND = /^(\/)([\w-]*)$/;

/**
 * @typedef {object} Suggestion
 * @property {string} insert what it puts in place of the word
 * @property {Page.Child} lead a picture before the label
 * @property {Page.Child} label
 * @property {string} [note]
 */

/** A list beside a text area, moved through with the arrow keys while the focus stays in the text. */
export class Completion {
  #input;
  #state;
  #takesAppCommands;
  #at = 0;
  /** @type {Suggestion[]} */
  #offers = [];
  #from = 0;

  /**
   * @param {HTMLTextAreaElement} input with an id
   * @param {Page.State} state
   * @param {boolean} takesAppCommands false in a thread, where only built-in commands work
   */
  constructor(input, state, takesAppCommands) {
    this.#input = input;
    this.#state = state;
    this.#takesAppCommands = takesAppCommands;
    this.list = el("ul", {
      class: "completion",
      id: `${input.id}-offers`,
      role: "listbox",
      "aria-label": "Suggestions",
      hidden: true,
    });
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.id);
    input.addEventListener("input", () => this.#look());
    input.addEventListener("blur", () => this.#show([]));
  }

  /**
   * Whether the key was meant for the list.
   * @param {KeyboardEvent} event
   */
  takes(event) {
    if (!this.#offers.length) return false;
    const count = this.#offers.length;
    if (event.key === "ArrowDown") this.#mark((this.#at + 1) % count);
    else if (event.key === "ArrowUp") this.#mark((this.#at + count - 1) % count);
    else if (event.key === "Escape") this.#show([]);
    else if (event.key === "Tab" || (event.key === "Enter" && !this.#isWhole()))
      this.#choose(this.#offers[this.#at]);
    else return false;
    event.preventDefault();
    return true;
  }

  #look() {
    const before = this.#input.value.slice(0, this.#input.selectionStart);
    const found = COMMAND.exec(before) || WORD.exec(before);
    this.#from = found ? before.length - found[2].length - 1 : 0;
    this.#show(found ? this.#offersFor(found[1], found[2].toLowerCase()) : []);
  }

  /**
   * @param {string} sign
   * @param {string} word
   * @returns {Suggestion[]}
   */
  #offersFor(sign, word) {
    const { workspace, channels } = this.#state;
    /** @param {...string} names */
    const starts = (...names) => names.some((name) => name.toLowerCase().startsWith(word));
    if (sign === "/") {
      const apps = this.#takesAppCommands ? workspace.app.commands : [];
      const builtIn = workspace.built_in_commands.map((each) => ({ ...each, isBuiltIn: true }));
      return [...apps, ...builtIn]
        .filter(({ command }) => starts(command.slice(1)))
        .map(commandOffer);
    }
    if (sign === "#") {
      const rooms = [...channels.values()].filter(
        (channel) => !channel.is_im && starts(channel.name),
      );
      return rooms
        .slice(0, MOST)
        .map(({ name }) => ({ insert: `#${name} `, lead: icon("hash"), label: name }));
    }
    if (sign === ":") {
      const found = word.length > 1 ? search(word, MOST) : [];
      return found.map(({ emoji: { name, character }, alias }) => ({
        insert: `:${name}: `,
        lead: character,
        label: `:${name}:`,
        note: alias && `:${alias}:`,
      }));
    }
    const people = workspace.people.filter(
      (person) => !person.deleted && starts(person.name, labelOf(person)),
    );
    return people.slice(0, MOST).map(personOffer);
  }

  /** @param {Suggestion[]} offers */
  #show(offers) {
    this.#offers = offers;
    this.list.hidden = !offers.length;
    fill(
      this.list,
      offers.map((offer, index) => this.#entry(offer, index)),
    );
    if (offers.length) this.#mark(0);
    else this.#input.removeAttribute("aria-activedescendant");
  }

  /**
   * @param {Suggestion} offer
   * @param {number} index
   */
  #entry(offer, index) {
    /** @param {Event} event */
    const choose = (event) => {
      event.preventDefault(); // the focus stays in the text
      this.#choose(offer);
    };
    return el(
      "li",
      { class: "offer", id: this.#idOf(index), role: "option", onpointerdown: choose },
      el("span", { class: "offer-lead", "aria-hidden": "true" }, offer.lead),
      el("span", { class: "offer-label" }, offer.label),
      offer.note && el("span", { class: "offer-note" }, offer.note),
    );
  }

  /** @param {number} index */
  #mark(index) {
    this.#at = index;
    for (const [i, entry] of [...this.list.children].entries())
      entry.setAttribute("aria-selected", String(i === index));
    this.list.children[index].scrollIntoView({ block: "nearest" });
    this.#input.setAttribute("aria-activedescendant", this.#idOf(index));
  }

  /** @param {number} index */
  #idOf(index) {
    return `${this.#input.id}-offer-${index}`;
  }

  /** A command typed in full is sent by Enter, not completed once more. */
  #isWhole() {
    return this.#offers[this.#at].insert.trim() === this.#input.value;
  }

  /** @param {Suggestion} offer */
  #choose({ insert }) {
    this.#input.setRangeText(insert, this.#from, this.#input.selectionStart, "end");
    this.#show([]);
    this.#input.dispatchEvent(new Event("input"));
  }
}

/**
 * @param {Sandbox.Command & {isBuiltIn?: boolean}} command
 * @returns {Suggestion}
 */
function commandOffer({ command, description, usage_hint: hint, isBuiltIn }) {
  return {
    insert: `${command} `,
    lead: icon("bolt"),
    label: [
      command,
      hint && el("span", { class: "offer-hint" }, ` ${hint}`),
      isBuiltIn && el("span", { class: "offer-tag" }, "Built in"),
    ],
    note: description,
  };
}

/**
 * @param {Sandbox.Person} person
 * @returns {Suggestion}
 */
function personOffer(person) {
  return {
    insert: `@${person.name} `,
    lead: avatar(person.id, labelOf(person)),
    label: labelOf(person),
    note: `@${person.name}`,
  };
}

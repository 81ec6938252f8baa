/** Completion of a /command, @person, #channel or :emoji: while a person types. */

import { el, setChildren } from "../dom.js";
import { search } from "../emoji.js";
import { icon } from "../icons.js";
import { avatar, displayName } from "../people.js";

const MAX_SUGGESTIONS = 8;
const WORD = /(?:^|\s)([@#:])([\w.+-]*)$/;
const COMMAND = /^(\/)([\w-]*)$/;

/**
 * @typedef {object} Suggestion
 * @property {string} insert replaces the word
 * @property {Page.Child} image before the label
 * @property {Page.Child} label
 * @property {string} [note]
 */

/** A list of suggestions. Arrow keys move in it while the text area keeps the focus. */
export class Completion {
  #input;
  #state;
  #completesAppCommands;
  #index = 0;
  /** @type {Suggestion[]} */
  #suggestions = [];
  #start = 0;

  /**
   * @param {HTMLTextAreaElement} input with an id
   * @param {Page.State} state
   * @param {boolean} completesAppCommands false in a thread, where only built-in commands work
   */
  constructor(input, state, completesAppCommands) {
    this.#input = input;
    this.#state = state;
    this.#completesAppCommands = completesAppCommands;
    this.list = el("ul", {
      class: "completion",
      id: `${input.id}-suggestions`,
      role: "listbox",
      "aria-label": "Suggestions",
      hidden: true,
    });
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.id);
    input.addEventListener("input", () => this.#update());
    input.addEventListener("blur", () => this.#show([]));
  }

  /**
   * Handle a key if the list needs it. Return whether it did.
   * @param {KeyboardEvent} event
   */
  handleKey(event) {
    if (!this.#suggestions.length) return false;
    const count = this.#suggestions.length;
    if (event.key === "ArrowDown") this.#mark((this.#index + 1) % count);
    else if (event.key === "ArrowUp") this.#mark((this.#index + count - 1) % count);
    else if (event.key === "Escape") this.#show([]);
    else if (event.key === "Tab" || (event.key === "Enter" && !this.#isComplete()))
      this.#choose(this.#suggestions[this.#index]);
    else return false;
    event.preventDefault();
    return true;
  }

  #update() {
    const before = this.#input.value.slice(0, this.#input.selectionStart);
    const match = COMMAND.exec(before) || WORD.exec(before);
    this.#start = match ? before.length - match[2].length - 1 : 0;
    this.#show(match ? this.#suggestionsFor(match[1], match[2].toLowerCase()) : []);
  }

  /**
   * @param {string} sign
   * @param {string} word
   * @returns {Suggestion[]}
   */
  #suggestionsFor(sign, word) {
    const { workspace, channels } = this.#state;
    /** @param {...string} names */
    const starts = (...names) => names.some((name) => name.toLowerCase().startsWith(word));
    if (sign === "/") {
      const apps = this.#completesAppCommands ? workspace.app.commands : [];
      const builtIn = workspace.built_in_commands.map((command) => ({
        ...command,
        isBuiltIn: true,
      }));
      return [...apps, ...builtIn]
        .filter(({ command }) => starts(command.slice(1)))
        .map(commandSuggestion);
    }
    if (sign === "#") {
      const matching = [...channels.values()].filter(
        (channel) => !channel.is_im && starts(channel.name),
      );
      return matching
        .slice(0, MAX_SUGGESTIONS)
        .map(({ name }) => ({ insert: `#${name} `, image: icon("hash"), label: name }));
    }
    if (sign === ":") {
      const matches = word.length > 1 ? search(word, MAX_SUGGESTIONS) : [];
      return matches.map(({ emoji: { name, character }, alias }) => ({
        insert: `:${name}: `,
        image: character,
        label: `:${name}:`,
        note: alias && `:${alias}:`,
      }));
    }
    const people = workspace.people.filter(
      (person) => !person.deleted && starts(person.name, displayName(person)),
    );
    return people.slice(0, MAX_SUGGESTIONS).map(personSuggestion);
  }

  /** @param {Suggestion[]} suggestions */
  #show(suggestions) {
    this.#suggestions = suggestions;
    this.list.hidden = !suggestions.length;
    setChildren(
      this.list,
      suggestions.map((suggestion, index) => this.#option(suggestion, index)),
    );
    if (suggestions.length) this.#mark(0);
    else this.#input.removeAttribute("aria-activedescendant");
  }

  /**
   * @param {Suggestion} suggestion
   * @param {number} index
   */
  #option(suggestion, index) {
    /** @param {Event} event */
    const choose = (event) => {
      event.preventDefault(); // keep the focus in the text
      this.#choose(suggestion);
    };
    return el(
      "li",
      { class: "suggestion", id: this.#idOf(index), role: "option", onpointerdown: choose },
      el("span", { class: "suggestion-image", "aria-hidden": "true" }, suggestion.image),
      el("span", { class: "suggestion-label" }, suggestion.label),
      suggestion.note && el("span", { class: "suggestion-note" }, suggestion.note),
    );
  }

  /** @param {number} index */
  #mark(index) {
    this.#index = index;
    for (const [i, option] of [...this.list.children].entries())
      option.setAttribute("aria-selected", String(i === index));
    this.list.children[index].scrollIntoView({ block: "nearest" });
    this.#input.setAttribute("aria-activedescendant", this.#idOf(index));
  }

  /** @param {number} index */
  #idOf(index) {
    return `${this.#input.id}-suggestion-${index}`;
  }

  /** Return whether the input already is the suggestion: then Enter sends it. */
  #isComplete() {
    return this.#suggestions[this.#index].insert.trim() === this.#input.value;
  }

  /** @param {Suggestion} suggestion */
  #choose({ insert }) {
    this.#input.setRangeText(insert, this.#start, this.#input.selectionStart, "end");
    this.#show([]);
    this.#input.dispatchEvent(new Event("input"));
  }
}

/**
 * @param {Sandbox.Command & {isBuiltIn?: boolean}} command
 * @returns {Suggestion}
 */
function commandSuggestion({ command, description, usage_hint: hint, isBuiltIn }) {
  return {
    insert: `${command} `,
    image: icon("bolt"),
    label: [
      command,
      hint && el("span", { class: "suggestion-hint" }, ` ${hint}`),
      isBuiltIn && el("span", { class: "suggestion-tag" }, "Built in"),
    ],
    note: description,
  };
}

/**
 * @param {Sandbox.Person} person
 * @returns {Suggestion}
 */
function personSuggestion(person) {
  return {
    insert: `@${person.name} `,
    image: avatar(person.id, displayName(person)),
    label: displayName(person),
    note: `@${person.name}`,
  };
}

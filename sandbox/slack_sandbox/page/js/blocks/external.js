/**
 * Selects whose options come from the app while one types
 * (docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select).
 */

import { openPopover } from "../over/popover.js";
import { SearchList } from "../over/searchlist.js";
import { bare } from "../text/texts.js";
import { chooser } from "./chooser.js";
import { groupsOf } from "./options.js";

const LEAST_TYPED = 3; // unless the element says otherwise

/**
 * Words of what was offered, by surface and value: a redrawn select still knows what was chosen.
 * @type {Map<string, string>}
 */
const labels = new Map();

/**
 * @param {Slack.Select} element
 * @param {Page.At} at
 */
export function externalSelect(element, at) {
  return new External(element, at, false).node;
}

/**
 * @param {Slack.Select} element
 * @param {Page.At} at
 */
export function externalMultiSelect(element, at) {
  return new External(element, at, true).node;
}

class External {
  #element;
  #at;
  #isMulti;
  #key;
  #show;
  /** @type {string[]} values */
  #chosen = [];

  /**
   * @param {Slack.Select} element
   * @param {Page.At} at
   * @param {boolean} isMulti
   */
  constructor(element, at, isMulti) {
    this.#element = element;
    this.#at = at;
    this.#isMulti = isMulti;
    this.#key = at.surface.keyOf(at.block, element);
    const { node, show } = chooser(element, at, () => this.#open());
    this.node = node;
    this.#show = show;
    const { initial_option: one } = element;
    const first = element.initial_options ?? (one ? [one] : []);
    /** @param {Slack.Option[]} options */
    const learn = (options) => {
      for (const option of options) this.#learn(option);
    };
    learn(first);
    this.#write(first.map(({ value }) => value));
    at.surface.enter({
      block: at.block,
      element,
      node: this.node,
      read: () => (isMulti ? this.#chosen : (this.#chosen[0] ?? null)),
      write: (raw) => this.#write([raw ?? []].flat()),
      learn,
    });
  }

  #open() {
    const before = this.#chosen;
    const list = new SearchList({
      least: this.#element.min_query_length ?? LEAST_TYPED,
      isMulti: this.#isMulti,
      find: (words) => this.#find(words),
      isChosen: (value) => this.#chosen.includes(value),
      choose: ({ value }) => {
        this.#choose(value);
        if (!this.#isMulti) popover.close();
      },
    });
    const popover = openPopover(this.node, list.node, {
      onclose: () => this.#chosen !== before && this.#settle(before),
    });
    list.start();
  }

  /** @param {string} words */
  async #find(words) {
    const answer = await this.#at.surface.search(this.#at.block, this.#element, words);
    if (!answer.ok) return null;
    const groups = groupsOf(answer);
    for (const { offers } of groups)
      for (const { value, label } of offers) labels.set(`${this.#key}/${value}`, label);
    return groups;
  }

  /** @param {Slack.Option} option */
  #learn({ value, text }) {
    labels.set(`${this.#key}/${value}`, bare(text));
  }

  /** @param {string} value */
  #choose(value) {
    const most = this.#element.max_selected_items ?? Infinity;
    if (!this.#isMulti) this.#write([value]);
    else if (this.#chosen.includes(value))
      this.#write(this.#chosen.filter((each) => each !== value));
    else if (this.#chosen.length < most) this.#write([...this.#chosen, value]);
  }

  /** @param {string[]} values */
  #write(values) {
    this.#chosen = values;
    const words = values.map((value) => labels.get(`${this.#key}/${value}`) ?? value);
    this.#show(words, this.#isMulti ? "chip" : "multi-one");
  }

  /** @param {string[]} before */
  async #settle(before) {
    if (!this.#at.dispatches) return;
    const { surface, block } = this.#at;
    const given = this.#isMulti ? { values: this.#chosen } : { value: this.#chosen[0] };
    if (!(await surface.press(block, this.#element, this.node, given))) this.#write(before);
  }
}

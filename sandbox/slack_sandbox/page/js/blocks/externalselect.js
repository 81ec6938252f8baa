/**
 * External selects, whose options the app returns for a search
 * (docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select).
 */

import { openPopover } from "../overlays/popover.js";
import { SearchList } from "../overlays/searchlist.js";
import { plainText } from "../text/textobjects.js";
import { optionGroups } from "./options.js";
import { selectField } from "./selectfield.js";

const MIN_QUERY_LENGTH = 3; // characters, if the element has no min_query_length

/**
 * Labels of the options that apps returned, by element and value. A redrawn select needs them for
 * its selected options.
 * @type {Map<string, string>}
 */
const labels = new Map();

/**
 * @param {Slack.Select} element
 * @param {Page.ElementContext} context
 */
export function externalSelect(element, context) {
  return new ExternalSelect(element, context, false).node;
}

/**
 * @param {Slack.Select} element
 * @param {Page.ElementContext} context
 */
export function externalMultiSelect(element, context) {
  return new ExternalSelect(element, context, true).node;
}

class ExternalSelect {
  #element;
  #context;
  #isMulti;
  #key;
  #show;
  /** @type {string[]} values */
  #selected = [];

  /**
   * @param {Slack.Select} element
   * @param {Page.ElementContext} context
   * @param {boolean} isMulti
   */
  constructor(element, context, isMulti) {
    this.#element = element;
    this.#context = context;
    this.#isMulti = isMulti;
    this.#key = context.surface.keyOf(context.block, element);
    const { node, show } = selectField(element, context, () => this.#open());
    this.node = node;
    this.#show = show;
    const { initial_option: option } = element;
    const initial = element.initial_options ?? (option ? [option] : []);
    /** @param {Slack.Option[]} options */
    const addOptions = (options) => {
      for (const option of options) this.#addLabel(option);
    };
    addOptions(initial);
    this.#write(initial.map(({ value }) => value));
    context.surface.register({
      block: context.block,
      element,
      node: this.node,
      read: () => (isMulti ? this.#selected : (this.#selected[0] ?? null)),
      write: (raw) => this.#write([raw ?? []].flat()),
      addOptions,
    });
  }

  #open() {
    const before = this.#selected;
    const list = new SearchList({
      minLength: this.#element.min_query_length ?? MIN_QUERY_LENGTH,
      isMulti: this.#isMulti,
      find: (query) => this.#find(query),
      isSelected: (value) => this.#selected.includes(value),
      select: ({ value }) => {
        this.#select(value);
        if (!this.#isMulti) popover.close();
      },
    });
    const popover = openPopover(this.node, list.node, {
      onclose: () => this.#selected !== before && this.#dispatch(before),
    });
    list.start();
  }

  /** @param {string} query */
  async #find(query) {
    const answer = await this.#context.surface.search(this.#context.block, this.#element, query);
    if (!answer.ok) return null;
    const groups = optionGroups(answer);
    for (const { items } of groups)
      for (const { value, label } of items) labels.set(`${this.#key}/${value}`, label);
    return groups;
  }

  /** @param {Slack.Option} option */
  #addLabel({ value, text }) {
    labels.set(`${this.#key}/${value}`, plainText(text));
  }

  /** @param {string} value */
  #select(value) {
    const maxItems = this.#element.max_selected_items ?? Infinity;
    if (!this.#isMulti) this.#write([value]);
    else if (this.#selected.includes(value))
      this.#write(this.#selected.filter((other) => other !== value));
    else if (this.#selected.length < maxItems) this.#write([...this.#selected, value]);
  }

  /** @param {string[]} values */
  #write(values) {
    this.#selected = values;
    const selected = values.map((value) => labels.get(`${this.#key}/${value}`) ?? value);
    this.#show(selected, this.#isMulti ? "chip" : "multi-one");
  }

  /** @param {string[]} before */
  async #dispatch(before) {
    if (!this.#context.dispatchesActions) return;
    const { surface, block } = this.#context;
    const action = this.#isMulti ? { values: this.#selected } : { value: this.#selected[0] };
    if (!(await surface.press(block, this.#element, this.node, action))) this.#write(before);
  }
}

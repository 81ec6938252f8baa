/** The blocks of a view. A redraw happens only if the app changes the view, and keeps the inputs. */

import { drawBlocks } from "../blocks/blocks.js";
import { rawValue, Surface } from "../blocks/surface.js";
import { el, preserveFocus, setChildren } from "../dom.js";
import { richTextToPlain } from "../text/richtext.js";

export class ViewBody {
  #state;
  #hash = "";
  #viewId = "";
  /** @type {Surface | null} */
  #surface = null;
  /** The value of each field when it was drawn, as JSON. */
  #initial = new Map();

  /**
   * @param {Page.State} state
   * @param {string} className
   */
  constructor(state, className) {
    this.#state = state;
    this.node = el("div", { class: className });
  }

  /**
   * @param {Sandbox.View} view
   * @returns {boolean} whether it was redrawn
   */
  show(view) {
    if (this.#viewId === view.id && this.#hash === view.hash) return false;
    const before = this.#viewId === view.id ? this.#fields : new Map();
    const surface = new Surface(this.#state, { view_id: view.id }, view.id);
    this.#surface = surface;
    preserveFocus(() => setChildren(this.node, drawBlocks(view.blocks, surface)));
    this.#restore(view, before);
    this.#viewId = view.id;
    this.#hash = view.hash;
    return true;
  }

  /**
   * Restore the fields, by block and action ID. As in Slack, what the person entered takes precedence
   * over the app's state.
   * @param {Sandbox.View} view
   * @param {Map<string, Page.Field>} before
   */
  #restore(view, before) {
    const entered = new Map();
    for (const [key, { element, read }] of before) {
      if (JSON.stringify(read()) !== this.#initial.get(key))
        entered.set(key, { type: element.type, raw: read() });
    }
    this.#initial.clear();
    for (const [key, field] of this.#fields) {
      const entry = view.state?.values?.[field.block.block_id]?.[field.element.action_id];
      field.addOptions?.([entry?.selected_options ?? entry?.selected_option ?? []].flat());
      if (entry?.type === field.element.type) field.write(rawValue(entry, richTextToPlain));
      this.#initial.set(key, JSON.stringify(field.read()));
      if (entered.get(key)?.type === field.element.type) field.write(entered.get(key).raw);
    }
  }

  /** @returns {Map<string, Page.Field>} by block and action ID */
  get #fields() {
    return this.#surface?.fields ?? new Map();
  }

  /** Return the raw values of the inputs, by block ID. Omit unchanged rich text, to keep its formatting. */
  changed() {
    const inputs = this.#surface?.inputs() ?? {};
    for (const [key, { block, element, read }] of this.#fields) {
      const isUnchanged = JSON.stringify(read()) === this.#initial.get(key);
      if (element.type === "rich_text_input" && isUnchanged) delete inputs[block.block_id];
    }
    return inputs;
  }

  /** Focus the field that the app chose, else the first field. */
  focusFirst() {
    const fields = [...this.#fields.values()];
    const first = fields.find((field) => field.element.focus_on_load) ?? fields[0];
    first?.node.focus();
    return Boolean(first);
  }
}

/** The blocks of a view. It is drawn anew only when the app changed it, and keeps what was filled in. */

import { drawBlocks } from "../blocks/blocks.js";
import { rawOf, Surface } from "../blocks/surface.js";
import { el, fill, keepingFocus } from "../dom.js";
import { plainOf } from "../text/richtext.js";

export class ViewBody {
  #state;
  #hash = "";
  #viewId = "";
  /** @type {Surface | null} */
  #surface = null;
  /** What stood in each field when it was drawn, as JSON. */
  #untouched = new Map();

  /**
   * @param {Page.State} state
   * @param {string} look
   */
  constructor(state, look) {
    this.#state = state;
    this.node = el("div", { class: look });
  }

  /**
   * @param {Sandbox.View} view
   * @returns {boolean} whether it was drawn anew
   */
  show(view) {
    if (this.#viewId === view.id && this.#hash === view.hash) return false;
    const before = this.#viewId === view.id ? this.#fields : new Map();
    const surface = new Surface(this.#state, { view_id: view.id }, view.id);
    this.#surface = surface;
    keepingFocus(() => fill(this.node, drawBlocks(view.blocks, surface)));
    this.#takeOver(view, before);
    this.#viewId = view.id;
    this.#hash = view.hash;
    return true;
  }

  /**
   * What was typed wins over what the app knows, as in Slack: by block and action id.
   * @param {Sandbox.View} view
   * @param {Map<string, Page.Field>} before
   */
  #takeOver(view, before) {
    const touched = new Map();
    for (const [key, { element, read }] of before) {
      if (JSON.stringify(read()) !== this.#untouched.get(key))
        touched.set(key, { type: element.type, raw: read() });
    }
    this.#untouched.clear();
    for (const [key, field] of this.#fields) {
      const held = view.state?.values?.[field.block.block_id]?.[field.element.action_id];
      field.learn?.([held?.selected_options ?? held?.selected_option ?? []].flat());
      if (held?.type === field.element.type) field.write(rawOf(held, plainOf));
      this.#untouched.set(key, JSON.stringify(field.read()));
      if (touched.get(key)?.type === field.element.type) field.write(touched.get(key).raw);
    }
  }

  /** @returns {Map<string, Page.Field>} by block and action id */
  get #fields() {
    return this.#surface?.fields ?? new Map();
  }

  /** Raw values of the fields that somebody changed, by block id: the app's formatting of others stays. */
  changed() {
    const inputs = this.#surface?.inputs() ?? {};
    for (const [key, { block, element, read }] of this.#fields) {
      const isUntouched = JSON.stringify(read()) === this.#untouched.get(key);
      if (element.type === "rich_text_input" && isUntouched) delete inputs[block.block_id];
    }
    return inputs;
  }

  /** Where one starts: where the app asked for, else the first input. */
  focusFirst() {
    const fields = [...this.#fields.values()];
    const first = fields.find((field) => field.element.focus_on_load) ?? fields[0];
    first?.node.focus();
    return Boolean(first);
  }
}

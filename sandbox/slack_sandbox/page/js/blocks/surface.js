/** A surface: a message, modal or Home tab. It sends actions to the app and knows the inputs' values. */

import { confirmAction } from "../overlays/dialogs.js";
import { perform } from "../perform.js";

export class Surface {
  /** @type {Map<string, Page.Field>} by block and action ID */
  fields = new Map();

  /**
   * @param {Page.State} state
   * @param {{channel: string, ts: string} | {view_id: string}} place
   * @param {string} scope unique on the page
   */
  constructor(state, place, scope) {
    this.state = state;
    this.place = place;
    this.scope = scope;
  }

  /**
   * Return a key that finds an element again after a redraw.
   * @param {Page.BlockWithId} block
   * @param {Slack.Element} element
   */
  keyOf(block, element) {
    return `${this.scope}/${block.block_id}/${element.action_id}`;
  }

  /** @param {Page.Field} field */
  register(field) {
    this.fields.set(this.keyOf(field.block, field.element), field);
  }

  /**
   * Return the raw values of the input blocks, by block ID.
   * @returns {Record<string, Page.Raw>}
   */
  inputs() {
    /** @type {Record<string, Page.Raw>} */
    const inputs = {};
    for (const { block, read } of this.fields.values()) {
      if (block.type === "input") inputs[block.block_id] = read();
    }
    return inputs;
  }

  /**
   * Send an action to the app.
   * @param {Page.BlockWithId} block
   * @param {Slack.Element} element
   * @param {HTMLElement} node
   * @param {Page.ActionValue} [value]
   * @returns {Promise<boolean>} false if the person canceled it or the app didn't acknowledge it
   */
  async press(block, element, node, value = {}) {
    if (element.confirm && !(await confirmAction(element.confirm, this.state))) return false;
    const ids = { block_id: block.block_id, action_id: element.action_id };
    node.setAttribute("aria-busy", "true");
    const answer = await perform(this.state, "press", {
      ...this.place,
      ...ids,
      inputs: this.inputs(),
      ...value,
    });
    node.removeAttribute("aria-busy");
    return answer.ok;
  }

  /**
   * Ask the app for the options of an external select.
   * @param {Page.BlockWithId} block
   * @param {Slack.Element} element
   * @param {string} query
   * @returns {Promise<Sandbox.Answer>} the options, unless the request failed
   */
  search(block, element, query) {
    const ids = { block_id: block.block_id, action_id: element.action_id };
    return perform(this.state, "search", { ...this.place, ...ids, value: query });
  }
}

/**
 * Return the raw value of an entry in Slack's `state.values`.
 * @param {Slack.StateValue} entry
 * @param {(block: Slack.RichText) => string} richTextToPlain
 * @returns {Page.Raw}
 */
export function rawValue(entry, richTextToPlain) {
  if (entry.selected_options) return entry.selected_options.map(({ value }) => value);
  if ("selected_option" in entry) return entry.selected_option?.value ?? null;
  if ("rich_text_value" in entry)
    return entry.rich_text_value ? richTextToPlain(entry.rich_text_value) : null;
  const { type: _, ...rest } = entry;
  const [value = null] = Object.values(rest);
  return typeof value === "number" ? String(value) : /** @type {Page.Raw} */ (value);
}

/**
 * Return the raw value of a field with a single value.
 * @param {Page.Raw | undefined} raw
 */
export function singleValue(raw) {
  return Array.isArray(raw) ? (raw[0] ?? null) : (raw ?? null);
}

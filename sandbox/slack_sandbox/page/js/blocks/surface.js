/** What blocks stand on: a message, a modal or a Home tab. It knows where a press goes and what is filled in. */

import { perform } from "../acting.js";
import { confirmed } from "../over/confirm.js";

export class Surface {
  /** @type {Map<string, Page.Field>} by block and action id */
  fields = new Map();

  /**
   * @param {Page.State} state
   * @param {{channel: string, ts: string} | {view_id: string}} place
   * @param {string} scope apart from those of all other surfaces on the page
   */
  constructor(state, place, scope) {
    this.state = state;
    this.place = place;
    this.scope = scope;
  }

  /**
   * What finds an element again after its surface was redrawn.
   * @param {Page.BlockWithId} block
   * @param {Slack.Element} element
   */
  keyOf(block, element) {
    return `${this.scope}/${block.block_id}/${element.action_id}`;
  }

  /** @param {Page.Field} field */
  enter(field) {
    this.fields.set(this.keyOf(field.block, field.element), field);
  }

  /**
   * Raw values of the input blocks, by block id.
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
   * Press a button or choose something; `given` is the value if the element has one.
   * @param {Page.BlockWithId} block
   * @param {Slack.Element} element
   * @param {HTMLElement} node
   * @param {Page.Given} [given]
   * @returns {Promise<boolean>} false if it was not done: denied in its confirm dialog, or refused
   */
  async press(block, element, node, given = {}) {
    if (element.confirm && !(await confirmed(element.confirm, this.state))) return false;
    const inputs = "view_id" in this.place ? { inputs: this.inputs() } : {};
    const ids = { block_id: block.block_id, action_id: element.action_id };
    node.setAttribute("aria-busy", "true");
    const answer = await perform(this.state, "press", {
      ...this.place,
      ...ids,
      ...inputs,
      ...given,
    });
    node.removeAttribute("aria-busy");
    return answer.ok;
  }

  /**
   * Ask the app for options of a select.
   * @param {Page.BlockWithId} block
   * @param {Slack.Element} element
   * @param {string} words
   * @returns {Promise<Sandbox.Answer>} what it offers, unless it failed
   */
  search(block, element, words) {
    const ids = { block_id: block.block_id, action_id: element.action_id };
    return perform(this.state, "search", { ...this.place, ...ids, value: words });
  }
}

/**
 * What an entry of Slack's `state.values` holds, as a raw value.
 * @param {Slack.StateValue} held
 * @param {(block: Slack.RichText) => string} plainOf
 * @returns {Page.Raw}
 */
export function rawOf(held, plainOf) {
  if (held.selected_options) return held.selected_options.map(({ value }) => value);
  if ("selected_option" in held) return held.selected_option?.value ?? null;
  if ("rich_text_value" in held) return held.rich_text_value ? plainOf(held.rich_text_value) : null;
  const { type: _, ...rest } = held;
  const [value = null] = Object.values(rest);
  return typeof value === "number" ? String(value) : /** @type {Page.Raw} */ (value);
}

/**
 * The raw value of a field that holds one thing.
 * @param {Page.Raw | undefined} raw
 */
export function oneOf(raw) {
  return Array.isArray(raw) ? (raw[0] ?? null) : (raw ?? null);
}

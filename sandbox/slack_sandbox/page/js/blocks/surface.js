/** What blocks stand on: a message, a modal or a Home tab. It knows where a press goes and what is filled in. */

import { perform } from "../acting.js";
import { confirmed } from "../over/confirm.js";

/**
 * @typedef {{block: any, element: any, node: HTMLElement, read: () => any,
 *   write: (raw: any) => void, learn?: (options: any[]) => void}} Field
 *   A raw value is a string, a list of strings, or null for nothing. `learn` hears of options that
 *   the element itself does not list.
 */

export class Surface {
  /** @type {Map<string, Field>} by block and action id */
  fields = new Map();

  /**
   * @param {any} state @param {{channel: string, ts: string} | {view_id: string}} place
   * @param {string} scope apart from those of all other surfaces on the page
   */
  constructor(state, place, scope) {
    this.state = state;
    this.place = place;
    this.scope = scope;
  }

  /** What finds an element again after its surface was redrawn. */
  keyOf(block, element) {
    return `${this.scope}/${block.block_id}/${element.action_id}`;
  }

  /** @param {Field} field */
  enter(field) {
    this.fields.set(this.keyOf(field.block, field.element), field);
  }

  /** Raw values of the input blocks, by block id. */
  inputs() {
    const inputs = {};
    for (const { block, read } of this.fields.values()) {
      if (block.type === "input") inputs[block.block_id] = read();
    }
    return inputs;
  }

  /**
   * Press a button or choose something; `given` is the value if the element has one.
   * @returns {Promise<boolean>} false if it was not done: denied in its confirm dialog, or refused
   */
  async press(block, element, node, given = {}) {
    if (element.confirm && !(await confirmed(element.confirm, this.state))) return false;
    const inputs = this.place.view_id ? { inputs: this.inputs() } : {};
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

  /** Ask the app for options of a select. @returns {Promise<any>} what it offers, unless it failed */
  search(block, element, words) {
    const ids = { block_id: block.block_id, action_id: element.action_id };
    return perform(this.state, "search", { ...this.place, ...ids, value: words });
  }
}

/** What an entry of Slack's `state.values` holds, as a raw value. */
export function rawOf(held, plainOf) {
  const option = (each) => each?.value ?? null;
  if ("selected_options" in held) return held.selected_options.map(option);
  if ("selected_option" in held) return option(held.selected_option);
  if ("rich_text_value" in held) return held.rich_text_value ? plainOf(held.rich_text_value) : null;
  const { type: _, ...rest } = held;
  const value = Object.values(rest)[0] ?? null;
  return typeof value === "number" ? String(value) : value;
}

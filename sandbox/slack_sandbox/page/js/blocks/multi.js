/** Selects of several things: a field of what is chosen, and a list to search and tick. */

import { el } from "../dom.js";
import { openPopover } from "../over/popover.js";
import { chooser } from "./chooser.js";
import { initialOf, offersOf } from "./options.js";

/**
 * @param {Slack.Select} element
 * @param {Page.At} at
 */
export function multiSelect(element, at) {
  const groups = offersOf(element, at.surface.state);
  const labels = new Map(
    groups.flatMap(({ offers }) => offers.map(({ value, label }) => [value, label])),
  );
  let chosen = initialOf(element, at.surface.state).filter((value) => labels.has(value));

  const { node, show } = chooser(element, at, () => open());
  /** @param {Page.Raw} raw */
  const write = (raw) => {
    chosen = [...(raw ?? [])];
    show(chosen.map((value) => labels.get(value) ?? value));
  };
  write(chosen);
  at.surface.enter({ block: at.block, element, node, read: () => chosen, write });
  return node;

  function open() {
    const before = chosen;
    const panel = tickList(groups, () => chosen, tick, element.max_selected_items);
    openPopover(node, panel, { onclose: () => chosen !== before && settle(before) });
    panel.querySelector("input")?.focus();
  }

  /**
   * @param {string} value
   * @param {boolean} isOn
   */
  function tick(value, isOn) {
    write(isOn ? [...chosen, value] : chosen.filter((each) => each !== value));
  }

  /** @param {string[]} before */
  async function settle(before) {
    if (!at.dispatches) return;
    if (!(await at.surface.press(at.block, element, node, { values: chosen }))) write(before);
  }
}

/**
 * A search field above boxes to tick; past `most`, those not ticked can't be.
 * @param {Page.OfferGroup[]} groups
 * @param {() => string[]} chosen
 * @param {(value: string, isOn: boolean) => void} tick
 * @param {number} [most]
 */
function tickList(groups, chosen, tick, most = Infinity) {
  /** @type {HTMLInputElement[]} */
  const boxes = [];
  /** @param {Page.Offer} offer */
  const row = ({ value, label, note }) => {
    const box = el("input", { type: "checkbox", value, checked: chosen().includes(value) });
    boxes.push(box);
    return el(
      "label",
      { class: "choice", data: { words: `${label} ${note ?? ""}`.toLowerCase() } },
      box,
      el(
        "span",
        { class: "choice-words" },
        label,
        note && el("span", { class: "choice-note" }, note),
      ),
    );
  };
  /** @param {Page.OfferGroup} group */
  const part = ({ label, offers }) =>
    el(
      "div",
      { role: "group", "aria-label": label || null },
      label && el("p", { class: "menu-heading" }, label),
      offers.map(row),
    );
  const list = el("div", { class: "tick-list" }, groups.map(part));
  const search = el("input", {
    class: "input",
    type: "search",
    placeholder: "Search",
    "aria-label": "Search",
    oninput: narrow,
  });
  const limit = () => {
    for (const box of boxes) box.disabled = !box.checked && chosen().length >= most;
  };
  list.addEventListener("change", (event) => {
    const { value, checked } = /** @type {HTMLInputElement} */ (event.target);
    tick(value, checked);
    limit();
  });
  limit();
  return el("div", { class: "tick-panel", role: "dialog", "aria-label": "Choose" }, search, list);

  function narrow() {
    /** @type {NodeListOf<HTMLElement>} */
    const rows = list.querySelectorAll(".choice");
    for (const each of rows)
      each.hidden = !each.dataset.words?.includes(search.value.toLowerCase());
  }
}

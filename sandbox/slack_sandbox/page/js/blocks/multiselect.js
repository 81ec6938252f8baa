/** Multi-selects: a field with the selected options, and a list with a search field and checkboxes. */

import { el } from "../dom.js";
import { openPopover } from "../overlays/popover.js";
import { initialValues, selectGroups } from "./options.js";
import { selectField } from "./selectfield.js";

/**
 * @param {Slack.Select} element
 * @param {Page.ElementContext} context
 */
export function multiSelect(element, context) {
  const groups = selectGroups(element, context.surface.state);
  const labels = new Map(
    groups.flatMap(({ items }) => items.map(({ value, label }) => [value, label])),
  );
  let selected = initialValues(element, context.surface.state).filter((value) => labels.has(value));

  const { node, show } = selectField(element, context, () => open());
  /** @param {Page.Raw} raw */
  const write = (raw) => {
    selected = [...(raw ?? [])];
    show(selected.map((value) => labels.get(value) ?? value));
  };
  write(selected);
  context.surface.register({ block: context.block, element, node, read: () => selected, write });
  return node;

  function open() {
    const before = selected;
    const panel = checklist(groups, () => selected, toggle, element.max_selected_items);
    openPopover(node, panel, { onclose: () => selected !== before && dispatch(before) });
    panel.querySelector("input")?.focus();
  }

  /**
   * @param {string} value
   * @param {boolean} isChecked
   */
  function toggle(value, isChecked) {
    write(isChecked ? [...selected, value] : selected.filter((other) => other !== value));
  }

  /** @param {string[]} before */
  async function dispatch(before) {
    if (!context.dispatchesActions) return;
    if (!(await context.surface.press(context.block, element, node, { values: selected })))
      write(before);
  }
}

/**
 * Draw a search field above checkboxes. At `maxItems`, the unchecked ones are disabled.
 * @param {Page.SelectGroup[]} groups
 * @param {() => string[]} selected
 * @param {(value: string, isChecked: boolean) => void} onchange
 * @param {number} [maxItems]
 */
function checklist(groups, selected, onchange, maxItems = Infinity) {
  /** @type {HTMLInputElement[]} */
  const boxes = [];
  /** @param {Page.SelectItem} item */
  const row = ({ value, label, note }) => {
    const box = el("input", { type: "checkbox", value, checked: selected().includes(value) });
    boxes.push(box);
    return el(
      "label",
      { class: "choice", data: { text: `${label} ${note ?? ""}`.toLowerCase() } },
      box,
      el(
        "span",
        { class: "choice-text" },
        label,
        note && el("span", { class: "choice-note" }, note),
      ),
    );
  };
  /** @param {Page.SelectGroup} group */
  const section = ({ label, items }) =>
    el(
      "div",
      { role: "group", "aria-label": label || null },
      label && el("p", { class: "menu-heading" }, label),
      items.map(row),
    );
  const list = el("div", { class: "checklist" }, groups.map(section));
  const search = el("input", {
    class: "input",
    type: "search",
    placeholder: "Search",
    "aria-label": "Search",
    oninput: filter,
  });
  const limit = () => {
    for (const box of boxes) box.disabled = !box.checked && selected().length >= maxItems;
  };
  list.addEventListener("change", (event) => {
    const { value, checked } = /** @type {HTMLInputElement} */ (event.target);
    onchange(value, checked);
    limit();
  });
  limit();
  return el(
    "div",
    { class: "list-panel", role: "dialog", "aria-label": "Select options" },
    search,
    list,
  );

  function filter() {
    /** @type {NodeListOf<HTMLElement>} */
    const rows = list.querySelectorAll(".choice");
    for (const row of rows) row.hidden = !row.dataset.text?.includes(search.value.toLowerCase());
  }
}

/** Single selects: the browser's own, which work with every keyboard and screen reader. */

import { el } from "../dom.js";
import { plainText } from "../text/textobjects.js";
import { initialValues, selectGroups } from "./options.js";
import { singleValue } from "./surface.js";

/**
 * @param {Slack.Select} element
 * @param {Page.ElementContext} context
 */
export function select(element, context) {
  const [initial] = initialValues(element, context.surface.state);
  /** @param {Page.SelectItem} item */
  const option = ({ value, label, note }) =>
    el(
      "option",
      { value, selected: value === initial },
      note && element.options ? `${label} – ${note}` : label,
    );
  const groups = selectGroups(element, context.surface.state).map(({ label, items }) =>
    label ? el("optgroup", { label }, items.map(option)) : items.map(option),
  );
  const empty = el(
    "option",
    { value: "" },
    element.placeholder ? plainText(element.placeholder) : "Select an option",
  );
  const node = el(
    "select",
    {
      class: "input select",
      id: context.id,
      data: { key: context.surface.keyOf(context.block, element) },
      ...context.ariaLabels,
    },
    empty,
    groups,
  );
  node.classList.toggle("select-empty", !node.value);

  const read = () => node.value || null;
  /** @param {Page.Raw} raw */
  const write = (raw) => {
    node.value = singleValue(raw) ?? "";
    node.classList.toggle("select-empty", !node.value);
  };
  context.surface.register({ block: context.block, element, node, read, write });
  let before = read();
  node.addEventListener("change", async () => {
    write(node.value);
    if (!context.dispatchesActions || !read()) return;
    if (await context.surface.press(context.block, element, node, { value: read() }))
      before = read();
    else write(before);
  });
  return node;
}

/** Selects of one thing: the browser's own, which every keyboard and screen reader knows. */

import { el } from "../dom.js";
import { bare } from "../text/texts.js";
import { initialOf, offersOf } from "./options.js";
import { oneOf } from "./surface.js";

/**
 * @param {Slack.Select} element
 * @param {Page.At} at
 */
export function select(element, at) {
  const [initial] = initialOf(element, at.surface.state);
  /** @param {Page.Offer} offer */
  const option = ({ value, label, note }) =>
    el(
      "option",
      { value, selected: value === initial },
      note && element.options ? `${label} – ${note}` : label,
    );
  const groups = offersOf(element, at.surface.state).map(({ label, offers }) =>
    label ? el("optgroup", { label }, offers.map(option)) : offers.map(option),
  );
  const nothing = el(
    "option",
    { value: "" },
    element.placeholder ? bare(element.placeholder) : "Choose one",
  );
  const node = el(
    "select",
    {
      class: "input select",
      id: at.id,
      data: { key: at.surface.keyOf(at.block, element) },
      ...at.labels,
    },
    nothing,
    groups,
  );
  node.classList.toggle("select-empty", !node.value);

  const read = () => node.value || null;
  /** @param {Page.Raw} raw */
  const write = (raw) => {
    node.value = oneOf(raw) ?? "";
    node.classList.toggle("select-empty", !node.value);
  };
  at.surface.enter({ block: at.block, element, node, read, write });
  let before = read();
  node.addEventListener("change", async () => {
    write(node.value);
    if (!at.dispatches || !read()) return;
    if (await at.surface.press(at.block, element, node, { value: read() })) before = read();
    else write(before);
  });
  return node;
}

/** The table block (docs.slack.dev/reference/block-kit/blocks/table-block). */

import { el } from "../dom.js";
import { richText } from "../text/richtext.js";

/** The first row is the head. A wide table scrolls by itself, also by keyboard. */
export function table(block, surface) {
  const columns = block.column_settings ?? [];
  const row = (cells, tag) =>
    el(
      "tr",
      {},
      cells.map((cell, index) => drawCell(cell, tag, columns[index], surface.state)),
    );
  const [head, ...body] = block.rows;
  return el(
    "div",
    { class: "table-scroll", tabindex: 0, role: "group", "aria-label": "Table" },
    el(
      "table",
      {},
      el("thead", {}, row(head, "th")),
      el(
        "tbody",
        {},
        body.map((cells) => row(cells, "td")),
      ),
    ),
  );
}

function drawCell(cell, tag, column, state) {
  const look = `align-${column?.align ?? "left"} ${column?.is_wrapped ? "is-wrapped" : ""}`;
  const inside = cell.type === "rich_text" ? richText(cell, state) : (cell.text ?? "");
  return el(tag, { class: look.trim(), scope: tag === "th" && "col" }, el("div", {}, inside));
}

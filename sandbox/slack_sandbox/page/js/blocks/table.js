/** Tables, and charts as tables of their numbers (docs.slack.dev/reference/block-kit/blocks/table-block). */

import { el } from "../dom.js";
import { richText } from "../text/richtext.js";

/**
 * Draw a table. The first row is the header. A wide table scrolls, also with the keyboard.
 * @param {Slack.Table} block
 * @param {Page.Surface} surface
 */
export function table(block, surface) {
  return drawTable(block.rows, surface.state, { columns: block.column_settings });
}

/**
 * @param {Slack.DataTable} block
 * @param {Page.Surface} surface
 */
export function dataTable(block, surface) {
  const { rows, caption, row_header_column_index: heading } = block;
  return drawTable(rows, surface.state, { caption, heading });
}

/**
 * Draw a chart as a table of its numbers.
 * @param {Slack.Chart} block
 * @param {Page.Surface} surface
 */
export function chart({ title, chart: data }, surface) {
  /**
   * @param {string | number} value
   * @returns {Slack.Cell}
   */
  const cell = (value) =>
    typeof value === "number"
      ? { type: "raw_number", text: String(value).replace("-", "−") }
      : { type: "raw_text", text: value };
  const rows = data.segments
    ? [["", "Value"], ...data.segments.map(({ label, value }) => [label, value])]
    : [
        ["", ...data.series.map(({ name }) => name)],
        ...points(data.series, data.axis_config.categories),
      ];
  const caption = `${title} (${data.type} chart)`;
  return drawTable(
    rows.map((row) => row.map(cell)),
    surface.state,
    { caption, heading: 0 },
  );
}

/**
 * @param {{name: string, data: Slack.ChartPoint[]}[]} series
 * @param {string[]} categories
 */
function points(series, categories) {
  return categories.map((category) => [
    category,
    ...series.map(({ data }) => data.find(({ label }) => label === category)?.value ?? ""),
  ]);
}

/**
 * @param {Slack.Cell[][]} rows
 * @param {Page.State} state
 * @param {{columns?: Slack.Column[], caption?: string, heading?: number}} options
 */
function drawTable([head, ...body], state, { columns = [], caption, heading }) {
  /**
   * @param {Slack.Cell[]} cells
   * @param {boolean} isHead
   */
  const row = (cells, isHead) =>
    el(
      "tr",
      {},
      cells.map((cell, index) => {
        const scope = isHead ? "col" : index === heading && "row";
        return drawCell(cell, scope, columns[index], state);
      }),
    );
  return el(
    "div",
    { class: "table-scroll", tabindex: 0, role: "group", "aria-label": caption ?? "Table" },
    el(
      "table",
      {},
      caption && el("caption", {}, caption),
      el("thead", {}, row(head, true)),
      el(
        "tbody",
        {},
        body.map((cells) => row(cells, false)),
      ),
    ),
  );
}

/**
 * @param {Slack.Cell} cell
 * @param {string | false} scope
 * @param {Slack.Column | undefined} column
 * @param {Page.State} state
 */
function drawCell(cell, scope, column, state) {
  const defaultAlign = cell.type === "raw_number" ? "right" : "left";
  const className = `align-${column?.align ?? defaultAlign} ${column?.is_wrapped ? "is-wrapped" : ""}`;
  const content = cell.type === "rich_text" ? richText(cell, state) : (cell.text ?? "");
  return el(scope ? "th" : "td", { class: className.trim(), scope }, el("div", {}, content));
}

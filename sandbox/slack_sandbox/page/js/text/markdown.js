/**
 * The markdown block: the part of standard Markdown that Slack supports
 * (docs.slack.dev/reference/block-kit/blocks/markdown-block).
 */

import { el } from "../dom.js";
import { emoji } from "../emoji.js";
import { link } from "../links.js";

const INLINE = new RegExp(
  [
    "\\\\(?<escaped>[\\\\`*_{}\\[\\]()#+.!~|>-])",
    "`(?<code>[^`\\n]+)`",
    "!?\\[(?<label>[^\\]\\n]*)\\]\\((?<address>[^)\\s]+)\\)",
    "\\*\\*(?=\\S)(?<bold>[^\\n]+?)(?<=\\S)\\*\\*",
    "(?<!\\w)__(?=\\S)(?<bold2>[^\\n]+?)(?<=\\S)__(?!\\w)",
    "~~(?=\\S)(?<strike>[^\\n]+?)(?<=\\S)~~",
    "\\*(?=\\S)(?<italic>[^*\\n]+?)(?<=\\S)\\*",
    "(?<!\\w)_(?=\\S)(?<italic2>[^_\\n]+?)(?<=\\S)_(?!\\w)",
    ":(?<emoji>[\\w+'-]+):",
    '(?<url>https?://[^\\s<>"]*[^\\s<>".,;:!?)\\]\'])',
  ].join("|"),
  "g",
);
/** @type {[string, "strong" | "s" | "em"][]} */
const TAGS = [
  ["bold", "strong"],
  ["bold2", "strong"],
  ["strike", "s"],
  ["italic", "em"],
  ["italic2", "em"],
];

const ITEM = /^\s*([-*+]|\d+[.)])\s/;
const ROW = /^\s*\|.*\|\s*$/;

/** Markdown blocks: a pattern for the first line, and a function that consumes the block's lines. */
const BLOCKS = [
  { starts: /^\s*(```|~~~)/, read: fence },
  { starts: /^#{1,6}\s/, read: heading },
  { starts: /^\s*([-*_])(\s*\1){2,}\s*$/, read: rule },
  { starts: /^\s*>/, read: quote },
  { starts: ITEM, read: list },
  { starts: ROW, read: table },
];

/**
 * @param {string} text
 * @returns {Node[]}
 */
export function markdown(text) {
  const lines = text.split("\n");
  const out = [];
  while (lines.length) {
    if (!lines[0].trim()) lines.shift();
    else out.push((BLOCKS.find((block) => block.starts.test(lines[0]))?.read ?? paragraph)(lines));
  }
  return out;
}

/** @param {string[]} lines */
function paragraph(lines) {
  const own = [];
  while (
    lines.length &&
    lines[0].trim() &&
    (!own.length || !BLOCKS.some((block) => block.starts.test(lines[0])))
  ) {
    own.push(next(lines));
  }
  return el("p", { class: "text" }, inline(own.join("\n")));
}

/** @param {string[]} lines */
function fence(lines) {
  const [mark] = /```|~~~/.exec(next(lines)) ?? ["```"];
  const end = lines.findIndex((line) => line.trim().startsWith(mark));
  const code = lines.splice(0, end < 0 ? lines.length : end);
  lines.shift();
  return el("pre", {}, el("code", {}, code.join("\n")));
}

/** @param {string[]} lines */
function heading(lines) {
  const [, marks, title] = /^(#+)\s+(.*?)\s*#*$/.exec(next(lines)) ?? [null, "#", ""];
  return el("h4", { class: `markdown-heading level-${Math.min(marks.length, 3)}` }, inline(title));
}

/** @param {string[]} lines */
function rule(lines) {
  lines.shift();
  return el("hr");
}

/**
 * Read a quote. Quotes don't nest, as in Slack.
 * @param {string[]} lines
 */
function quote(lines) {
  const quoted = take(lines, (line) => line.trim().startsWith(">"));
  return el(
    "blockquote",
    {},
    markdown(quoted.map((line) => line.replace(/^\s*(?:>\s?)+/, "")).join("\n")),
  );
}

/**
 * Read a list. More deeply indented lines belong to the item above them.
 * @param {string[]} lines
 */
function list(lines) {
  const indent = indentOf(lines[0]);
  const first = /^\s*(?:[-*+]|(\d+)[.)])\s/.exec(lines[0]);
  const node = first?.[1]
    ? el("ol", { class: "list", start: first[1] })
    : el("ul", { class: "list" });
  while (lines.length && ITEM.test(lines[0]) && indentOf(lines[0]) >= indent) {
    const text = next(lines).replace(/^\s*(?:[-*+]|\d+[.)])\s+/, "");
    const deeper = take(lines, (line) => line.trim() && indentOf(line) > indent);
    node.append(el("li", {}, item(text), markdown(deeper.join("\n"))));
  }
  return node;
}

/** @param {string} text */
function item(text) {
  const box = /^\[([ xX])\]\s+(.*)$/.exec(text);
  if (!box) return inline(text);
  const isChecked = box[1] !== " ";
  return [
    el("input", {
      type: "checkbox",
      checked: isChecked,
      disabled: true,
      "aria-label": isChecked ? "done" : "to do",
    }),
    " ",
    inline(box[2]),
  ];
}

/** @param {string[]} lines */
function table(lines) {
  const rows = take(lines, (line) => ROW.test(line)).map(cells);
  const hasHeader = rows.length > 1 && rows[1].every((cell) => /^:?-+:?$/.test(cell));
  const align = hasHeader
    ? rows
        .splice(1, 1)[0]
        .map((cell) => (cell.endsWith(":") ? (cell.startsWith(":") ? "center" : "right") : "left"))
    : [];
  /** @param {"th" | "td"} tag */
  const row = (tag) => (/** @type {string[]} */ values) =>
    el(
      "tr",
      {},
      values.map((cell, i) => el(tag, { class: `align-${align[i] ?? "left"}` }, inline(cell))),
    );
  const [head, body] = hasHeader ? [rows[0], rows.slice(1)] : [null, rows];
  return el(
    "div",
    { class: "table-scroll", tabindex: 0, role: "group", "aria-label": "Table" },
    el("table", {}, head && el("thead", {}, row("th")(head)), el("tbody", {}, body.map(row("td")))),
  );
}

/** @param {string} line */
function cells(line) {
  return line
    .trim()
    .slice(1, -1)
    .split("|")
    .map((cell) => cell.trim());
}

/**
 * @param {string[]} lines
 * @param {(line: string) => unknown} belongs
 */
function take(lines, belongs) {
  const end = lines.findIndex((line) => !belongs(line));
  return lines.splice(0, end < 0 ? lines.length : end);
}

/**
 * Take the next line, which must exist.
 * @param {string[]} lines
 */
function next(lines) {
  return lines.shift() ?? "";
}

/** @param {string} line */
function indentOf(line) {
  return line.length - line.trimStart().length;
}

/**
 * @param {string} text
 * @returns {Page.Child[]}
 */
function inline(text) {
  /** @type {Page.Child[]} */
  const out = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    out.push(text.slice(end, match.index), draw(match.groups ?? {}));
    end = match.index + match[0].length;
  }
  out.push(text.slice(end));
  return out;
}

/**
 * @param {Record<string, string>} groups
 * @returns {Page.Child}
 */
function draw(groups) {
  if (groups.escaped) return groups.escaped;
  if (groups.code) return el("code", {}, groups.code);
  if (groups.address) return link(groups.address, groups.label || groups.address);
  if (groups.emoji) return emoji(groups.emoji);
  if (groups.url) return link(groups.url);
  for (const [name, tag] of TAGS) if (groups[name]) return el(tag, {}, inline(groups[name]));
  return null;
}

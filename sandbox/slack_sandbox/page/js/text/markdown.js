/**
 * The markdown block: standard Markdown as far as Slack takes it
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

/** Each kind of block: how its first line looks, and how it is read from the lines that are left. */
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
  const left = text.split("\n");
  const out = [];
  while (left.length) {
    if (!left[0].trim()) left.shift();
    else out.push((BLOCKS.find((block) => block.starts.test(left[0]))?.read ?? paragraph)(left));
  }
  return out;
}

/** @param {string[]} left */
function paragraph(left) {
  const lines = [];
  while (
    left.length &&
    left[0].trim() &&
    (!lines.length || !BLOCKS.some((b) => b.starts.test(left[0])))
  ) {
    lines.push(next(left));
  }
  return el("p", { class: "text" }, inline(lines.join("\n")));
}

/** @param {string[]} left */
function fence(left) {
  const [mark] = /```|~~~/.exec(next(left)) ?? ["```"];
  const end = left.findIndex((line) => line.trim().startsWith(mark));
  const lines = left.splice(0, end < 0 ? left.length : end);
  left.shift();
  return el("pre", {}, el("code", {}, lines.join("\n")));
}

/** @param {string[]} left */
function heading(left) {
  const [, marks, words] = /^(#+)\s+(.*?)\s*#*$/.exec(next(left)) ?? [null, "#", ""];
  return el("h4", { class: `markdown-heading level-${Math.min(marks.length, 3)}` }, inline(words));
}

/** @param {string[]} left */
function rule(left) {
  left.shift();
  return el("hr");
}

/**
 * Quotes do not nest, as in Slack.
 * @param {string[]} left
 */
function quote(left) {
  const lines = take(left, (line) => line.trim().startsWith(">"));
  return el(
    "blockquote",
    {},
    markdown(lines.map((line) => line.replace(/^\s*(?:>\s?)+/, "")).join("\n")),
  );
}

/**
 * Items of one indent; deeper lines belong to the item above them.
 * @param {string[]} left
 */
function list(left) {
  const indent = indentOf(left[0]);
  const first = /^\s*(?:[-*+]|(\d+)[.)])\s/.exec(left[0]);
  const node = first?.[1]
    ? el("ol", { class: "list", start: first[1] })
    : el("ul", { class: "list" });
  while (left.length && ITEM.test(left[0]) && indentOf(left[0]) >= indent) {
    const words = next(left).replace(/^\s*(?:[-*+]|\d+[.)])\s+/, "");
    const deeper = take(left, (line) => line.trim() && indentOf(line) > indent);
    node.append(el("li", {}, item(words), markdown(deeper.join("\n"))));
  }
  return node;
}

/** @param {string} words */
function item(words) {
  const box = /^\[([ xX])\]\s+(.*)$/.exec(words);
  if (!box) return inline(words);
  const isDone = box[1] !== " ";
  return [
    el("input", {
      type: "checkbox",
      checked: isDone,
      disabled: true,
      "aria-label": isDone ? "done" : "to do",
    }),
    " ",
    inline(box[2]),
  ];
}

/** @param {string[]} left */
function table(left) {
  const rows = take(left, (line) => ROW.test(line)).map(cells);
  const isRuled = rows.length > 1 && rows[1].every((cell) => /^:?-+:?$/.test(cell));
  const align = isRuled
    ? rows
        .splice(1, 1)[0]
        .map((cell) => (cell.endsWith(":") ? (cell.startsWith(":") ? "center" : "right") : "left"))
    : [];
  /** @param {"th" | "td"} tag */
  const row = (tag) => (/** @type {string[]} */ each) =>
    el(
      "tr",
      {},
      each.map((cell, i) => el(tag, { class: `align-${align[i] ?? "left"}` }, inline(cell))),
    );
  const [head, body] = isRuled ? [rows[0], rows.slice(1)] : [null, rows];
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
 * @param {string[]} left
 * @param {(line: string) => unknown} belongs
 */
function take(left, belongs) {
  const end = left.findIndex((line) => !belongs(line));
  return left.splice(0, end < 0 ? left.length : end);
}

/**
 * Take the next line; there is one.
 * @param {string[]} left
 */
function next(left) {
  return left.shift() ?? "";
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
  let done = 0;
  for (const found of text.matchAll(INLINE)) {
    out.push(text.slice(done, found.index), drawn(found.groups ?? {}));
    done = found.index + found[0].length;
  }
  out.push(text.slice(done));
  return out;
}

/**
 * @param {Record<string, string>} groups
 * @returns {Page.Child}
 */
function drawn(groups) {
  if (groups.escaped) return groups.escaped;
  if (groups.code) return el("code", {}, groups.code);
  if (groups.address) return link(groups.address, groups.label || groups.address);
  if (groups.emoji) return emoji(groups.emoji);
  if (groups.url) return link(groups.url);
  for (const [name, tag] of TAGS) if (groups[name]) return el(tag, {}, inline(groups[name]));
  return null;
}

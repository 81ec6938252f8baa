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
const TAGS = { bold: "strong", bold2: "strong", strike: "s", italic: "em", italic2: "em" };

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

/** @returns {Node[]} */
export function markdown(text) {
  const left = text.split("\n");
  const out = [];
  while (left.length) {
    if (!left[0].trim()) left.shift();
    else out.push((BLOCKS.find((block) => block.starts.test(left[0]))?.read ?? paragraph)(left));
  }
  return out;
}

function paragraph(left) {
  const lines = [];
  while (
    left.length &&
    left[0].trim() &&
    (!lines.length || !BLOCKS.some((b) => b.starts.test(left[0])))
  ) {
    lines.push(left.shift());
  }
  return el("p", { class: "text" }, inline(lines.join("\n")));
}

function fence(left) {
  const mark = /```|~~~/.exec(left.shift())[0];
  const end = left.findIndex((line) => line.trim().startsWith(mark));
  const lines = left.splice(0, end < 0 ? left.length : end);
  left.shift();
  return el("pre", {}, el("code", {}, lines.join("\n")));
}

function heading(left) {
  const [, marks, words] = /^(#+)\s+(.*?)\s*#*$/.exec(left.shift()) ?? [null, "#", ""];
  return el("h4", { class: `markdown-heading level-${Math.min(marks.length, 3)}` }, inline(words));
}

function rule(left) {
  left.shift();
  return el("hr");
}

/** Quotes do not nest, as in Slack. */
function quote(left) {
  const lines = take(left, (line) => line.trim().startsWith(">"));
  return el(
    "blockquote",
    {},
    markdown(lines.map((line) => line.replace(/^\s*(?:>\s?)+/, "")).join("\n")),
  );
}

/** Items of one indent; deeper lines belong to the item above them. */
function list(left) {
  const indent = indentOf(left[0]);
  const first = /^\s*(?:[-*+]|(\d+)[.)])\s/.exec(left[0]);
  const node = first[1]
    ? el("ol", { class: "list", start: first[1] })
    : el("ul", { class: "list" });
  while (left.length && ITEM.test(left[0]) && indentOf(left[0]) >= indent) {
    const words = left.shift().replace(/^\s*(?:[-*+]|\d+[.)])\s+/, "");
    const deeper = take(left, (line) => line.trim() && indentOf(line) > indent);
    node.append(el("li", {}, item(words), markdown(deeper.join("\n"))));
  }
  return node;
}

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

function table(left) {
  const rows = take(left, (line) => ROW.test(line)).map(cells);
  const isRuled = rows.length > 1 && rows[1].every((cell) => /^:?-+:?$/.test(cell));
  const align = isRuled
    ? rows
        .splice(1, 1)[0]
        .map((cell) => (cell.endsWith(":") ? (cell.startsWith(":") ? "center" : "right") : "left"))
    : [];
  const row = (tag) => (each) =>
    el(
      "tr",
      {},
      each.map((cell, i) => el(tag, { class: `align-${align[i] ?? "left"}` }, inline(cell))),
    );
  const [head, ...body] = isRuled ? rows : [null, ...rows];
  return el(
    "div",
    { class: "table-scroll", tabindex: 0, role: "group", "aria-label": "Table" },
    el("table", {}, head && el("thead", {}, row("th")(head)), el("tbody", {}, body.map(row("td")))),
  );
}

function cells(line) {
  return line
    .trim()
    .slice(1, -1)
    .split("|")
    .map((cell) => cell.trim());
}

function take(left, belongs) {
  const end = left.findIndex((line) => !belongs(line));
  return left.splice(0, end < 0 ? left.length : end);
}

function indentOf(line) {
  return line.length - line.trimStart().length;
}

function inline(text) {
  const out = [];
  let done = 0;
  for (const found of text.matchAll(INLINE)) {
    out.push(text.slice(done, found.index), drawn(found.groups));
    done = found.index + found[0].length;
  }
  out.push(text.slice(done));
  return out;
}

function drawn(groups) {
  if (groups.escaped) return groups.escaped;
  if (groups.code) return el("code", {}, groups.code);
  if (groups.address) return link(groups.address, groups.label || groups.address);
  if (groups.emoji) return emoji(groups.emoji);
  if (groups.url) return link(groups.url);
  const mark = Object.keys(TAGS).find((name) => groups[name]);
  return el(TAGS[mark], {}, inline(groups[mark]));
}

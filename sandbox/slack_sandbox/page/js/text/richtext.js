/** The rich_text block (docs.slack.dev/reference/block-kit/blocks/rich-text-block). */

import { el } from "../dom.js";
import { emoji } from "../emoji.js";
import { link, safeUrl } from "../links.js";
import { broadcast, channel, group, person } from "./mentions.js";
import { date } from "./mrkdwn.js";

const BULLETS = ["disc", "circle", "square"];
const NUMBERS = ["decimal", "lower-alpha", "lower-roman"];
/** @type {[string, "code" | "strong" | "em" | "s" | "u" | "mark"][]} */
const STYLES = [
  ["code", "code"],
  ["bold", "strong"],
  ["italic", "em"],
  ["strike", "s"],
  ["underline", "u"],
  ["highlight", "mark"],
];

/**
 * @param {Slack.RichText} block
 * @param {Page.State} state
 * @returns {Node[]}
 */
export function richText(block, state) {
  return block.elements.map((element) => section(element, state));
}

/**
 * Return the plain text, for a text area.
 * @param {Slack.RichText} block
 */
export function richTextToPlain(block) {
  /**
   * @param {Slack.RichTextSection | Slack.RichTextPart} element
   * @returns {string}
   */
  const toText = (element) =>
    "elements" in element
      ? element.elements.map(toText).join(element.type === "rich_text_list" ? "\n" : "")
      : partText(element);
  return block.elements.map(toText).join("\n");
}

/**
 * @param {Slack.RichTextSection} element
 * @param {Page.State} state
 * @returns {HTMLElement}
 */
function section(element, state) {
  /** @param {Slack.RichTextLine} line */
  const content = (line) => line.elements.map((part) => inlinePart(part, state));
  switch (element.type) {
    case "rich_text_section":
      return el("div", { class: "text" }, content(element));
    case "rich_text_preformatted":
      return el("pre", {}, el("code", {}, content(element)));
    case "rich_text_quote":
      return el("blockquote", { class: "text" }, content(element));
    case "rich_text_list":
      return list(element, state);
    default:
      return el("div", { class: "unsupported" }, unknown(element));
  }
}

/**
 * @param {Slack.RichTextList} element
 * @param {Page.State} state
 */
function list(element, state) {
  const indent = element.indent ?? 0;
  const isOrdered = element.style === "ordered";
  const marker = (isOrdered ? NUMBERS : BULLETS)[indent % 3];
  const node = el(
    isOrdered ? "ol" : "ul",
    {
      class: `list ${element.border ? "list-bordered" : ""}`,
      start: isOrdered && (element.offset ?? 0) + 1,
    },
    element.elements.map((item) => el("li", {}, section(item, state))),
  );
  node.style.setProperty("--indent", String(indent));
  node.style.listStyleType = marker;
  return node;
}

/**
 * @param {Slack.RichTextPart} part
 * @param {Page.State} state
 */
function inlinePart(part, state) {
  /** @type {Page.Child} */
  let content = unstyled(part, state);
  for (const [name, tag] of STYLES) if (part.style?.[name]) content = el(tag, {}, content);
  return content;
}

/**
 * @param {Slack.RichTextPart} part
 * @param {Page.State} state
 */
function unstyled(part, state) {
  switch (part.type) {
    case "text":
      return part.text;
    case "link":
      return part.style?.unlink
        ? part.text || part.url
        : link(part.url, ...(part.text ? [part.text] : []));
    case "emoji":
      return emoji(
        (part.skin_tone ?? 1) > 1 ? `${part.name}::skin-tone-${part.skin_tone}` : part.name,
        part.unicode,
      );
    case "user":
      return person(state, part.user_id);
    case "channel":
      return channel(state, part.channel_id);
    case "usergroup":
      return group(part.usergroup_id);
    case "team":
      return el(
        "span",
        { class: "mention" },
        part.team_id === state.workspace.team.id ? state.workspace.team.name : part.team_id,
      );
    case "broadcast":
      return broadcast(part.range);
    case "color":
      return color(part.value);
    case "date":
      return date(part.timestamp, part.format, part.url && safeUrl(part.url), part.fallback);
    default:
      return el("span", { class: "unsupported" }, unknown(part));
  }
}

/** @param {string} value */
function color(value) {
  const swatch = el("span", { class: "swatch", "aria-hidden": "true" });
  if (/^#[0-9a-f]{3,8}$/i.test(value)) swatch.style.background = value;
  return el("span", {}, swatch, value);
}

/**
 * @param {Slack.RichTextPart} part
 * @returns {string}
 */
function partText(part) {
  switch (part.type) {
    case "emoji":
      return `:${part.name}:`;
    case "text":
      return part.text;
    case "link":
      return part.text ?? part.url;
    case "user":
      return part.user_id;
    case "channel":
      return part.channel_id;
    case "color":
      return part.value;
    default:
      return "";
  }
}

/**
 * Name a type that the server supports but the page doesn't.
 * @param {{type: string}} element
 */
function unknown({ type }) {
  return `“${type}” isn't supported here.`;
}

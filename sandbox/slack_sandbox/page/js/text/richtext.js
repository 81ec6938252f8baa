/** The rich_text block (docs.slack.dev/reference/block-kit/blocks/rich-text-block). */

import { el } from "../dom.js";
import { emoji } from "../emoji.js";
import { link, safeUrl } from "../links.js";
import { broadcast, channel, group, person } from "./mentions.js";
import { date } from "./mrkdwn.js";

const BULLETS = ["disc", "circle", "square"];
const NUMBERS = ["decimal", "lower-alpha", "lower-roman"];
const STYLES = {
  code: "code",
  bold: "strong",
  italic: "em",
  strike: "s",
  underline: "u",
  highlight: "mark",
};

/** @returns {Node[]} */
export function richText(block, state) {
  return block.elements.map((element) => section(element, state));
}

/** Its words alone, as a text area can hold them. */
export function plainOf(block) {
  const words = (element) =>
    element.elements?.map(words).join(element.type === "rich_text_list" ? "\n" : "") ??
    spoken(element);
  return block.elements.map(words).join("\n");
}

function section(element, state) {
  const inside = () => element.elements.map((part) => inlinePart(part, state));
  switch (element.type) {
    case "rich_text_section":
      return el("div", { class: "text" }, inside());
    case "rich_text_preformatted":
      return el("pre", {}, el("code", {}, inside()));
    case "rich_text_quote":
      return el("blockquote", { class: "text" }, inside());
    case "rich_text_list":
      return list(element, state);
    default:
      return el("div", { class: "unsupported" }, `A “${element.type}” is not drawn here`);
  }
}

function list(element, state) {
  const indent = element.indent ?? 0;
  const isOrdered = element.style === "ordered";
  const kind = (isOrdered ? NUMBERS : BULLETS)[indent % 3];
  const node = el(
    isOrdered ? "ol" : "ul",
    {
      class: `list ${element.border ? "list-bordered" : ""}`,
      start: isOrdered && (element.offset ?? 0) + 1,
    },
    element.elements.map((item) => el("li", {}, section(item, state))),
  );
  node.style.setProperty("--indent", indent);
  node.style.listStyleType = kind;
  return node;
}

function inlinePart(part, state) {
  const styles = Object.keys(STYLES).filter((name) => part.style?.[name]);
  return styles.reduce((inside, name) => el(STYLES[name], {}, inside), unstyled(part, state));
}

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
        part.skin_tone > 1 ? `${part.name}::skin-tone-${part.skin_tone}` : part.name,
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
      return el("span", { class: "unsupported" }, `A “${part.type}” is not drawn here`);
  }
}

function color(value) {
  const swatch = el("span", { class: "swatch", "aria-hidden": "true" });
  if (/^#[0-9a-f]{3,8}$/i.test(value)) swatch.style.background = value;
  return el("span", {}, swatch, value);
}

function spoken(part) {
  if (part.type === "emoji") return `:${part.name}:`;
  return part.text ?? part.url ?? part.user_id ?? part.channel_id ?? part.value ?? "";
}

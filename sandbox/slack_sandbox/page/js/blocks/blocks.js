/** Blocks of Block Kit. The page names the types that it can't draw (docs.slack.dev/reference/block-kit/blocks). */

import { el } from "../dom.js";
import { markdown } from "../text/markdown.js";
import { richText } from "../text/richtext.js";
import { textElement } from "../text/textobjects.js";
import { card, carousel, container } from "./cards.js";
import { drawElement } from "./elements.js";
import { image, imageElement, video } from "./images.js";
import { input } from "./input.js";
import { plan, taskCard } from "./plans.js";
import { chart, dataTable, table } from "./table.js";

/**
 * @template Block
 * @typedef {(block: Block, surface: Page.Surface) => Page.Child} Draw
 */

/** @type {{[Type in Slack.Block["type"]]: Draw<Extract<Slack.Block, {type: Type}>>}} */
const RENDERERS = {
  actions: (block, surface) => elements("actions", block, surface),
  alert,
  card,
  carousel,
  container: (block, surface) => container(block, drawBlocks(block.child_blocks, surface), surface),
  context,
  context_actions: (block, surface) => elements("actions actions-quiet", block, surface),
  data_table: dataTable,
  data_visualization: chart,
  divider: () => el("hr"),
  file: (block) =>
    el("p", { class: "unsupported" }, `Remote files aren't supported here (${block.external_id}).`),
  header: (block, surface) =>
    textElement("h3", { class: "block-header" }, block.text, surface.state),
  image,
  input,
  markdown: (block) => el("div", { class: "markdown" }, markdown(block.text)),
  plan,
  rich_text: (block, surface) => el("div", { class: "rich-text" }, richText(block, surface.state)),
  section,
  table,
  task_card: taskCard,
  video,
};

/**
 * @param {Slack.Block[]} blocks
 * @param {Page.Surface} surface
 * @returns {HTMLElement[]}
 */
export function drawBlocks(blocks, surface) {
  return blocks.map((block) => {
    // The server may support more types than the page.
    const draw = /** @type {Draw<Slack.Block> | undefined} */ (RENDERERS[block.type]);
    return el(
      "div",
      { class: `block block-${draw ? block.type : "unknown"}` },
      (draw ?? unsupported)(block, surface),
    );
  });
}

/**
 * @param {string} className
 * @param {Slack.Actions} block
 * @param {Page.Surface} surface
 */
function elements(className, block, surface) {
  return el(
    "div",
    { class: className },
    block.elements.map((element) => drawElement(element, block, surface)),
  );
}

/**
 * @param {Slack.Section} block
 * @param {Page.Surface} surface
 */
function section(block, surface) {
  const { state } = surface;
  const fields = block.fields?.map((field) =>
    textElement("div", { class: "section-field" }, field, state),
  );
  const { accessory } = block;
  return el(
    "div",
    { class: accessory?.type === "image" ? "section section-image" : "section" },
    el(
      "div",
      { class: "section-text" },
      block.text && textElement("div", {}, block.text, state),
      fields && el("div", { class: "section-fields" }, fields),
    ),
    accessory &&
      el(
        "div",
        { class: "accessory" },
        accessory.type === "image"
          ? imageElement(accessory)
          : drawElement(accessory, block, surface),
      ),
  );
}

/**
 * @param {Slack.Context} block
 * @param {Page.Surface} surface
 */
function context(block, surface) {
  /** @param {Slack.Image | Slack.Text} element */
  const draw = (element) =>
    element.type === "image"
      ? imageElement(element)
      : textElement("span", { class: "context-text" }, element, surface.state);
  return el("div", { class: "context" }, block.elements.map(draw));
}

/**
 * @param {Slack.Alert} block
 * @param {Page.Surface} surface
 */
function alert(block, surface) {
  return textElement(
    "div",
    { class: `alert alert-${block.level ?? "default"}`, role: "note" },
    block.text,
    surface.state,
  );
}

/** @param {{type: string}} block */
function unsupported(block) {
  return el("p", { class: "unsupported" }, `“${block.type}” blocks aren't supported here.`);
}

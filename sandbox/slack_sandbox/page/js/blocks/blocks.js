/** Every block of Block Kit: how it is drawn, or that it is not (docs.slack.dev/reference/block-kit/blocks). */

import { el } from "../dom.js";
import { markdown } from "../text/markdown.js";
import { richText } from "../text/richtext.js";
import { textBox } from "../text/texts.js";
import { card, carousel, container } from "./cards.js";
import { drawElement } from "./elements.js";
import { input } from "./input.js";
import { image, picture, video } from "./pictures.js";
import { plan, taskCard } from "./plans.js";
import { chart, dataTable, table } from "./table.js";

/**
 * @template Block
 * @typedef {(block: Block, surface: Page.Surface) => Page.Child} Draw
 */

/** @type {{[Type in Slack.Block["type"]]: Draw<Extract<Slack.Block, {type: Type}>>}} */
const DRAWN = {
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
    el("p", { class: "unsupported" }, `A remote file, not supported here (${block.external_id})`),
  header: (block, surface) => textBox("h3", { class: "block-header" }, block.text, surface.state),
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
    // The server may know more types than the page.
    const draw = /** @type {Draw<Slack.Block> | undefined} */ (DRAWN[block.type]);
    return el(
      "div",
      { class: `block block-${draw ? block.type : "unknown"}` },
      (draw ?? unsupported)(block, surface),
    );
  });
}

/**
 * @param {string} look
 * @param {Slack.Actions} block
 * @param {Page.Surface} surface
 */
function elements(look, block, surface) {
  return el(
    "div",
    { class: look },
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
    textBox("div", { class: "section-field" }, field, state),
  );
  const { accessory } = block;
  return el(
    "div",
    { class: accessory?.type === "image" ? "section section-image" : "section" },
    el(
      "div",
      { class: "section-words" },
      block.text && textBox("div", {}, block.text, state),
      fields && el("div", { class: "section-fields" }, fields),
    ),
    accessory &&
      el(
        "div",
        { class: "accessory" },
        accessory.type === "image" ? picture(accessory) : drawElement(accessory, block, surface),
      ),
  );
}

/**
 * @param {Slack.Context} block
 * @param {Page.Surface} surface
 */
function context(block, surface) {
  /** @param {Slack.Image | Slack.Text} element */
  const one = (element) =>
    element.type === "image"
      ? picture(element)
      : textBox("span", { class: "context-words" }, element, surface.state);
  return el("div", { class: "context" }, block.elements.map(one));
}

/**
 * @param {Slack.Alert} block
 * @param {Page.Surface} surface
 */
function alert(block, surface) {
  return textBox(
    "div",
    { class: `alert alert-${block.level ?? "default"}`, role: "note" },
    block.text,
    surface.state,
  );
}

/** @param {{type: string}} block */
function unsupported(block) {
  return el("p", { class: "unsupported" }, `A “${block.type}” block, not supported here`);
}

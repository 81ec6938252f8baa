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

const DRAWN = {
  actions: (block, surface) =>
    el(
      "div",
      { class: "actions" },
      block.elements.map((element) => drawElement(element, block, surface)),
    ),
  alert,
  card,
  carousel,
  container,
  context,
  context_actions: (block, surface) =>
    el(
      "div",
      { class: "actions actions-quiet" },
      block.elements.map((element) => drawElement(element, block, surface)),
    ),
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

/** @param {any[]} blocks @param {import("./surface.js").Surface} surface */
export function drawBlocks(blocks, surface) {
  return blocks.map((block) => {
    const draw = DRAWN[block.type] ?? unsupported;
    return el(
      "div",
      { class: `block block-${DRAWN[block.type] ? block.type : "unknown"}` },
      draw(block, surface),
    );
  });
}

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

function context(block, surface) {
  const one = (element) =>
    element.type === "image"
      ? picture(element)
      : textBox("span", { class: "context-words" }, element, surface.state);
  return el("div", { class: "context" }, block.elements.map(one));
}

function alert(block, surface) {
  return textBox(
    "div",
    { class: `alert alert-${block.level ?? "default"}`, role: "note" },
    block.text,
    surface.state,
  );
}

function unsupported(block) {
  return el("p", { class: "unsupported" }, `A “${block.type}” block, not supported here`);
}

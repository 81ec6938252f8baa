/** Every block of Block Kit: how it is drawn, or that it is not (docs.slack.dev/reference/block-kit/blocks). */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { link, safeImage } from "../links.js";
import { markdown } from "../text/markdown.js";
import { richText } from "../text/richtext.js";
import { textBox, textNodes } from "../text/texts.js";
import { drawElement } from "./elements.js";
import { input } from "./input.js";
import { table } from "./table.js";

const DRAWN = {
  actions: (block, surface) =>
    el(
      "div",
      { class: "actions" },
      block.elements.map((element) => drawElement(element, block, surface)),
    ),
  alert,
  context,
  context_actions: (block, surface) =>
    el(
      "div",
      { class: "actions actions-quiet" },
      block.elements.map((element) => drawElement(element, block, surface)),
    ),
  divider: () => el("hr"),
  file: (block) =>
    el("p", { class: "unsupported" }, `A remote file, not supported here (${block.external_id})`),
  header: (block, surface) => textBox("h3", { class: "block-header" }, block.text, surface.state),
  image,
  input,
  markdown: (block) => el("div", { class: "markdown" }, markdown(block.text)),
  rich_text: (block, surface) => el("div", { class: "rich-text" }, richText(block, surface.state)),
  section,
  table,
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

function image(block, surface) {
  const title =
    block.title &&
    el("figcaption", { class: "figure-title" }, textNodes(block.title, surface.state));
  return el("figure", { class: "figure" }, title, picture(block));
}

/** Only web addresses are loaded; for all else the alternative text stands. */
function picture({ image_url: address, alt_text: alt }) {
  if (!address || !safeImage(address))
    return el("span", { class: "unsupported" }, `An image: ${alt}`);
  return el("img", {
    class: "picture",
    src: address,
    alt,
    title: alt,
    loading: "lazy",
    referrerpolicy: "no-referrer",
  });
}

/** A video is not embedded: its title leads to it. */
function video(block, surface) {
  const { state } = surface;
  const source = [block.author_name, block.provider_name].filter(Boolean).join(" · ");
  return el(
    "figure",
    { class: "figure" },
    el(
      "figcaption",
      { class: "figure-title" },
      icon("play"),
      link(block.title_url || block.video_url, textNodes(block.title, state)),
    ),
    source && el("p", { class: "figure-note" }, source),
    block.description && textBox("p", { class: "figure-note" }, block.description, state),
    picture({ image_url: block.thumbnail_url, alt_text: block.alt_text }),
  );
}

function unsupported(block) {
  return el("p", { class: "unsupported" }, `A “${block.type}” block, not supported here`);
}

/** Images and videos of blocks. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { link, safeImage } from "../links.js";
import { textBox, textNodes } from "../text/texts.js";

/**
 * @param {Slack.Image} block
 * @param {Page.Surface} surface
 */
export function image(block, surface) {
  const title =
    block.title &&
    el("figcaption", { class: "figure-title" }, textNodes(block.title, surface.state));
  return el("figure", { class: "figure" }, title, picture(block));
}

/**
 * Only web addresses are loaded; for all else the alternative text stands.
 * @param {Pick<Slack.Image, "image_url" | "alt_text">} image
 */
export function picture({ image_url: address, alt_text: alt }) {
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

/**
 * A video is not embedded: its title leads to it.
 * @param {Slack.Video} block
 * @param {Page.Surface} surface
 */
export function video(block, surface) {
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

/** Images and videos in blocks. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { link, safeImage } from "../links.js";
import { textElement, textNodes } from "../text/textobjects.js";

/**
 * @param {Slack.Image} block
 * @param {Page.Surface} surface
 */
export function image(block, surface) {
  const title =
    block.title &&
    el("figcaption", { class: "figure-title" }, textNodes(block.title, surface.state));
  return el("figure", { class: "figure" }, title, imageElement(block));
}

/**
 * Draw an image from the web. For any other address, show the alternative text.
 * @param {Pick<Slack.Image, "image_url" | "alt_text">} image
 */
export function imageElement({ image_url: address, alt_text: alt }) {
  if (!address || !safeImage(address))
    return el("span", { class: "unsupported" }, `Image not loaded: ${alt}`);
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
 * Draw a video as a thumbnail with a link: the page doesn't embed videos.
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
    block.description && textElement("p", { class: "figure-note" }, block.description, state),
    imageElement({ image_url: block.thumbnail_url, alt_text: block.alt_text }),
  );
}

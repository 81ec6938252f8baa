/** Files of a message (docs.slack.dev/reference/objects/file-object). */

import { imageElement } from "../blocks/images.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { safeUrl } from "../links.js";

const PREVIEWED = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
const UNITS = ["bytes", "KB", "MB", "GB"];

/** @param {Slack.File[]} [attached] */
export function files(attached) {
  if (!attached?.length) return null;
  return el(
    "ul",
    { class: "files", "aria-label": "Files" },
    attached.map((file) => el("li", {}, row(file), preview(file))),
  );
}

/** @param {Slack.File} file */
function row(file) {
  return el("div", { class: "file" }, icon("file"), description(file));
}

/** @param {Slack.File} file */
function preview({ mimetype, url_private: url, alt_txt: alt, title, name }) {
  if (!PREVIEWED.has(mimetype ?? "") || !url) return null;
  return imageElement({ image_url: url, alt_text: alt || title || name || "" });
}

/** @param {Slack.File} file */
function description(file) {
  const { title, name, pretty_type: type, mimetype, size, permalink, url_private: url } = file;
  const label = title || name || file.id || "File";
  const address = [url, permalink].find((candidate) => candidate && safeUrl(candidate));
  const notes = [name !== label && name, type || mimetype, formatSize(size)].filter(Boolean);
  return el(
    "span",
    { class: "file-text" },
    address
      ? el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label)
      : el("span", { class: "file-name" }, label),
    notes.length > 0 && el("span", { class: "file-note" }, notes.join(" · ")),
  );
}

/** @param {number | undefined} bytes */
function formatSize(bytes) {
  if (typeof bytes !== "number") return "";
  const power = Math.floor(Math.log2(Math.max(bytes, 1)) / 10);
  const unit = Math.min(power, UNITS.length - 1);
  const amount = bytes / 1024 ** unit;
  return `${unit ? amount.toFixed(1) : amount} ${UNITS[unit]}`;
}

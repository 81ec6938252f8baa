/** Files that a message carries (docs.slack.dev/reference/objects/file-object). */

import { picture } from "../blocks/pictures.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { safeUrl } from "../links.js";

const SHOWN = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
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
  return el("div", { class: "file" }, icon("file"), words(file));
}

/** @param {Slack.File} file */
function preview({ mimetype, url_private: url, alt_txt: alt, title, name }) {
  if (!SHOWN.has(mimetype ?? "") || !url) return null;
  return picture({ image_url: url, alt_text: alt || title || name || "" });
}

/** @param {Slack.File} file */
function words(file) {
  const { title, name, pretty_type: type, mimetype, size, permalink, url_private: url } = file;
  const label = title || name || file.id || "A file";
  const address = [url, permalink].find((each) => each && safeUrl(each));
  const notes = [name !== label && name, type || mimetype, sized(size)].filter(Boolean);
  return el(
    "span",
    { class: "file-words" },
    address
      ? el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label)
      : el("span", { class: "file-name" }, label),
    notes.length > 0 && el("span", { class: "file-note" }, notes.join(" · ")),
  );
}

/** @param {number | undefined} bytes */
function sized(bytes) {
  if (typeof bytes !== "number") return "";
  const power = Math.floor(Math.log2(Math.max(bytes, 1)) / 10);
  const unit = Math.min(power, UNITS.length - 1);
  const amount = bytes / 1024 ** unit;
  return `${unit ? amount.toFixed(1) : amount} ${UNITS[unit]}`;
}

/** Files that a message carries, named but not shown (docs.slack.dev/reference/objects/file-object). */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { safeUrl } from "../links.js";

const UNITS = ["bytes", "KB", "MB", "GB"];

/** @param {any[]} [attached] */
export function files(attached) {
  if (!attached?.length) return null;
  return el(
    "ul",
    { class: "files", "aria-label": "Files" },
    attached.map((file) => el("li", { class: "file" }, icon("file"), words(file))),
  );
}

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

function sized(bytes) {
  if (typeof bytes !== "number") return "";
  const unit = Math.min(Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)), UNITS.length - 1);
  const amount = bytes / 1024 ** unit;
  return `${unit ? amount.toFixed(1) : amount} ${UNITS[unit]}`;
}

/** Date and time pickers: the browser's own. */

import { el } from "../dom.js";
import { plainText } from "../text/textobjects.js";
import { singleValue } from "./surface.js";

/**
 * @typedef {object} Format
 * @property {string} type of the HTML input
 * @property {"initial_date" | "initial_time" | "initial_date_time"} initial
 * @property {(raw: string | number | null | undefined) => string} format the HTML input's value
 * @property {(value: string) => string | null} parse the raw value that the app gets
 */

/** @type {Pick<Format, "format" | "parse">} */
const unchanged = { format: (raw) => String(raw ?? ""), parse: (value) => value || null };
/** @type {Record<Slack.Picker["type"], Format>} */
const FORMATS = {
  datepicker: { type: "date", initial: "initial_date", ...unchanged },
  timepicker: { type: "time", initial: "initial_time", ...unchanged },
  datetimepicker: {
    type: "datetime-local",
    initial: "initial_date_time",
    format: localTime,
    parse: epochOf,
  },
};

/**
 * @param {Slack.Picker} element
 * @param {Page.ElementContext} context
 */
export function picker(element, context) {
  const { type, initial, format, parse } = FORMATS[element.type];
  const input = el("input", {
    class: "input input-short",
    id: context.id,
    type,
    value: format(element[initial]),
    title: element.placeholder && plainText(element.placeholder),
    data: { key: context.surface.keyOf(context.block, element) },
    ...context.ariaLabels,
  });
  const read = () => parse(input.value);
  /** @param {Page.Raw} raw */
  const write = (raw) => {
    input.value = format(singleValue(raw));
  };
  context.surface.register({ block: context.block, element, node: input, read, write });
  let before = read();
  input.addEventListener("change", async () => {
    if (!context.dispatchesActions || !read()) return;
    if (await context.surface.press(context.block, element, input, { value: read() }))
      before = read();
    else write(before);
  });
  return input;
}

/**
 * Format epoch seconds for the HTML input: local time, such as `2026-11-24T09:30`.
 * @param {string | number | undefined | null} seconds
 */
function localTime(seconds) {
  if (!seconds) return "";
  const when = new Date(Number(seconds) * 1000);
  const local = new Date(when.getTime() - when.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** @param {string} value */
function epochOf(value) {
  return value ? String(Math.floor(new Date(value).getTime() / 1000)) : null;
}

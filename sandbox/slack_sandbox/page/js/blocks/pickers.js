/** Dates and times, in the browser's own pickers. */

import { el } from "../dom.js";
import { bare } from "../text/texts.js";
import { oneOf } from "./surface.js";

/**
 * @typedef {object} Kind
 * @property {string} type of the input
 * @property {"initial_date" | "initial_time" | "initial_date_time"} initial
 * @property {(raw: string | number | null | undefined) => string} shown what the input holds
 * @property {(value: string) => string | null} raw what the app is sent
 */

/** @type {Pick<Kind, "shown" | "raw">} */
const asIs = { shown: (raw) => String(raw ?? ""), raw: (value) => value || null };
/** @type {Record<Slack.Picker["type"], Kind>} */
const KINDS = {
  datepicker: { type: "date", initial: "initial_date", ...asIs },
  timepicker: { type: "time", initial: "initial_time", ...asIs },
  datetimepicker: {
    type: "datetime-local",
    initial: "initial_date_time",
    shown: localTime,
    raw: epochOf,
  },
};

/**
 * @param {Slack.Picker} element
 * @param {Page.At} at
 */
export function picker(element, at) {
  const kind = KINDS[element.type];
  const input = el("input", {
    class: "input input-short",
    id: at.id,
    type: kind.type,
    value: kind.shown(element[kind.initial]),
    title: element.placeholder && bare(element.placeholder),
    data: { key: at.surface.keyOf(at.block, element) },
    ...at.labels,
  });
  const read = () => kind.raw(input.value);
  /** @param {Page.Raw} raw */
  const write = (raw) => {
    input.value = kind.shown(oneOf(raw));
  };
  at.surface.enter({ block: at.block, element, node: input, read, write });
  let before = read();
  input.addEventListener("change", async () => {
    if (!at.dispatches || !read()) return;
    if (await at.surface.press(at.block, element, input, { value: read() })) before = read();
    else write(before);
  });
  return input;
}

/**
 * Epoch seconds as the input wants them: the reader's own time, `2026-11-24T09:30`.
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

/** The emoji picker: a search field, a grid with arrow keys, and the skin tone. */

import { el, focusedElement, setChildren } from "../dom.js";
import { character, search, withTone } from "../emoji.js";
import { openPopover } from "./popover.js";

const COLUMNS = 8;
const MAX_EMOJI = 200;
const TONES = [1, 2, 3, 4, 5, 6];
const TONE_NAMES = ["no skin tone", "light", "medium-light", "medium", "medium-dark", "dark"];
const TONE_KEY = "sandbox.skin-tone";

/**
 * @param {HTMLElement} anchor
 * @param {(name: string) => void} onselect gets Slack's name with the skin tone
 */
export function openEmojiPicker(anchor, onselect) {
  const grid = el("div", { class: "emoji-grid", role: "group", "aria-label": "Emoji" });
  const caption = el("p", { class: "emoji-caption", "aria-hidden": "true" });
  const field = el("input", {
    class: "input",
    type: "search",
    placeholder: "Search emoji",
    "aria-label": "Search emoji",
    autocomplete: "off",
    oninput: show,
  });
  const panel = el(
    "div",
    { class: "emoji-panel", role: "dialog", "aria-label": "Choose an emoji" },
    field,
    grid,
    el("div", { class: "emoji-foot" }, caption, tones(show)),
  );
  /** @param {string} name */
  const select = (name) => {
    popover.close();
    onselect(withTone(name, tone()));
  };
  /** @param {Event} event */
  const describe = ({ target }) => {
    /** @type {HTMLElement | null} */
    const hovered = target instanceof Element ? target.closest("[data-emoji]") : null;
    const name = hovered?.dataset.emoji;
    if (name) caption.textContent = `:${name}:`;
  };
  grid.addEventListener("focusin", describe);
  grid.addEventListener("pointerover", describe);
  panel.addEventListener("keydown", (event) => move(event, grid, field));
  field.addEventListener("keydown", (event) => {
    const first = grid.querySelector("button");
    if (event.key === "Enter" && first) first.click();
  });
  show();
  const popover = openPopover(anchor, panel);
  field.focus();

  function show() {
    const matches = search(field.value, MAX_EMOJI);
    setChildren(
      grid,
      matches.length
        ? matches.map(({ emoji }, index) => cell(emoji.name, index, select))
        : el("p", { class: "emoji-none" }, "No emoji found"),
    );
    caption.textContent = matches.length ? `:${matches[0].emoji.name}:` : "";
  }
}

/**
 * Draw an emoji. Tab reaches only the first one, and arrow keys move from there.
 * @param {string} name
 * @param {number} index
 * @param {(name: string) => void} select
 */
function cell(name, index, select) {
  const label = name.replaceAll("_", " ");
  return el(
    "button",
    {
      class: "emoji-cell",
      type: "button",
      tabindex: index ? -1 : 0,
      "aria-label": label,
      data: { emoji: name },
      onclick: () => select(name),
    },
    character(withTone(name, tone())),
  );
}

/** @param {() => void} onchange */
function tones(onchange) {
  /** @param {number} value */
  const draw = (value) => {
    const input = el("input", {
      type: "radio",
      name: "tone",
      value,
      checked: value === tone(),
      class: "visually-hidden",
      "aria-label": TONE_NAMES[value - 1],
    });
    return el(
      "label",
      { class: "tone-choice", title: TONE_NAMES[value - 1] },
      input,
      el("span", { "aria-hidden": "true" }, character(withTone("wave", value)) ?? value),
    );
  };
  const group = el(
    "div",
    { class: "tone-choices", role: "radiogroup", "aria-label": "Skin tone" },
    TONES.map(draw),
  );
  group.addEventListener("change", (event) => {
    const { value } = /** @type {HTMLInputElement} */ (event.target);
    localStorage.setItem(TONE_KEY, value);
    onchange();
  });
  return group;
}

/** Return the chosen skin tone: 1 (none) to 6. */
function tone() {
  return Number(localStorage.getItem(TONE_KEY)) || 1;
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement} grid
 * @param {HTMLElement} field
 */
function move(event, grid, field) {
  /** @type {HTMLElement[]} */
  const cells = [...grid.querySelectorAll("button")];
  const focused = focusedElement();
  const index = focused ? cells.indexOf(focused) : -1;
  if (index < 0) {
    if (event.key !== "ArrowDown" || document.activeElement !== field) return;
    event.preventDefault();
    cells[0]?.focus();
    return;
  }
  const to = {
    ArrowRight: index + 1,
    ArrowLeft: index - 1,
    ArrowDown: index + COLUMNS,
    ArrowUp: index - COLUMNS,
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  if (to < 0) field.focus();
  else cells[Math.min(to, cells.length - 1)].focus();
}

/** Choosing an emoji: search by name, skin tone, arrow keys over the grid. */

import { el, fill, focusedElement } from "../dom.js";
import { character, search, withTone } from "../emoji.js";
import { openPopover } from "./popover.js";

const COLUMNS = 8;
const MOST = 200;
const TONES = [1, 2, 3, 4, 5, 6];
const TONE_NAMES = ["no skin tone", "light", "medium-light", "medium", "medium-dark", "dark"];
const TONE_KEY = "sandbox.skin-tone";

/**
 * @param {HTMLElement} anchor
 * @param {(name: string) => void} onchoose a name as Slack writes it, with its tone
 */
export function openEmojiPicker(anchor, onchoose) {
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
  const choose = (name) => {
    popover.close();
    onchoose(withTone(name, tone()));
  };
  /** @param {Event} event */
  const describe = ({ target }) => {
    /** @type {HTMLElement | null} */
    const cellAt = target instanceof Element ? target.closest("[data-emoji]") : null;
    const name = cellAt?.dataset.emoji;
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
    const found = search(field.value, MOST);
    fill(
      grid,
      found.length
        ? found.map(({ emoji }, index) => cell(emoji.name, index, choose))
        : el("p", { class: "emoji-none" }, "No emoji of that name here"),
    );
    caption.textContent = found.length ? `:${found[0].emoji.name}:` : "";
  }
}

/**
 * Tab reaches the first; from there, arrow keys move.
 * @param {string} name
 * @param {number} index
 * @param {(name: string) => void} choose
 */
function cell(name, index, choose) {
  const label = name.replaceAll("_", " ");
  return el(
    "button",
    {
      class: "emoji-cell",
      type: "button",
      tabindex: index ? -1 : 0,
      "aria-label": label,
      data: { emoji: name },
      onclick: () => choose(name),
    },
    character(withTone(name, tone())),
  );
}

/** @param {() => void} onchange */
function tones(onchange) {
  /** @param {number} value */
  const one = (value) => {
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
    TONES.map(one),
  );
  group.addEventListener("change", (event) => {
    const { value } = /** @type {HTMLInputElement} */ (event.target);
    localStorage.setItem(TONE_KEY, value);
    onchange();
  });
  return group;
}

/** 1 for none, to 6. */
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
  const at = focused ? cells.indexOf(focused) : -1;
  if (at < 0) {
    if (event.key !== "ArrowDown" || document.activeElement !== field) return;
    event.preventDefault();
    cells[0]?.focus();
    return;
  }
  const to = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: at + COLUMNS,
    ArrowUp: at - COLUMNS,
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  if (to < 0) field.focus();
  else cells[Math.min(to, cells.length - 1)].focus();
}

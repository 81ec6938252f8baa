/** Small dialogs that ask one thing first. */

import { el, mendCursor } from "../dom.js";
import { bare, textBox } from "../text/texts.js";

/**
 * Slack's confirm object.
 * @param {Slack.Confirm} confirm
 * @param {Page.State} state
 * @returns {Promise<boolean>}
 */
export function confirmed(confirm, state) {
  return ask({
    title: bare(confirm.title),
    body: textBox("div", { class: "dialog-text" }, confirm.text, state),
    yes: bare(confirm.confirm),
    no: bare(confirm.deny),
    isDanger: confirm.style === "danger",
  }).then((answer) => answer !== null);
}

/**
 * @param {string} title
 * @param {string} label
 * @param {string} value
 * @param {string} yes
 * @param {{isLong?: boolean}} [look]
 * @returns {Promise<string | null>} what was typed, trimmed; null if nothing was to be changed
 */
export function askForText(title, label, value, yes, { isLong = false } = {}) {
  const input = el(isLong ? "textarea" : "input", {
    class: "input",
    id: "asked",
    value,
    required: true,
    autocomplete: "off",
    spellcheck: "false",
  });
  const body = el(
    "div",
    { class: "field" },
    el("label", { class: "field-label", for: "asked" }, label),
    input,
  );
  return ask({ title, body, yes, no: "Cancel", read: () => input.value.trim() });
}

/**
 * @param {{title: string, body: Page.Child, yes: string, no: string, isDanger?: boolean, read?: () => string}} question
 * @returns {Promise<string | null>} null if they said no
 */
export function ask({ title, body, yes, no, isDanger = false, read = () => "" }) {
  const { promise, resolve } = Promise.withResolvers();
  const heading = el("h2", { class: "dialog-title", id: "asking" }, title);
  const submit = el(
    "button",
    {
      class: `button ${isDanger ? "button-danger" : "button-primary"}`,
      type: "submit",
      value: "yes",
    },
    yes,
  );
  const refuse = el("button", { class: "button", type: "button" }, no);
  const dialog = el(
    "dialog",
    { class: "dialog dialog-small", "aria-labelledby": "asking" },
    el(
      "form",
      { method: "dialog" },
      heading,
      body,
      el("div", { class: "dialog-foot" }, refuse, submit),
    ),
  );
  refuse.addEventListener("click", () => dialog.close("no"));
  dialog.addEventListener("close", () => {
    resolve(dialog.returnValue === "yes" ? read() : null);
    dialog.remove();
    mendCursor();
  });
  document.body.append(dialog);
  dialog.showModal();
  /** @type {HTMLElement | null} */
  const field = dialog.querySelector("input, textarea");
  (field ?? submit).focus();
  return promise;
}

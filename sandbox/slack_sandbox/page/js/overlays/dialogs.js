/** Dialogs that confirm an action or ask for a text. */

import { el, restoreCursor } from "../dom.js";
import { plainText, textElement } from "../text/textobjects.js";

/**
 * Ask the person to confirm an action, as a confirmation object describes.
 * @param {Slack.Confirm} confirm
 * @param {Page.State} state
 * @returns {Promise<boolean>}
 */
export function confirmAction(confirm, state) {
  return openDialog({
    title: plainText(confirm.title),
    body: textElement("div", { class: "dialog-text" }, confirm.text, state),
    confirm: plainText(confirm.confirm),
    cancel: plainText(confirm.deny),
    isDanger: confirm.style === "danger",
  }).then((answer) => answer !== null);
}

/**
 * @param {string} title
 * @param {string} label
 * @param {string} value
 * @param {string} confirm
 * @param {{isLong?: boolean}} [options]
 * @returns {Promise<string | null>} the trimmed text, or null if the person canceled
 */
export function promptForText(title, label, value, confirm, { isLong = false } = {}) {
  const input = el(isLong ? "textarea" : "input", {
    class: "input",
    id: "dialog-input",
    value,
    required: true,
    autocomplete: "off",
    spellcheck: "false",
  });
  const body = el(
    "div",
    { class: "field" },
    el("label", { class: "field-label", for: "dialog-input" }, label),
    input,
  );
  return openDialog({ title, body, confirm, cancel: "Cancel", read: () => input.value.trim() });
}

/**
 * @param {{title: string, body: Page.Child, confirm: string, cancel: string, isDanger?: boolean, read?: () => string}} options
 * @returns {Promise<string | null>} what `read` returns, or null if the person canceled
 */
export function openDialog({ title, body, confirm, cancel, isDanger = false, read = () => "" }) {
  const { promise, resolve } = Promise.withResolvers();
  const heading = el("h2", { class: "dialog-title", id: "dialog-heading" }, title);
  const submit = el(
    "button",
    {
      class: `button ${isDanger ? "button-danger" : "button-primary"}`,
      type: "submit",
      value: "confirm",
    },
    confirm,
  );
  const cancelButton = el("button", { class: "button", type: "button" }, cancel);
  const dialog = el(
    "dialog",
    { class: "dialog dialog-small", "aria-labelledby": "dialog-heading" },
    el(
      "form",
      { method: "dialog" },
      heading,
      body,
      el("div", { class: "dialog-foot" }, cancelButton, submit),
    ),
  );
  cancelButton.addEventListener("click", () => dialog.close("cancel"));
  dialog.addEventListener("close", () => {
    resolve(dialog.returnValue === "confirm" ? read() : null);
    dialog.remove();
    restoreCursor();
  });
  document.body.append(dialog);
  dialog.showModal();
  /** @type {HTMLElement | null} */
  const field = dialog.querySelector("input, textarea");
  (field ?? submit).focus();
  return promise;
}

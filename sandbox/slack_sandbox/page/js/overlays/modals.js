/** The acting person's stack of modals: one dialog, which shows the top view. */

import { act } from "../api.js";
import { showErrors } from "../blocks/input.js";
import { byId, el, restoreCursor } from "../dom.js";
import { icon } from "../icons.js";
import { perform } from "../perform.js";
import { plainText } from "../text/textobjects.js";
import { ViewBody } from "./viewbody.js";

export class Modals {
  #state;
  #dialog = /** @type {HTMLDialogElement} */ (byId("modals"));
  /** @type {Map<string, ViewForm>} by view ID */
  #forms = new Map();

  /** @param {Page.State} state */
  constructor(state) {
    this.#state = state;
    state.on(["screen", "views"], () => this.#show(state.views));
    // On the document: after a redraw, the focus may be on no element of the form.
    document.addEventListener("keydown", (event) => this.#escape(event));
    this.#dialog.addEventListener("cancel", (event) => this.#cancel(event));
    this.#dialog.addEventListener("close", () => this.#closed());
  }

  /** @param {Sandbox.View[]} views */
  #show(views) {
    const previousId = this.#top?.view.id;
    this.#removeClosed(views);
    for (const view of views) {
      const form = this.#formOf(view);
      form.show(view, views.length > 1);
      form.node.hidden = view !== views.at(-1);
    }
    const top = this.#top;
    if (top && !this.#dialog.open) this.#dialog.showModal();
    if (!top && this.#dialog.open) this.#dialog.close();
    if (!top) return;
    this.#dialog.setAttribute("aria-labelledby", top.titleId);
    if (top.view.id !== previousId) top.focus();
  }

  get #top() {
    return [...this.#forms.values()].findLast((form) => !form.node.hidden);
  }

  /** @param {Sandbox.View[]} views */
  #removeClosed(views) {
    const openIds = new Set(views.map(({ id }) => id));
    for (const [id, form] of this.#forms) {
      if (openIds.has(id)) continue;
      form.node.remove();
      this.#forms.delete(id);
    }
  }

  /**
   * @param {Sandbox.View} view
   * @returns {ViewForm}
   */
  #formOf(view) {
    const known = this.#forms.get(view.id);
    if (known) return known;
    const form = new ViewForm(this.#state, view);
    this.#forms.set(view.id, form);
    this.#dialog.append(form.node);
    return form;
  }

  /**
   * Close the top view, unless a list, menu or confirmation is open over it.
   * @param {KeyboardEvent} event
   */
  #escape(event) {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
    const isCovered = document.querySelector(":popover-open, dialog:modal:not(#modals)");
    if (!this.#dialog.open || isCovered) return;
    event.preventDefault(); // otherwise the browser closes the dialog, but the sandbox's view stays open
    this.#top?.close();
  }

  /**
   * Close the top view when the browser asks to, such as after a back gesture.
   * @param {Event} event
   */
  #cancel(event) {
    event.preventDefault();
    this.#top?.close();
  }

  /** Close the view if the browser closed the dialog without asking. */
  #closed() {
    restoreCursor();
    if (!this.#dialog.open) this.#top?.close();
  }
}

let lastId = 0;

class ViewForm {
  #state;
  #body;
  #title;
  #appName = el("span", { class: "modal-app" });
  #foot = el("footer", { class: "dialog-foot" });
  #isSending = false;

  /**
   * @param {Page.State} state
   * @param {Sandbox.View} view
   */
  constructor(state, view) {
    lastId += 1;
    this.#state = state;
    this.view = view;
    this.titleId = `modal-title-${lastId}`;
    this.#body = new ViewBody(state, "dialog-body");
    this.#title = el("h2", { class: "dialog-title", id: this.titleId });
    const dismiss = el(
      "button",
      {
        class: "icon-button",
        type: "button",
        "aria-label": "Close all",
        onclick: () => this.close(true),
      },
      icon("close"),
    );
    this.node = el(
      "form",
      { class: "modal", novalidate: true, onsubmit: (event) => this.#submit(event) },
      el("header", { class: "dialog-head" }, this.#appName, this.#title, dismiss),
      this.#body.node,
      this.#foot,
    );
  }

  /**
   * @param {Sandbox.View} view
   * @param {boolean} isStacked
   */
  show(view, isStacked) {
    this.view = view;
    const { app } = this.#state;
    this.#title.textContent = plainText(view.title);
    if (this.#body.show(view)) this.#drawFoot(isStacked);
    this.#appName.textContent = app.name;
    showErrors(this.#body.node, view.errors ?? {});
    this.#showBusy();
    if (Object.keys(view.errors ?? {}).length) this.#focusError();
  }

  focus() {
    if (!this.#body.focusFirst()) this.#foot.querySelector("button")?.focus();
  }

  /** @param {boolean} [all] */
  close(all = false) {
    return perform(this.#state, "close", { view_id: this.view.id, all });
  }

  /** @param {boolean} isStacked */
  #drawFoot(isStacked) {
    const { submit, close } = this.view;
    const closeLabel = close ? plainText(close) : submit ? "Cancel" : "Close";
    this.#foot.replaceChildren(
      el(
        "button",
        { class: "button", type: "button", onclick: () => this.close() },
        isStacked && icon("back"),
        closeLabel,
      ),
      ...(submit
        ? [el("button", { class: "button button-primary", type: "submit" }, plainText(submit))]
        : []),
    );
  }

  /** @param {Event} event */
  async #submit(event) {
    event.preventDefault();
    if (this.#isSending || this.view.busy || !this.view.submit) return;
    this.#isSending = true;
    this.#showBusy();
    const answer = await act(this.#state.me.id, "submit", {
      view_id: this.view.id,
      values: this.#body.changed(),
    });
    this.#isSending = false;
    this.#showBusy();
    if (answer.error === "invalid_field") {
      showErrors(this.#body.node, answer.fields ?? {});
      this.#focusError();
    } else if (!answer.ok)
      this.#state.emit("notice", { text: answer.detail || answer.error || "" });
  }

  #showBusy() {
    const isBusy = this.#isSending || Boolean(this.view.busy);
    this.node.setAttribute("aria-busy", String(isBusy));
    const button = this.#foot.querySelector("[type=submit]");
    button?.setAttribute("aria-disabled", String(isBusy));
  }

  #focusError() {
    /** @type {HTMLElement | null} */
    const control = this.#body.node.querySelector("[aria-invalid]");
    const isGroup = control?.matches("[role=radiogroup], [role=group]");
    (isGroup ? control?.querySelector("input") : control)?.focus();
  }
}

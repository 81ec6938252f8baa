/** The traffic pane: requests between the app and the sandbox. */

import { formatTimeWithSeconds } from "./dates.js";
import { byId, el, setChildren } from "./dom.js";
import { icon } from "./icons.js";

const MAX_ENTRIES = 300;
/** @type {Record<string, (entry: Sandbox.TrafficEntry) => boolean>} */
const FILTERS = {
  All: () => true,
  "App calls": (entry) => entry.kind === "api",
  "Sent to the app": (entry) => entry.kind !== "api",
  Failed: (entry) => !entry.ok,
};

export class Inspector {
  #state;
  #node = byId("inspector");
  #toggle = byId("traffic-toggle");
  #list = el("ol", { class: "traffic", "aria-label": "Traffic, newest first" });
  #filter = "All";

  /** @param {Page.State} state */
  constructor(state) {
    this.#state = state;
    this.#toggle.addEventListener("click", () => this.#open(!this.#isOpen));
    this.#node.addEventListener("keydown", (event) => event.key === "Escape" && this.#open(false));
    state.on("thread", (thread) => thread && this.#open(false));
    state.on("traffic", (entry) => this.#add(entry));
  }

  /** @param {boolean} isOpen */
  #open(isOpen) {
    if (this.#isOpen === isOpen) return;
    const hadFocus = this.#node.contains(document.activeElement);
    this.#node.hidden = !isOpen;
    this.#toggle.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) {
      if (hadFocus) this.#toggle.focus();
      return;
    }
    this.#state.emit("traffic-open");
    const close = el(
      "button",
      {
        class: "icon-button",
        type: "button",
        "aria-label": "Close traffic",
        onclick: () => this.#open(false),
      },
      icon("close"),
    );
    setChildren(
      this.#node,
      el("header", { class: "pane-head" }, el("h2", {}, "Traffic"), this.#filters(), close),
      this.#list,
    );
    this.#draw();
    close.focus();
  }

  get #isOpen() {
    return !this.#node.hidden;
  }

  /** @param {Sandbox.TrafficEntry} entry */
  #passes(entry) {
    return FILTERS[this.#filter]?.(entry);
  }

  #filters() {
    const choose = () => {
      this.#filter = select.value;
      this.#draw();
    };
    const select = el(
      "select",
      { class: "input select select-small", "aria-label": "Show", onchange: choose },
      Object.keys(FILTERS).map((name) => el("option", { selected: name === this.#filter }, name)),
    );
    return select;
  }

  #draw() {
    const shown = this.#state.traffic
      .filter((entry) => this.#passes(entry))
      .slice(-MAX_ENTRIES)
      .reverse();
    setChildren(
      this.#list,
      shown.length ? shown.map(row) : el("li", { class: "empty-state" }, "No traffic yet."),
    );
  }

  /** @param {Sandbox.TrafficEntry} entry */
  #add(entry) {
    if (!this.#isOpen || !this.#passes(entry)) return;
    this.#list.querySelector(".empty-state")?.remove();
    this.#list.prepend(row(entry));
    if (this.#list.childElementCount > MAX_ENTRIES) this.#list.lastElementChild?.remove();
  }
}

/** @param {Sandbox.TrafficEntry} entry */
function row(entry) {
  const isFromApp = entry.from === "app";
  const body = el("div", { class: "entry-inside" });
  const details = el(
    "details",
    { class: entry.ok ? "entry" : "entry entry-failed" },
    el(
      "summary",
      {},
      el(
        "span",
        {
          class: `entry-way ${isFromApp ? "from-app" : "from-slack"}`,
          title: isFromApp ? "From the app" : "To the app",
        },
        isFromApp ? "→" : "←",
        el("span", { class: "visually-hidden" }, isFromApp ? "from the app" : "to the app"),
      ),
      el("span", { class: "entry-name" }, entry.name),
      el("span", { class: "entry-kind" }, entry.error ?? entry.kind),
      entry.ms !== undefined && el("span", { class: "entry-ms" }, `${Math.round(entry.ms)} ms`),
      el("time", { class: "entry-at" }, formatTimeWithSeconds(entry.at)),
    ),
    body,
  );
  // Most entries are never opened, so the JSON is formatted only when one is.
  details.addEventListener(
    "toggle",
    () =>
      details.open &&
      setChildren(
        body,
        part(isFromApp ? "Request" : "Sent", entry.request),
        Boolean(entry.response) && part("Response", entry.response),
      ),
    { once: true },
  );
  return el("li", {}, details);
}

/**
 * @param {string} title
 * @param {unknown} value
 */
function part(title, value) {
  return [el("h3", {}, title), el("pre", { tabindex: 0 }, JSON.stringify(value, null, 2))];
}

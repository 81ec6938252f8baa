/** What went over the wire between the app and this Slack. */

import { clockWithSeconds } from "./dates.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";

const SHOWN = 300;
const FILTERS = {
  All: () => true,
  "App calls": (entry) => entry.kind === "api",
  "Sent to app": (entry) => entry.kind !== "api",
  Failed: (entry) => !entry.ok,
};

export class Inspector {
  #state;
  #node = document.getElementById("inspector");
  #toggle = document.getElementById("traffic-toggle");
  #list = el("ol", { class: "traffic", "aria-label": "Traffic, newest first" });
  #filter = "All";

  constructor(state) {
    this.#state = state;
    this.#toggle.addEventListener("click", () => this.#open(this.#node.hidden));
    this.#node.addEventListener("keydown", (event) => event.key === "Escape" && this.#open(false));
    state.on("thread", (thread) => thread && this.#open(false));
    state.on("traffic", (entry) => this.#add(entry));
  }

  #open(isOpen) {
    if (this.#node.hidden === !isOpen) return;
    const hadFocus = this.#node.contains(document.activeElement);
    this.#node.hidden = !isOpen;
    this.#toggle.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) {
      if (hadFocus) this.#toggle.focus();
      return;
    }
    this.#state.tell("traffic-open");
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
    fill(
      this.#node,
      el("header", { class: "pane-head" }, el("h2", {}, "Traffic"), this.#filters(), close),
      this.#list,
    );
    this.#draw();
    close.focus();
  }

  #filters() {
    const choose = ({ target }) => {
      this.#filter = target.value;
      this.#draw();
    };
    return el(
      "select",
      { class: "input select select-small", "aria-label": "Show", onchange: choose },
      Object.keys(FILTERS).map((name) => el("option", { selected: name === this.#filter }, name)),
    );
  }

  #draw() {
    const shown = this.#state.traffic.filter(FILTERS[this.#filter]).slice(-SHOWN).reverse();
    fill(
      this.#list,
      shown.length ? shown.map(row) : el("li", { class: "beginning" }, "Nothing yet."),
    );
  }

  #add(entry) {
    if (this.#node.hidden || !FILTERS[this.#filter](entry)) return;
    this.#list.querySelector(".beginning")?.remove();
    this.#list.prepend(row(entry));
    if (this.#list.childElementCount > SHOWN) this.#list.lastElementChild.remove();
  }
}

function row(entry) {
  const isFromApp = entry.from === "app";
  const inside = el("div", { class: "entry-inside" });
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
      el("time", { class: "entry-at" }, clockWithSeconds(entry.at)),
    ),
    inside,
  );
  // Most are never looked into: the JSON is written out when one is.
  details.addEventListener(
    "toggle",
    () =>
      details.open &&
      fill(
        inside,
        part(isFromApp ? "Request" : "Sent", entry.request),
        entry.response && part("Response", entry.response),
      ),
    { once: true },
  );
  return el("li", {}, details);
}

function part(title, value) {
  return [el("h3", {}, title), el("pre", { tabindex: 0 }, JSON.stringify(value, null, 2))];
}

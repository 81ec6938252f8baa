/** The app's Home tab. */

import { byId, el, setChildren } from "./dom.js";
import { ViewBody } from "./overlays/viewbody.js";
import { perform } from "./perform.js";

export class Home {
  #state;
  #node = byId("home");
  #timeline = byId("timeline");
  /** @type {ViewBody | null} */
  #body = null;

  /** @param {Page.State} state */
  constructor(state) {
    this.#state = state;
    state.on(["screen", "home"], () => this.#draw());
    state.on("person", () => {
      this.#body = null;
    });
    state.on("place", ({ kind }) => {
      this.#node.hidden = kind !== "home";
      this.#timeline.hidden = kind === "home";
      this.#draw();
      if (kind === "home") perform(state, "home");
    });
  }

  #draw() {
    const { home, app, place } = this.#state;
    if (place.kind !== "home") return;
    if (!home) {
      setChildren(
        this.#node,
        el("p", { class: "empty-state" }, `${app.name} hasn't published a Home tab for you yet.`),
      );
      return;
    }
    this.#body ??= new ViewBody(this.#state, "home-body");
    this.#body.show(home);
    if (this.#body.node.parentElement !== this.#node) setChildren(this.#node, this.#body.node);
  }
}

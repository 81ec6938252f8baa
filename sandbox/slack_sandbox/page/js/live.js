/** The live stream of a person's screen. Reconnects when the connection breaks. */

import { get } from "./api.js";
import { afterPointerRelease } from "./pointer.js";

const INITIAL_DELAY = 250; // ms, doubled up to MAX_DELAY
const MAX_DELAY = 4000;

export class Live {
  #state;
  /** @type {WebSocket | null} */
  #socket = null;
  #delay = INITIAL_DELAY;
  #timer = 0;

  /** @param {Page.State} state */
  constructor(state) {
    this.#state = state;
  }

  /**
   * Follow the screen of this person.
   * @param {string} personId
   */
  follow(personId) {
    clearTimeout(this.#timer);
    this.#socket?.close();
    this.#connect(personId);
  }

  /** @param {string} personId */
  #connect(personId) {
    const socket = new WebSocket(
      `${location.origin.replace("http", "ws")}/control/live/${personId}`,
    );
    this.#socket = socket;
    const isCurrent = () => this.#socket === socket;
    /** @type {Sandbox.Frame[] | null} frames that arrived before the screen */
    let early = [];
    socket.addEventListener("open", async () => {
      await this.#fetch(personId, isCurrent);
      for (const frame of early ?? []) this.#state.apply(frame);
      early = null;
    });
    socket.addEventListener("message", ({ data }) => {
      const frame = JSON.parse(data);
      if (!isCurrent()) return;
      if (early) early.push(frame);
      else afterPointerRelease(() => isCurrent() && this.#state.apply(frame));
    });
    socket.addEventListener("close", () => isCurrent() && this.#reconnect(personId));
  }

  /**
   * Load the screen and the traffic. The stream is already open, so no change is lost in between.
   * @param {string} personId
   * @param {() => boolean} isCurrent
   */
  async #fetch(personId, isCurrent) {
    const after = this.#state.traffic.at(-1)?.id ?? 0;
    /** @type {[Sandbox.Screen, {entries: Sandbox.TrafficEntry[]}]} */
    const [screen, traffic] = await Promise.all([
      get(`/control/screen/${personId}`),
      get(`/control/traffic?after=${after}`),
    ]);
    if (!isCurrent()) return;
    this.#delay = INITIAL_DELAY;
    this.#state.load(screen);
    for (const entry of traffic.entries) this.#state.on_traffic({ entry });
    this.#state.emit("connection", { up: true });
  }

  /** @param {string} personId */
  #reconnect(personId) {
    this.#state.emit("connection", { up: false });
    this.#timer = setTimeout(() => this.#connect(personId), this.#delay);
    this.#delay = Math.min(this.#delay * 2, MAX_DELAY);
  }
}

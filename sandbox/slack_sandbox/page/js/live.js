/** The live stream of one person's screen: connects, fetches the screen, and again when it breaks. */

import { get } from "./api.js";
import { whenReleased } from "./pressed.js";

const FIRST_WAIT = 250; // ms, doubled up to LONGEST_WAIT
const LONGEST_WAIT = 4000;

export class Live {
  #state;
  /** @type {WebSocket | null} */
  #socket = null;
  #wait = FIRST_WAIT;
  #timer = 0;

  /** @param {Page.State} state */
  constructor(state) {
    this.#state = state;
  }

  /**
   * Follow this person from now on.
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
    /** @type {Sandbox.Frame[] | null} frames that came before the screen did */
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
      else whenReleased(() => isCurrent() && this.#state.apply(frame));
    });
    socket.addEventListener("close", () => isCurrent() && this.#again(personId));
  }

  /**
   * The stream is opened first, so that nothing falls between it and the screen.
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
    this.#wait = FIRST_WAIT;
    this.#state.load(screen);
    for (const entry of traffic.entries) this.#state.on_traffic({ entry });
    this.#state.tell("connection", { up: true });
  }

  /** @param {string} personId */
  #again(personId) {
    this.#state.tell("connection", { up: false });
    this.#timer = setTimeout(() => this.#connect(personId), this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
  }
}

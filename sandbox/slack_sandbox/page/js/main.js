/** Entry point: builds the page, chooses the acting person and the place, and follows links. */

import { parseAddress, readAddress, writeAddress } from "./address.js";
import { get } from "./api.js";
import { Composer } from "./chat/composer.js";
import { Header } from "./chat/header.js";
import { Sidebar } from "./chat/sidebar.js";
import { Thread } from "./chat/thread.js";
import { Timeline } from "./chat/timeline.js";
import { byId } from "./dom.js";
import { loadEmoji } from "./emoji.js";
import { Home } from "./home.js";
import { Inspector } from "./inspector.js";
import { Live } from "./live.js";
import { Modals } from "./overlays/modals.js";
import { Notices } from "./overlays/notices.js";
import { canActAs, State } from "./state.js";

const state = new State();
const live = new Live(state);
/** @type {Sandbox.Workspace} */
const workspace = await get("/control/workspace");
state.setWorkspace(workspace);
loadEmoji(workspace.emoji);

const sidebar = new Sidebar(state, actAs);
new Header(state, () => sidebar.toggle(true));
const timeline = new Timeline(state);
new Composer(state);
const thread = new Thread(state);
new Home(state);
new Modals(state);
new Inspector(state);
new Notices(byId("notices"), state);

let requested = readAddress();
state.on("screen", showRequestedPlace);
state.on("connection", ({ up }) => {
  byId("connection").textContent = up ? "" : "The sandbox isn't responding. Reconnecting …";
});
window.addEventListener("popstate", () => {
  requested = readAddress();
  const person = requestedPerson();
  if (!person) return;
  if (person.id === state.me.id) showRequestedPlace();
  else actAs(person);
});
document.addEventListener("click", (event) => {
  /** @type {HTMLAnchorElement | null} */
  const anchor = event.target instanceof Element ? event.target.closest("a[href]") : null;
  const place = anchor && parseAddress(anchor.href, state);
  if (!place || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (place.home) goTo({ kind: "home" });
  else if (place.channel) open(place.channel, place.ts);
});
const actor = requestedPerson();
if (actor) actAs(actor);

function requestedPerson() {
  const person = requested.as && state.findPerson(requested.as);
  return person && canActAs(person) ? person : state.workspace.people.find(canActAs);
}

/**
 * Act as another person. Stay in the same place if they can see it.
 * @param {Sandbox.Person} person
 */
function actAs(person) {
  state.setActor(person);
  live.follow(person.id);
}

/** Show the place in the address, else the current place, else a default place. */
function showRequestedPlace() {
  const { channel, home, ts } = requested;
  requested = {};
  if (channel && state.findChannel(channel)) open(channel, ts);
  else if (state.app.has_home && (home || state.place.kind === "home")) goTo({ kind: "home" });
  else goTo({ kind: "channel", id: state.channel?.id ?? state.firstChannel()?.id });
}

/**
 * @param {string} key
 * @param {string} [ts]
 */
function open(key, ts) {
  const channel = state.findChannel(key);
  if (!channel) {
    state.emit("notice", { text: "You can't see that channel." });
    return;
  }
  goTo({ kind: "channel", id: channel.id });
  if (ts && !timeline.reveal(ts) && !thread.reveal(channel.id, ts))
    state.emit("notice", { text: "That message was deleted." });
}

/** @param {Page.Place} place */
function goTo(place) {
  state.setPlace(place);
  writeAddress(state);
}

/** Puts the page together: who acts, where they are, and what follows a link. */

import { get } from "./api.js";
import { Composer } from "./chat/composer.js";
import { Header } from "./chat/header.js";
import { Sidebar } from "./chat/sidebar.js";
import { Thread } from "./chat/thread.js";
import { Timeline } from "./chat/timeline.js";
import { byId } from "./dom.js";
import { learnEmoji } from "./emoji.js";
import { Home } from "./home.js";
import { Inspector } from "./inspector.js";
import { Live } from "./live.js";
import { Modals } from "./over/modals.js";
import { Notices } from "./over/notices.js";
import { placeOf, readAddress, writeAddress } from "./place.js";
import { canActAs, State } from "./state.js";

const state = new State();
const live = new Live(state);
/** @type {Sandbox.Workspace} */
const workspace = await get("/control/workspace");
state.enter(workspace);
learnEmoji(workspace.emoji);

const sidebar = new Sidebar(state, actAs);
new Header(state, () => sidebar.toggle(true));
const timeline = new Timeline(state);
new Composer(state);
const thread = new Thread(state);
new Home(state);
new Modals(state);
new Inspector(state);
new Notices(byId("notices"), state);

let wanted = readAddress();
state.on("screen", settle);
state.on("connection", ({ up }) => {
  byId("connection").textContent = up ? "" : "The sandbox does not answer. Trying again …";
});
window.addEventListener("popstate", () => {
  wanted = readAddress();
  const person = personWanted();
  if (!person) return;
  if (person.id === state.me.id) settle();
  else actAs(person);
});
document.addEventListener("click", (event) => {
  /** @type {HTMLAnchorElement | null} */
  const anchor = event.target instanceof Element ? event.target.closest("a[href]") : null;
  const place = anchor && placeOf(anchor.href, state);
  if (!place || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (place.home) goTo({ kind: "home" });
  else if (place.channel) open(place.channel, place.ts);
});
const first = personWanted();
if (first) actAs(first);

function personWanted() {
  const person = wanted.as && state.findPerson(wanted.as);
  return person && canActAs(person) ? person : state.workspace.people.find(canActAs);
}

/**
 * The place stays if the new person may see it.
 * @param {Sandbox.Person} person
 */
function actAs(person) {
  state.become(person);
  live.follow(person.id);
}

/** Go where the address says, once the screen is there; else stay, or start somewhere sensible. */
function settle() {
  const { channel, home, ts } = wanted;
  wanted = {};
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
    state.tell("notice", { text: "That channel is not one that you can see." });
    return;
  }
  goTo({ kind: "channel", id: channel.id });
  if (ts && !timeline.reveal(ts) && !thread.reveal(channel.id, ts))
    state.tell("notice", { text: "That message is not there any more." });
}

/** @param {Page.Place} place */
function goTo(place) {
  state.go(place);
  writeAddress(state);
}

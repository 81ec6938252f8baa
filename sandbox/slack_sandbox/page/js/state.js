/** What the acting person sees, kept current by live frames; views of it listen for what changed. */

import { isInChannel } from "./threads.js";

export class State extends EventTarget {
  workspace = null;
  me = null;
  channels = new Map();
  /** @type {Map<string, Map<string, any>>} messages by channel, by ts */
  messages = new Map();
  views = [];
  home = null;
  traffic = [];
  unread = new Set();
  /** @type {{channel: string, ts: string} | null} the thread that is open, by its first message */
  thread = null;
  /** @type {{kind: "channel", id: string} | {kind: "home"}} */
  place = { kind: "channel", id: "" };
  seq = 0;

  on(type, listener) {
    this.addEventListener(type, (event) => listener(event.detail));
  }

  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** @param {any} workspace as /control/workspace gives it */
  enter(workspace) {
    this.workspace = workspace;
    this.people = new Map(workspace.people.map((person) => [person.id, person]));
  }

  become(person) {
    this.me = person;
    this.unread.clear();
    this.tell("person", person);
  }

  /** Take over a whole screen. */
  load(screen) {
    this.seq = screen.seq;
    this.channels = new Map(screen.channels.map((channel) => [channel.id, channel]));
    this.messages = new Map(
      Object.entries(screen.messages).map(([id, list]) => [
        id,
        new Map(list.map((m) => [m.ts, m])),
      ]),
    );
    this.views = screen.views;
    this.home = screen.home;
    this.tell("screen");
  }

  /** Apply one live frame; those that the screen already holds are dropped. */
  apply(frame) {
    if (frame.seq <= this.seq && frame.type !== "traffic") return;
    this.seq = Math.max(this.seq, frame.seq);
    this[`on_${frame.type}`]?.(frame);
  }

  on_message({ channel, message }) {
    const known = this.messagesOf(channel);
    const isNew = !known.has(message.ts);
    known.set(message.ts, message);
    const isNews = isNew && isInChannel(message) && message.user !== this.me.id;
    if (isNews && !this.isOpen(channel)) this.unread.add(channel);
    this.tell("message", { channel, message, isNew });
  }

  on_message_deleted({ channel, ts }) {
    this.messagesOf(channel).delete(ts);
    this.tell("message_deleted", { channel, ts });
  }

  on_views({ views }) {
    this.views = views;
    this.tell("views");
  }

  on_home({ view }) {
    this.home = view;
    this.tell("home");
  }

  on_channel({ channel }) {
    if (channel.is_private && !channel.is_member) this.channels.delete(channel.id);
    else this.channels.set(channel.id, channel);
    this.tell("channel", channel);
  }

  on_person({ person }) {
    const known = { ...this.people.get(person.id), ...person };
    this.people.set(person.id, known);
    this.workspace.people = [...this.people.values()];
    if (this.me.id === person.id) this.me = known;
    this.tell("person-changed", known);
  }

  on_notice({ text }) {
    this.tell("notice", { text });
  }

  on_traffic({ entry }) {
    if (this.traffic.some((known) => known.id === entry.id)) return;
    this.traffic.push(entry);
    if (this.traffic.length > 1000) this.traffic.shift();
    this.tell("traffic", entry);
  }

  go(place) {
    this.place = place;
    if (place.kind === "channel") this.unread.delete(place.id);
    this.tell("place", place);
  }

  openThread(channel, ts) {
    this.thread = { channel, ts };
    this.tell("thread", this.thread);
  }

  closeThread() {
    this.thread = null;
    this.tell("thread", null);
  }

  get channel() {
    return this.place.kind === "channel" ? this.channels.get(this.place.id) : undefined;
  }

  get app() {
    return this.workspace.app;
  }

  /** The conversation with the app, once there is one. */
  get appChannel() {
    return [...this.channels.values()].find(
      (channel) => channel.is_im && channel.members.includes(this.app.bot_user_id),
    );
  }

  isOpen(channelId) {
    return this.place.kind === "channel" && this.place.id === channelId;
  }

  messagesOf(channelId) {
    if (!this.messages.has(channelId)) this.messages.set(channelId, new Map());
    return this.messages.get(channelId);
  }

  person(id) {
    return this.people.get(id);
  }

  /** By id or handle. */
  findPerson(key) {
    return this.workspace.people.find((person) => person.id === key || person.name === key);
  }

  /** By id or name. */
  findChannel(key) {
    return [...this.channels.values()].find(
      (channel) => channel.id === key || channel.name === key,
    );
  }

  /** Where a person starts: a channel that they share with the app, else the first that they are in. */
  firstChannel() {
    const channels = [...this.channels.values()].filter((channel) => !channel.is_im);
    const joined = channels.filter((channel) => channel.is_member && !channel.is_archived);
    return (
      joined.find((channel) => channel.members.includes(this.app.bot_user_id)) ??
      joined[0] ??
      channels[0]
    );
  }
}

/** Bots and deactivated people cannot be acted as. */
export function canActAs(person) {
  return !(person.is_bot || person.is_app || person.deleted || person.id === "USLACKBOT");
}

/** What the acting person sees. Live frames update it, and it emits an event for each change. */

import { isInChannel } from "./threads.js";

/** The workspace until it's loaded. @type {Sandbox.Workspace} */
const EMPTY_WORKSPACE = {
  team: { id: "", name: "" },
  app: {
    id: "",
    name: "",
    bot_user_id: "",
    has_home: false,
    has_messages_tab: false,
    accepts_direct_messages: false,
    commands: [],
    shortcuts: [],
  },
  people: [],
  emoji: [],
  built_in_commands: [],
};
/** The acting person until one is chosen. @type {Sandbox.Person} */
const EMPTY_PERSON = {
  id: "",
  name: "",
  real_name: "",
  is_bot: false,
  is_admin: false,
  is_restricted: false,
  deleted: false,
};

export class State extends EventTarget {
  workspace = EMPTY_WORKSPACE;
  me = EMPTY_PERSON;
  /** @type {Map<string, Sandbox.Person>} by ID */
  people = new Map();
  /** @type {Map<string, Sandbox.Channel>} by ID */
  channels = new Map();
  /** @type {Map<string, Map<string, Sandbox.Message>>} by channel, by ts */
  messages = new Map();
  /** @type {Sandbox.View[]} the stack of modals, the top one last */
  views = [];
  /** @type {Sandbox.View | null} */
  home = null;
  /** @type {Sandbox.TrafficEntry[]} */
  traffic = [];
  /** @type {Set<string>} unread channels */
  unread = new Set();
  /** @type {Page.MessageKey | null} the open thread, by its parent message */
  thread = null;
  /** @type {Page.Place} */
  place = { kind: "channel", id: "" };
  seq = 0;

  /**
   * Listen for events of these types.
   * @template {keyof Page.Events} Name
   * @param {Name | Name[]} types
   * @param {(detail: Page.Events[Name]) => unknown} listener
   */
  on(types, listener) {
    for (const type of [types].flat())
      this.addEventListener(type, (event) => {
        listener(/** @type {CustomEvent<Page.Events[Name]>} */ (event).detail);
      });
  }

  /**
   * Emit an event.
   * @template {keyof Page.Events} Name
   * @param {Name} type
   * @param {Page.Events[Name]} [detail]
   */
  emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** @param {Sandbox.Workspace} workspace from /control/workspace */
  setWorkspace(workspace) {
    this.workspace = workspace;
    this.people = new Map(workspace.people.map((person) => [person.id, person]));
  }

  /** @param {Sandbox.Person} person */
  setActor(person) {
    this.me = person;
    this.unread.clear();
    this.emit("person", person);
  }

  /**
   * Replace everything with a screen from the server.
   * @param {Sandbox.Screen} screen
   */
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
    this.emit("screen");
  }

  /**
   * Apply a live frame. Ignore it if the loaded screen already includes it.
   * @param {Sandbox.Frame} frame
   */
  apply(frame) {
    if (frame.seq <= this.seq && frame.type !== "traffic") return;
    this.seq = Math.max(this.seq, frame.seq);
    /** @type {((frame: Sandbox.Frame) => void) | undefined} */
    const handler = /** @type {any} */ (this)[`on_${frame.type}`];
    handler?.call(this, frame);
  }

  /** @param {{channel: string, message: Sandbox.Message}} frame */
  on_message({ channel, message }) {
    const known = this.messagesOf(channel);
    const isNew = !known.has(message.ts);
    known.set(message.ts, message);
    const isUnread = isNew && isInChannel(message) && message.user !== this.me.id;
    if (isUnread && !this.isOpen(channel)) this.unread.add(channel);
    this.emit("message", { channel, message, isNew });
  }

  /** @param {Page.MessageKey} frame */
  on_message_deleted({ channel, ts }) {
    this.messagesOf(channel).delete(ts);
    this.emit("message_deleted", { channel, ts });
  }

  /** @param {{views: Sandbox.View[]}} frame */
  on_views({ views }) {
    this.views = views;
    this.emit("views");
  }

  /** @param {{view: Sandbox.View | null}} frame */
  on_home({ view }) {
    this.home = view;
    this.emit("home");
  }

  /** @param {{channel: Sandbox.Channel}} frame */
  on_channel({ channel }) {
    if (channel.is_private && !channel.is_member) this.channels.delete(channel.id);
    else this.channels.set(channel.id, channel);
    this.emit("channel", channel);
  }

  /** @param {{person: Sandbox.Person}} frame */
  on_person({ person }) {
    const known = { ...this.people.get(person.id), ...person };
    this.people.set(person.id, known);
    this.workspace.people = [...this.people.values()];
    if (this.me.id === person.id) this.me = known;
    this.emit("person-changed", known);
  }

  /** @param {{text: string}} frame */
  on_notice({ text }) {
    this.emit("notice", { text });
  }

  /** @param {{entry: Sandbox.TrafficEntry}} frame */
  on_traffic({ entry }) {
    if (this.traffic.some((known) => known.id === entry.id)) return;
    this.traffic.push(entry);
    if (this.traffic.length > 1000) this.traffic.shift();
    this.emit("traffic", entry);
  }

  /** @param {Page.Place} place */
  setPlace(place) {
    this.place = place;
    if (place.kind === "channel") this.unread.delete(place.id);
    this.emit("place", place);
  }

  /**
   * @param {string} channel
   * @param {string} ts
   */
  openThread(channel, ts) {
    this.thread = { channel, ts };
    this.emit("thread", this.thread);
  }

  closeThread() {
    this.thread = null;
    this.emit("thread", null);
  }

  get channel() {
    return this.place.kind === "channel" ? this.channels.get(this.place.id) : undefined;
  }

  get app() {
    return this.workspace.app;
  }

  /** The direct message with the app, if there is one. */
  get appChannel() {
    return [...this.channels.values()].find(
      (channel) => channel.is_im && channel.members.includes(this.app.bot_user_id),
    );
  }

  /** @param {string} channelId */
  isOpen(channelId) {
    return this.place.kind === "channel" && this.place.id === channelId;
  }

  /**
   * @param {string} channelId
   * @returns {Map<string, Sandbox.Message>}
   */
  messagesOf(channelId) {
    const known = this.messages.get(channelId) ?? new Map();
    this.messages.set(channelId, known);
    return known;
  }

  /** @param {string} id */
  person(id) {
    return this.people.get(id);
  }

  /**
   * Find a person by ID or handle.
   * @param {string} key
   */
  findPerson(key) {
    return this.workspace.people.find((person) => person.id === key || person.name === key);
  }

  /**
   * Find a channel by ID or name.
   * @param {string} key
   */
  findChannel(key) {
    return [...this.channels.values()].find(
      (channel) => channel.id === key || channel.name === key,
    );
  }

  /** Return the channel to start in: one that has the app, else the first joined channel. */
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

/**
 * Return whether you can act as a person: not as a bot or a deactivated person.
 * @param {Sandbox.Person} person
 */
export function canActAs(person) {
  return !(person.is_bot || person.is_app || person.deleted || person.id === "USLACKBOT");
}

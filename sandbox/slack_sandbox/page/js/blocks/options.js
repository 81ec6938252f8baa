/** What a select offers: its own options, people, channels or conversations. */

import { labelOf } from "../names.js";
import { bare } from "../text/texts.js";

/**
 * @typedef {{value: string, label: string, note?: string}} Offer
 * @param {any} element @param {any} state
 * @returns {{label: string, offers: Offer[]}[]} groups; a group without a label stands alone
 */
export function offersOf(element, state) {
  const kind = element.type.replace(/^multi_/, "");
  if (kind === "users_select") return [{ label: "", offers: people(state) }];
  if (kind === "channels_select")
    return [{ label: "", offers: channels(state, (c) => !c.is_im && !c.is_private) }];
  if (kind === "conversations_select") return conversations(element, state);
  return groupsOf(element);
}

/** Options that stand alone or in groups, in an element or in an app's answer. */
export function groupsOf({ options = [], option_groups: groups }) {
  if (!groups) return [{ label: "", offers: options.map(offer) }];
  return groups.map((group) => ({
    label: bare(group.label),
    offers: group.options.map(offer),
  }));
}

/** The raw values that an element starts with. @returns {string[]} */
export function initialOf(element, state) {
  const one =
    element.initial_option?.value ??
    element.initial_user ??
    element.initial_channel ??
    element.initial_conversation;
  if (one) return [one];
  const options = element.initial_options?.map((option) => option.value);
  const several =
    options ?? element.initial_users ?? element.initial_channels ?? element.initial_conversations;
  if (several?.length || !element.default_to_current_conversation) return several ?? [];
  return state.channel ? [state.channel.id] : [];
}

function offer(option) {
  return {
    value: option.value,
    label: bare(option.text),
    note: option.description ? bare(option.description) : undefined,
  };
}

function people(state) {
  const there = state.workspace.people.filter((person) => !person.deleted);
  return there.map((person) => ({
    value: person.id,
    label: labelOf(person),
    note: `@${person.name}`,
  }));
}

function channels(state, belongs) {
  const there = [...state.channels.values()].filter(
    (channel) => !channel.is_archived && belongs(channel),
  );
  return there.map((channel) => ({
    value: channel.id,
    label: `${channel.is_im ? "@" : "#"}${channel.name}`,
  }));
}

function conversations(element, state) {
  const kinds = element.filter?.include ?? ["public", "private", "im", "mpim"];
  const kindOf = (channel) => (channel.is_im ? "im" : channel.is_private ? "private" : "public");
  return [{ label: "", offers: channels(state, (channel) => kinds.includes(kindOf(channel))) }];
}

/** What a select offers: its own options, people, channels or conversations. */

import { labelOf } from "../names.js";
import { bare } from "../text/texts.js";

/**
 * @typedef {{value: string, label: string, note?: string}} Offer
 * @param {Slack.Select} element
 * @param {Page.State} state
 * @returns {Page.OfferGroup[]} groups; a group without a label stands alone
 */
export function offersOf(element, state) {
  const kind = element.type.replace(/^multi_/, "");
  if (kind === "users_select") return [{ label: "", offers: people(state) }];
  if (kind === "channels_select")
    return [{ label: "", offers: channels(state, (c) => !c.is_im && !c.is_private) }];
  if (kind === "conversations_select") return conversations(element, state);
  return groupsOf(element);
}

/**
 * Options that stand alone or in groups, in an element or in an app's answer.
 * @param {Slack.Options} given
 * @returns {Page.OfferGroup[]}
 */
export function groupsOf({ options = [], option_groups: groups }) {
  if (!groups) return [{ label: "", offers: options.map(offer) }];
  return groups.map((group) => ({
    label: bare(group.label),
    offers: group.options.map(offer),
  }));
}

/**
 * The raw values that an element starts with.
 * @param {Slack.Select} element
 * @param {Page.State} state
 * @returns {string[]}
 */
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

/**
 * @param {Slack.Option} option
 * @returns {Page.Offer}
 */
function offer(option) {
  return {
    value: option.value,
    label: bare(option.text),
    note: option.description ? bare(option.description) : undefined,
  };
}

/**
 * @param {Page.State} state
 * @returns {Page.Offer[]}
 */
function people(state) {
  const there = state.workspace.people.filter((person) => !person.deleted);
  return there.map((person) => ({
    value: person.id,
    label: labelOf(person),
    note: `@${person.name}`,
  }));
}

/**
 * @param {Page.State} state
 * @param {(channel: Sandbox.Channel) => boolean} belongs
 * @returns {Page.Offer[]}
 */
function channels(state, belongs) {
  const there = [...state.channels.values()].filter(
    (channel) => !channel.is_archived && belongs(channel),
  );
  return there.map((channel) => ({
    value: channel.id,
    label: `${channel.is_im ? "@" : "#"}${channel.name}`,
  }));
}

/**
 * @param {Slack.Select} element
 * @param {Page.State} state
 * @returns {Page.OfferGroup[]}
 */
function conversations(element, state) {
  const kinds = element.filter?.include ?? ["public", "private", "im", "mpim"];
  /** @param {Sandbox.Channel} channel */
  const kindOf = (channel) => (channel.is_im ? "im" : channel.is_private ? "private" : "public");
  return [{ label: "", offers: channels(state, (channel) => kinds.includes(kindOf(channel))) }];
}

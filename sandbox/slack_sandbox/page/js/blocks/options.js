/** Items of selects: options, people, channels or conversations. */

import { displayName } from "../people.js";
import { plainText } from "../text/textobjects.js";

/**
 * @param {Slack.Select} element
 * @param {Page.State} state
 * @returns {Page.SelectGroup[]}
 */
export function selectGroups(element, state) {
  const type = element.type.replace(/^multi_/, "");
  if (type === "users_select") return [{ label: "", items: people(state) }];
  if (type === "channels_select")
    return [{ label: "", items: channels(state, (c) => !c.is_im && !c.is_private) }];
  if (type === "conversations_select") return conversations(element, state);
  return optionGroups(element);
}

/**
 * Return the options of an element or of an app's answer as groups.
 * @param {Slack.Options} source
 * @returns {Page.SelectGroup[]}
 */
export function optionGroups({ options = [], option_groups: groups }) {
  if (!groups) return [{ label: "", items: options.map(toItem) }];
  return groups.map((group) => ({
    label: plainText(group.label),
    items: group.options.map(toItem),
  }));
}

/**
 * Return the raw values that are selected initially.
 * @param {Slack.Select} element
 * @param {Page.State} state
 * @returns {string[]}
 */
export function initialValues(element, state) {
  const single =
    element.initial_option?.value ??
    element.initial_user ??
    element.initial_channel ??
    element.initial_conversation;
  if (single) return [single];
  const options = element.initial_options?.map((option) => option.value);
  const multiple =
    options ?? element.initial_users ?? element.initial_channels ?? element.initial_conversations;
  if (multiple?.length || !element.default_to_current_conversation) return multiple ?? [];
  return state.channel ? [state.channel.id] : [];
}

/**
 * @param {Slack.Option} option
 * @returns {Page.SelectItem}
 */
function toItem(option) {
  return {
    value: option.value,
    label: plainText(option.text),
    note: option.description ? plainText(option.description) : undefined,
  };
}

/**
 * @param {Page.State} state
 * @returns {Page.SelectItem[]}
 */
function people(state) {
  const active = state.workspace.people.filter((person) => !person.deleted);
  return active.map((person) => ({
    value: person.id,
    label: displayName(person),
    note: `@${person.name}`,
  }));
}

/**
 * @param {Page.State} state
 * @param {(channel: Sandbox.Channel) => boolean} isIncluded
 * @returns {Page.SelectItem[]}
 */
function channels(state, isIncluded) {
  const matching = [...state.channels.values()].filter(
    (channel) => !channel.is_archived && isIncluded(channel),
  );
  return matching.map((channel) => ({
    value: channel.id,
    label: `${channel.is_im ? "@" : "#"}${channel.name}`,
  }));
}

/**
 * @param {Slack.Select} element
 * @param {Page.State} state
 * @returns {Page.SelectGroup[]}
 */
function conversations(element, state) {
  const types = element.filter?.include ?? ["public", "private", "im", "mpim"];
  /** @param {Sandbox.Channel} channel */
  const typeOf = (channel) => (channel.is_im ? "im" : channel.is_private ? "private" : "public");
  return [{ label: "", items: channels(state, (channel) => types.includes(typeOf(channel))) }];
}

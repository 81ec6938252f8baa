/** Plans and tasks of AI agents (docs.slack.dev/reference/block-kit/blocks/plan-block, …/task-card-block). */

import { el } from "../dom.js";
import { link } from "../links.js";
import { richText } from "../text/richtext.js";
import { textNodes } from "../text/textobjects.js";

const STATUS = { pending: "To do", in_progress: "In progress", complete: "Done", error: "Failed" };

/**
 * @param {Slack.Plan} block
 * @param {Page.Surface} surface
 */
export function plan(block, surface) {
  return el(
    "div",
    { class: "container" },
    el("div", { class: "container-head card-title" }, textNodes(block.title, surface.state)),
    el(
      "ol",
      { class: "container-body tasks" },
      (block.tasks ?? []).map((task) => el("li", {}, taskContent(task, surface.state))),
    ),
  );
}

/**
 * @param {Slack.TaskCard} block
 * @param {Page.Surface} surface
 */
export function taskCard(block, surface) {
  return el("div", { class: "card" }, taskContent(block, surface.state));
}

/**
 * @param {Slack.Task} task
 * @param {Page.State} state
 */
function taskContent({ title, status = "pending", details, output, sources }, state) {
  return [
    el(
      "div",
      { class: "task-head" },
      el("span", { class: "card-title" }, textNodes(title, state)),
      el("span", { class: `task-status task-${status}` }, STATUS[status] ?? status),
    ),
    [details, output]
      .filter(Boolean)
      .map((rich) => rich && el("div", { class: "card-body" }, richText(rich, state))),
    sources &&
      sources.length > 0 &&
      el(
        "ul",
        { class: "task-sources", "aria-label": "Sources" },
        sources.map(({ url, text }) => el("li", {}, link(url, text))),
      ),
  ];
}

"""A project's card: its message in the channel, which shows only that project's data."""

import re
from collections.abc import Sequence

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import hurt_values, quantity, steps_done, times, value_names, weeks
from bot.views.data.people import someone
from bot.views.data.project_state import ProjectState
from bot.views.parts.project_state import OPEN, status_parts
from domain.formatting import collapse_whitespace, format_scored_by, format_signed, shorten
from domain.projects.lifecycle import Status
from domain.projects.links import link_label
from domain.projects.progress import Progress
from domain.projects.proposal import Proposal
from domain.ranking.charter import Charter, Value
from domain.ranking.ranking import RankedProject, Section

SCORE = "score"
MORE = "more"
WHY, EDIT, STEPS, MOVE, HISTORY = "why", "edit", "steps", "move", "history"
MAX_SUMMARY_LENGTH = 600
MAX_STEP_LENGTH = 200
DONE_ICON = ":white_check_mark:"
ALL_DONE = "All steps are done. To mark the project as shipped, choose ⋯ → *More actions*."
SPLIT_HINT = (
    "This takes more than six engineer-weeks. Could you split it into projects that each ship"
    " something?"
)
NOTHING = "–"
# Toil is counted if it starts with what is counted: 6 *pages* a month *from db-primary*.
COUNTED_TOIL = re.compile(
    r"(pages|bugs|interrupts|alerts|incidents|tickets|requests)\b", re.IGNORECASE
)


def card(
    number: int,
    permanent_id: str,
    proposer: str,
    proposal: Proposal,
    ranked: RankedProject,
    charter: Charter,
    state: ProjectState = OPEN,
) -> block_kit.Message:
    """Return the card of one project, ranked alone: it has impacts and a section, but no rank."""
    title = f"#{number}  {collapse_whitespace(proposal.title)}"
    summary = proposal.summary
    progress = _progress(proposal, state)
    return block_kit.message(
        [
            block_kit.Part(
                [
                    block_kit.rich_text(block_kit.text(title, bold=True)),
                    block_kit.rich_text(*block_kit.typed(summary, MAX_SUMMARY_LENGTH)),
                ],
                [escape(f"{title}: {collapse_whitespace(shorten(summary, MAX_SUMMARY_LENGTH))}")],
            ),
            *status_parts(state),
            _facts(proposer, proposal, state, counting_steps=not progress),
            *progress,
            *_results(ranked, charter, state),
            *[
                block_kit.remark(note, icon)
                for icon, note in _notes(proposal, ranked, charter, state)
            ],
            block_kit.Part([_buttons(permanent_id, state)], []),
            *([block_kit.remark(_reaction_hint(charter))] if state.is_ranked else []),
        ]
    )


def _buttons(permanent_id: str, state: ProjectState) -> block_kit.Block:
    """Return the buttons. A project that isn't ranked can't be scored.

    Their values have the project's permanent id, because another store may have given the project's
    number to another project. Cards from earlier versions have the number. Slack allows at most
    five options in an overflow menu.
    """
    labels = {WHY: "Why", EDIT: "Edit", STEPS: "Steps", MOVE: "More actions", HISTORY: "History"}
    if not state.is_ranked:
        labels = {MOVE: "More actions", HISTORY: "History"}
    options = [
        block_kit.option(label, f"{action}:{permanent_id}") for action, label in labels.items()
    ]
    score = block_kit.button("Score", SCORE, permanent_id, primary=True)
    return block_kit.stable_actions(
        *([score] if state.is_ranked else []), block_kit.overflow(MORE, options)
    )


def _progress(proposal: Proposal, state: ProjectState) -> list[block_kit.Part]:
    """Show how many steps are done, once the project has started."""
    if not proposal.steps or not (state.steps_done or state.status is Status.STARTED):
        return []
    progress = Progress.of(proposal.steps, state.steps_done)
    if progress.next_step is None:
        return [block_kit.remark(ALL_DONE if state.is_ranked else "All steps are done.", DONE_ICON)]
    done_count = steps_done(progress)
    if not state.is_ranked:
        return [block_kit.remark(f"{done_count}.", DONE_ICON)]
    next_step = collapse_whitespace(progress.next_step)
    block = block_kit.rich_text(
        block_kit.emoji(DONE_ICON.strip(":")),
        block_kit.text(f" {done_count} · next: "),
        *block_kit.typed(next_step, MAX_STEP_LENGTH),
    )
    line = f"{done_count} · next: {escape(shorten(next_step, MAX_STEP_LENGTH))}"
    return [block_kit.Part([block], [line])]


def _facts(
    proposer: str, proposal: Proposal, state: ProjectState, *, counting_steps: bool
) -> block_kit.Part:
    """Show the people, effort, toil, software and link on one line."""
    parts = [block_kit.text("Proposed by "), block_kit.mention(proposer)]
    text = f"Proposed by {someone(proposer)}"
    if state.owner:
        parts += [block_kit.text(" · Owner "), block_kit.mention(state.owner)]
        text += f" · Owner {someone(state.owner)}"
    steps = len(proposal.steps)
    facts = [
        *(["No owner"] if state.is_ranked and not state.owner else []),
        weeks(proposal.effort_weeks),
        *([quantity(steps, "safe step", "safe steps")] if steps and counting_steps else []),
        *map(collapse_whitespace, _typed_facts(proposal)),
    ]
    for fact in facts:
        parts += [block_kit.text(" · "), *block_kit.typed(fact)]
        text += f" · {escape(fact)}"
    if proposal.link:
        label = link_label(proposal.link)
        parts += [
            block_kit.text(" · "),
            block_kit.emoji("link"),
            block_kit.text(" "),
            block_kit.link(proposal.link, label),
        ]
        text += f" · {escape(f'{label}: {proposal.link}')}"
    return block_kit.Part([block_kit.rich_text(*parts)], [text])


def _typed_facts(proposal: Proposal) -> list[str]:
    facts = []
    source, per_month = proposal.toil_source, proposal.toil_per_month
    counted = COUNTED_TOIL.match(source)
    if per_month and per_month > 1 and counted:
        rest = source[counted.end() :]
        facts.append(f"removes about {per_month} {counted[0].lower()} a month{rest}")
    elif per_month:
        what = f": {source}" if source else ""
        facts.append(f"removes toil that happens about {times(per_month)} a month{what}")
    elif source:
        facts.append(f"removes toil: {source}")
    if proposal.software_removed:
        facts.append(f"removes software: {proposal.software_removed}")
    if proposal.software_added:
        facts.append(f"adds software: {proposal.software_added}")
    return facts


def _results(ranked: RankedProject, charter: Charter, state: ProjectState) -> list[block_kit.Part]:
    """Show what the project helps and hurts, or how many scores are missing.

    A merged project shows nothing: its votes and scores count in the other project.
    """
    if state.status is Status.MERGED:
        return []
    backers = f":+1: {len(ranked.candidate.backers)}"
    if ranked.results_visible:
        scored = format_scored_by(ranked.scorer_count, ranked.quorum).capitalize()
        return [
            _helps_and_hurts(ranked, charter),
            block_kit.remark(f"{scored} · {backers}"),
        ]
    if not state.is_ranked:
        return [block_kit.remark(backers)]
    return [block_kit.statement(ranked.explain()), block_kit.remark(backers)]


def _helps_and_hurts(ranked: RankedProject, charter: Charter) -> block_kit.Part:
    helped = [value for value in charter.values if value.key in ranked.moved]
    hurt = [value for value in charter.values if ranked.impact[value.key] <= -charter.moves_at]

    def listed(values: Sequence[Value], template: str) -> str:
        texts = [
            template.format(value=value, impact=format_signed(ranked.impact[value.key]))
            for value in values
        ]
        return " · ".join(texts) or NOTHING

    with_emoji, without = (
        ":{value.emoji}: {value.inline_name} {impact}",
        "{value.inline_name} {impact}",
    )
    return block_kit.Part(
        [
            block_kit.section(
                f"*Helps* {listed(helped, with_emoji)}     *Hurts* {listed(hurt, with_emoji)}"
            )
        ],
        [f"Helps {listed(helped, without)}. Hurts {listed(hurt, without)}."],
    )


def _reaction_hint(charter: Charter) -> str:
    values = " ".join(f":{value.emoji}: {value.inline_name}" for value in charter.values)
    return f":+1: backs this project. To say what it helps, react with {values}"


def _notes(
    proposal: Proposal, ranked: RankedProject, charter: Charter, state: ProjectState
) -> list[tuple[str, str]]:
    """Return the emoji and text of each warning or hint, while the project is ranked."""
    if not state.is_ranked:
        return []
    notes = []
    if ranked.section is Section.HELD:
        hurt = [value.key for value in hurt_values(ranked, charter)]
        notes.append((":octagonal_sign:", f"On hold: it hurts {value_names(hurt, charter)}."))
    if ranked.section is Section.OUT_OF_SCOPE:
        notes.append((":grey_question:", "It helps none of your values."))
    if proposal.needs_steps:
        notes.append(
            (":warning:", "This takes more than two engineer-weeks but has no safe steps yet.")
        )
    if proposal.should_be_split:
        notes.append((":bulb:", SPLIT_HINT))
    if proposal.software_added and not proposal.software_removed:
        notes.append((":warning:", "It adds software that the team has to run."))
    return notes

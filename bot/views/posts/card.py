"""A project's card: its message in the channel, which shows only that project's data."""

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import hurt_values, quantity, steps_done, value_names, weeks
from bot.views.data.people import someone
from bot.views.data.project_state import ProjectState
from bot.views.parts.project_state import OPEN, status_parts
from domain.formatting import collapse_whitespace, format_signed, join_with_and, shorten
from domain.projects.lifecycle import Status
from domain.projects.progress import Progress
from domain.projects.proposal import Proposal
from domain.ranking.charter import Charter
from domain.ranking.ranking import RankedProject, Section

SCORE = "score"
MORE = "more"
WHY, EDIT, STEPS, MOVE, HISTORY = "why", "edit", "steps", "move", "history"
MAX_SUMMARY_LENGTH = 600
MAX_STEP_LENGTH = 200
DONE_ICON = ":white_check_mark:"
ALL_DONE = "All steps are done: *Change status…* ships it."
SPLIT_HINT = "Over six weeks: could it be several projects, each of which ships something?"
REACTION_HINT = "React :+1: to back it, or with a value's emoji to say what it moves."


def card(
    number: int,
    proposer: str,
    proposal: Proposal,
    ranked: RankedProject,
    charter: Charter,
    state: ProjectState = OPEN,
) -> block_kit.Message:
    """Return the card of one project, ranked alone: it has impacts and a section, but no rank."""
    title = f"#{number}  {collapse_whitespace(proposal.title)}"
    summary = shorten(proposal.summary, MAX_SUMMARY_LENGTH)
    progress = _progress(proposal, state)
    return block_kit.message(
        [
            block_kit.Part(
                [
                    block_kit.rich_text(block_kit.text(title, bold=True)),
                    block_kit.rich_text(block_kit.text(summary)),
                ],
                [escape(f"{title}: {collapse_whitespace(summary)}")],
            ),
            *status_parts(state),
            _facts(proposer, proposal, counting_steps=not progress),
            *progress,
            *_impacts(ranked, charter, state),
            *[
                block_kit.remark(note, icon)
                for icon, note in _notes(proposal, ranked, charter, state)
            ],
            block_kit.Part([_buttons(number, state)], []),
            *([block_kit.remark(REACTION_HINT)] if state.is_ranked else []),
        ]
    )


def _buttons(number: int, state: ProjectState) -> block_kit.Block:
    """Return the buttons. A project that isn't ranked can't be scored.

    Slack allows at most five options in an overflow menu.
    """
    labels = {WHY: "Why this rank", EDIT: "Edit", STEPS: "Steps", MOVE: "Change status…"}
    if not state.is_ranked:
        labels = {MOVE: "Reopen…"}
    labels[HISTORY] = "History"
    options = [block_kit.option(label, f"{action}:{number}") for action, label in labels.items()]
    score = [block_kit.button("Score", SCORE, str(number), primary=True)] if state.is_ranked else []
    return block_kit.stable_actions(*score, block_kit.overflow(MORE, options))


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
    next_step = f"next: {shorten(collapse_whitespace(progress.next_step), MAX_STEP_LENGTH)}"
    context = block_kit.context(
        block_kit.mrkdwn(f"{DONE_ICON} {done_count}"), block_kit.literal(next_step)
    )
    return [block_kit.Part([context], [f"{done_count} · {escape(next_step)}"])]


def _facts(proposer: str, proposal: Proposal, *, counting_steps: bool) -> block_kit.Part:
    """Show the proposer, effort, toil and software. Slack doesn't parse what people typed."""
    own_facts = [someone(proposer), weeks(proposal.effort_weeks)]
    if proposal.steps and counting_steps:
        own_facts.append(quantity(len(proposal.steps), "safe step", "safe steps"))
    typed_facts = []
    if proposal.toil_per_month:
        toil = f"removes ~{proposal.toil_per_month} a month"
        typed_facts.append(f"{toil}: {proposal.toil_source}" if proposal.toil_source else toil)
    elif proposal.toil_source:
        typed_facts.append(f"removes toil: {proposal.toil_source}")
    if proposal.software_removed:
        typed_facts.append(f"− {proposal.software_removed}")
    if proposal.software_added:
        typed_facts.append(f"+ {proposal.software_added}")
    facts, typed = " · ".join(own_facts), [collapse_whitespace(fact) for fact in typed_facts]
    return block_kit.Part(
        [block_kit.context(block_kit.mrkdwn(facts), *map(block_kit.literal, typed))],
        [f"Proposed by {facts}", *map(escape, typed)],
    )


def _impacts(ranked: RankedProject, charter: Charter, state: ProjectState) -> list[block_kit.Part]:
    """Show the impacts, or how many scores are missing.

    A merged project shows nothing: its votes and scores count in the other project.
    """
    if state.status is Status.MERGED:
        return []
    if ranked.section is Section.UNSCORED and not state.is_ranked:
        return [block_kit.remark(_tally(ranked))]
    if ranked.section is Section.UNSCORED:
        quorum_text = _quorum_text(ranked)
        return [
            block_kit.Part([block_kit.section(f"*{quorum_text}*")], [quorum_text]),
            block_kit.remark(_tally(ranked)),
        ]
    impacts = [
        f":{value.emoji}: {_emphasized(ranked.impact[value.key], charter)}"
        for value in charter.values
    ]
    section = block_kit.section("     ".join(impacts))
    return [
        block_kit.Part([section], [_impact_words(ranked, charter)]),
        block_kit.remark(_tally(ranked)),
    ]


def _emphasized(impact: float, charter: Charter) -> str:
    """Return an impact, in bold if it moves the needle."""
    return (
        f"*{format_signed(impact)}*" if abs(impact) >= charter.moves_at else format_signed(impact)
    )


def _quorum_text(ranked: RankedProject) -> str:
    return f"{ranked.scorer_count} of {ranked.quorum} have scored; results show at {ranked.quorum}"


def _impact_words(ranked: RankedProject, charter: Charter) -> str:
    return join_with_and(
        [f"{v.label} {format_signed(ranked.impact[v.key])}" for v in charter.values]
    )


def _tally(ranked: RankedProject) -> str:
    backers = f":+1: {len(ranked.candidate.backers)}"
    if ranked.section is Section.UNSCORED:  # The line above says how many have scored.
        return backers
    scored = "1 has scored" if ranked.scorer_count == 1 else f"{ranked.scorer_count} have scored"
    return f"{scored} · {backers}"


def _notes(
    proposal: Proposal, ranked: RankedProject, charter: Charter, state: ProjectState
) -> list[tuple[str, str]]:
    """Return the emoji and text of each warning or hint, while the project is ranked."""
    if not state.is_ranked:
        return []
    notes = []
    if ranked.section is Section.HELD:
        hurt = [value.key for value in hurt_values(ranked, charter)]
        notes.append((":octagonal_sign:", f"Held: it hurts {value_names(hurt, charter)}."))
    if ranked.section is Section.OUT_OF_SCOPE:
        notes.append((":grey_question:", "It moves none of our values."))
    if proposal.needs_steps:
        notes.append((":warning:", "One big step: more than two weeks and no safe steps yet."))
    if proposal.should_be_split:
        notes.append((":bulb:", SPLIT_HINT))
    if proposal.software_added and not proposal.software_removed:
        notes.append((":warning:", "It adds software to run."))
    return notes

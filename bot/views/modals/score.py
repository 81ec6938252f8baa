"""The form to score a project, with an impact for each value. It is blind until the quorum."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.views.blocks import block_kit, modal
from bot.views.blocks.formatting import quantity, signed_impact, weeks
from bot.views.data.people import someone
from domain.formatting import collapse_whitespace
from domain.graphemes import cut
from domain.projects.proposal import Proposal
from domain.ranking.charter import IMPACTS, Charter

CALLBACK = "score"
COMMENT = "comment"
POST_COMMENT = "post_comment"
SAVE_AND_NEXT = "score_save_and_next"
SCORE_NEXT = "score_next"
NO_OPINION = "none"
MAX_COMMENTS = 20  # Slack accepts at most 100 blocks in a view.

ALL_SCORED = "No project needs your score now. `/roadmap` shows the ranking."
SCORERS_SEE = "people who have scored this project see each other's scores."
HOW_TO_ANSWER = (
    "Values that you leave at *0* count as no effect. If you don't know, choose *No opinion*."
)


@dataclass(frozen=True)
class ScoreForm:
    """The data of a score form. Others' impacts and comments are empty unless the person may see
    them. An impact of None is *No opinion*.
    """

    channel_id: str
    number: int
    proposer: str
    proposal: Proposal
    own_impacts: Mapping[str, int | None] | None  # None if the person hasn't answered
    comment: str
    others: Mapping[str, Mapping[str, int | None]]
    comments: Mapping[str, str]
    quorum: int  # how many people must score the project before results show
    open_count: int  # open projects, with this one
    unscored_count: int  # other projects for which this person hasn't answered
    permanent_id: str
    scores_visible: bool = False  # people who have scored the project see each other's scores
    revealed: bool = False  # one score is enough to show results
    from_home: bool = False  # opened from the Home tab
    saved: str = ""  # what the previous form saved

    @property
    def offers_next(self) -> bool:
        """Whether the form has *Save and score next*: not if the person has answered everything."""
        return self.own_impacts is None or self.unscored_count > 0

    @property
    def position(self) -> int:
        """For how many projects the person has answered, with this one."""
        return self.open_count - self.unscored_count


@dataclass(frozen=True)
class Submission:
    """A submitted form. `opens_next` is set by the submit button of forms before 2027."""

    project: str  # as `modal.project_of` returns it
    impacts: dict[str, int | None]
    comment: str | None  # None: the form had no field for it
    posts_comment: bool = False
    opens_next: bool = False
    from_home: bool = False


def form(ballot: ScoreForm, charter: Charter) -> dict[str, Any]:
    title = f"#{ballot.number}  {collapse_whitespace(ballot.proposal.title)}"
    blocks = [
        *([block_kit.note(f":white_check_mark: {ballot.saved}")] if ballot.saved else []),
        block_kit.rich_text(block_kit.text(title, bold=True)),
        block_kit.rich_text(*block_kit.typed(ballot.proposal.summary)),
        block_kit.note(f"{someone(ballot.proposer)} · {weeks(ballot.proposal.effort_weeks)}"),
        *_steps(ballot.proposal),
        block_kit.divider(),
        block_kit.note(HOW_TO_ANSWER),
        block_kit.note(_who_sees_it(ballot, charter)),
    ]
    for value in charter.values:
        blocks.append(_question(ballot, value.key, f":{value.emoji}: {value.label}", value.rubric))
        blocks.extend(_spread(ballot, value.key))
    blocks += [*_comment_fields(ballot), *_comments(ballot), *_next(ballot)]
    return modal.modal(
        f"Score #{ballot.number}",
        blocks,
        callback_id=CALLBACK,
        submit="Save",
        close="Close",
        metadata={
            **modal.project_metadata(ballot.channel_id, ballot.number, ballot.permanent_id),
            **({"at_home": True} if ballot.from_home else {}),
        },
    )


def _who_sees_it(ballot: ScoreForm, charter: Charter) -> str:
    """Return who will see what of the score, as the ranking's rules of visibility say."""
    if ballot.scores_visible:
        return SCORERS_SEE.capitalize()
    shows = "As soon as you save, your score shows in the project's results, without your name."
    if ballot.quorum == 1:
        return f"{shows} {SCORERS_SEE.capitalize()}"
    if ballot.revealed:
        return f"{shows} After {ballot.quorum} people have scored, {SCORERS_SEE}"
    after = (
        f"Your score is hidden until {ballot.quorum} people have scored. After that, {SCORERS_SEE}"
    )
    days = charter.reveal_after_days
    if not days:
        return after
    return (
        f"{after} If fewer people have scored {quantity(days, 'day', 'days')} after the proposal,"
        " the project's results may show your score, without your name."
    )


def _comment_fields(ballot: ScoreForm) -> list[block_kit.Block]:
    post = block_kit.option(
        "Also post my comment in the thread",
        "yes",
        description="Everyone in the channel can read it.",
    )
    return [
        modal.field(
            "Comment",
            modal.text_input(COMMENT, max_length=1000, multiline=True, initial=ballot.comment),
            optional=True,
            block_id=_block_id(ballot, COMMENT),
        ),
        modal.field(
            "Thread",
            modal.checkboxes(POST_COMMENT, [post], ticked=()),
            optional=True,
            block_id=_block_id(ballot, POST_COMMENT),
        ),
    ]


def _next(ballot: ScoreForm) -> list[block_kit.Block]:
    """Show how far the person is, with a button that saves and opens the next project's form."""
    if not ballot.offers_next:
        return []
    button = block_kit.button("Save and score next", SAVE_AND_NEXT, ballot.permanent_id)
    actions = block_kit.actions(button) | {"block_id": _block_id(ballot, SAVE_AND_NEXT)}
    return [block_kit.note(f"Project {ballot.position} of {ballot.open_count}"), actions]


def all_scored(saved: str = "") -> dict[str, Any]:
    """Return the modal after the last project. It starts with what the last form saved."""
    blocks = [block_kit.note(f":white_check_mark: {saved}")] if saved else []
    return modal.modal("Score", [*blocks, block_kit.section(ALL_SCORED)], close="Close")


def result(text: str) -> dict[str, Any]:
    """Return a modal that says what was saved."""
    return modal.modal("Score", [block_kit.section(text)], close="Close")


def saved(number: int, *, has_score: bool) -> str:
    """Return what a form saved. If every value says *No opinion*, the person has no score."""
    if has_score:
        return f"Saved your score for #{number}."
    return f"You have no score for #{number}: you chose *No opinion* for every value."


def parse(view: dict[str, Any], charter: Charter) -> Submission:
    """Return the submitted form. A value without an answer has no effect.

    A value that joined the charter while the form was open gets no impact.
    """
    entered, metadata = modal.input_values(view), modal.metadata_of(view)
    comment = cut((entered[COMMENT] or "").strip(), 1000) if COMMENT in entered else None
    return Submission(
        project=modal.project_of(view),
        impacts={
            key: None if entered[key] == NO_OPINION else parse_impact(entered[key])
            for key in charter.keys
            if key in entered
        },
        comment=comment,
        posts_comment=bool(comment and entered.get(POST_COMMENT)),
        opens_next=metadata.get("goes_on", False),
        from_home=metadata.get("at_home", False),
    )


def parse_impact(answer: str | None) -> int:
    """Return the chosen impact, 0 if none. Raise ValueError if it isn't on the scale."""
    impact = int(answer or 0)
    if impact not in IMPACTS:
        raise ValueError(f"{impact} isn't an impact")
    return impact


def impact_options() -> list[block_kit.Element]:
    """Return the scale as options, best first."""
    return [
        block_kit.option(f"{signed_impact(impact)}  {words}", str(impact))
        for impact, words in sorted(IMPACTS.items(), reverse=True)
    ]


def _question(ballot: ScoreForm, key: str, label: str, rubric: str) -> block_kit.Block:
    own = (ballot.own_impacts or {}).get(key, 0)
    options = [*impact_options(), block_kit.option("No opinion", NO_OPINION)]
    return modal.field(
        label,
        modal.select(key, options, initial=NO_OPINION if own is None else str(own)),
        hint=rubric,
        optional=True,
        block_id=_block_id(ballot, key),
    )


def _block_id(ballot: ScoreForm, key: str) -> str:
    """Return a block id that includes the project's number.

    Slack keeps typed text in a block with the same id, so each project needs its own id.
    """
    return f"{ballot.number}-{key}"


def _steps(proposal: Proposal) -> list[block_kit.Block]:
    return (
        [block_kit.bullets([block_kit.typed(step) for step in proposal.steps])]
        if proposal.steps
        else []
    )


def _spread(ballot: ScoreForm, key: str) -> list[block_kit.Block]:
    """Show others' impacts on a value, highest first, then who has no opinion."""
    if not ballot.others:
        return []
    answers = [(person, impacts.get(key, 0)) for person, impacts in ballot.others.items()]
    given = sorted(
        ((impact, person) for person, impact in answers if impact is not None), reverse=True
    )
    spread = [f"{someone(person)} {signed_impact(impact)}" for impact, person in given]
    spread += [f"{someone(person)} no opinion" for person, impact in answers if impact is None]
    return [block_kit.note(" · ".join(spread))]


def _comments(ballot: ScoreForm) -> list[block_kit.Block]:
    blocks = [
        block_kit.rich_text(block_kit.mention(person), *block_kit.typed(f"  {comment}"))
        for person, comment in list(ballot.comments.items())[:MAX_COMMENTS]
    ]
    if len(ballot.comments) > MAX_COMMENTS:
        blocks.append(block_kit.note(f"and {len(ballot.comments) - MAX_COMMENTS} more comments"))
    return blocks

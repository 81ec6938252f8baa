"""The form to score a project: an impact for each value. It is blind until the first save."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.views.blocks import block_kit, modal
from bot.views.blocks.formatting import signed_impact, weeks
from bot.views.data.people import someone
from domain.formatting import collapse_whitespace
from domain.projects.proposal import Proposal
from domain.ranking.charter import IMPACTS, Charter

CALLBACK = "score"
COMMENT = "comment"
SCORE_NEXT = "score_next"
MAX_COMMENTS = 20  # Slack accepts at most 100 blocks in a view.


@dataclass(frozen=True)
class ScoreForm:
    """The data of a score form. Others' impacts and comments are empty unless the person may see
    them.
    """

    channel_id: str
    number: int
    proposer: str
    proposal: Proposal
    own_impacts: Mapping[str, int | None] | None
    comment: str
    others: Mapping[str, Mapping[str, int | None]]
    comments: Mapping[str, str]
    unscored_count: int  # other projects that this person hasn't scored
    from_home: bool = False  # opened from the Home tab

    @property
    def opens_next(self) -> bool:
        """Whether the form opens the next project afterwards: not when a person changes their
        score.
        """
        return self.own_impacts is None and self.unscored_count > 0


@dataclass(frozen=True)
class Submission:
    """A submitted form."""

    number: int
    impacts: dict[str, int]
    comment: str
    opens_next: bool  # as its submit button says
    from_home: bool = False


def form(ballot: ScoreForm, charter: Charter) -> dict[str, Any]:
    blocks = [
        block_kit.rich_text(
            block_kit.text(
                f"#{ballot.number}  {collapse_whitespace(ballot.proposal.title)}", bold=True
            )
        ),
        block_kit.rich_text(block_kit.text(ballot.proposal.summary)),
        block_kit.note(f"{someone(ballot.proposer)} · {weeks(ballot.proposal.effort_weeks)}"),
        *_steps(ballot.proposal),
        block_kit.divider(),
    ]
    blocks.append(block_kit.note("0 counts as *no effect*, not as no opinion."))
    for value in charter.values:
        blocks.append(_question(ballot, value.key, f":{value.emoji}: {value.label}", value.rubric))
        blocks.extend(_spread(ballot, value.key))
    blocks.append(
        modal.field(
            "Comment",
            modal.text_input(COMMENT, max_length=1000, multiline=True, initial=ballot.comment),
            optional=True,
            block_id=_block_id(ballot, COMMENT),
        )
    )
    blocks.extend(_comments(ballot))
    if ballot.opens_next:
        blocks.append(block_kit.note(f"{ballot.unscored_count} more to score after this one."))
    return modal.modal(
        f"Score #{ballot.number}",
        blocks,
        callback_id=CALLBACK,
        submit="Save and score next" if ballot.opens_next else "Save",
        close="Close",
        metadata={
            "channel": ballot.channel_id,
            "number": ballot.number,
            "goes_on": ballot.opens_next,
            **({"at_home": True} if ballot.from_home else {}),
        },
    )


def parse(view: dict[str, Any], charter: Charter) -> Submission:
    """Return the submitted form. A value without an answer has no effect.

    A value that joined the charter while the form was open gets no impact.
    """
    entered, metadata = modal.input_values(view), modal.metadata_of(view)
    return Submission(
        number=metadata["number"],
        impacts={key: parse_impact(entered[key]) for key in charter.keys if key in entered},
        comment=(entered.get(COMMENT) or "").strip()[:1000],
        opens_next=metadata["goes_on"],
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
    initial = str((ballot.own_impacts or {}).get(key) or 0)
    return modal.field(
        label,
        modal.select(key, impact_options(), initial=initial),
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
        [block_kit.bullets([[block_kit.text(step)] for step in proposal.steps])]
        if proposal.steps
        else []
    )


def _spread(ballot: ScoreForm, key: str) -> list[block_kit.Block]:
    if not ballot.others:
        return []
    answers = sorted(
        (
            (impact, person)
            for person, impacts in ballot.others.items()
            if (impact := impacts.get(key, 0)) is not None
        ),
        reverse=True,
    )
    spread = [f"{someone(person)} {signed_impact(impact)}" for impact, person in answers]
    return [block_kit.note(" · ".join(spread))]


def _comments(ballot: ScoreForm) -> list[block_kit.Block]:
    blocks = [
        block_kit.rich_text(block_kit.mention(person), block_kit.text(f"  {comment}"))
        for person, comment in list(ballot.comments.items())[:MAX_COMMENTS]
    ]
    if len(ballot.comments) > MAX_COMMENTS:
        blocks.append(block_kit.note(f"and {len(ballot.comments) - MAX_COMMENTS} more comments"))
    return blocks

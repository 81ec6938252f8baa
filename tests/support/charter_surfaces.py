"""Sample charters and charter changes for the views."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.views.blocks.block_kit import Message
from bot.views.data.charter_draft import (
    CharterChange,
    CharterDraft,
    DraftDecision,
    DraftPreview,
    Objection,
)
from bot.views.modals import charter_change, charter_preview, charter_value
from bot.views.posts import charter_draft
from bot.views.replies import charter
from domain.ranking.charter import DEFAULT_CHARTER, Charter, Value
from domain.ranking.ranking import Ranking

MAY, JUNE = date(2026, 5, 3), date(2026, 6, 1)
ADDED = ("backing_bonus", "reveal_after_days")  # by version 3
OBJECTIONS = [Objection("UBEN")]
VERSIONS = [
    charter.CharterVersion(4, JUNE, ["UMIA", "UANA"], objections=[Objection("UBEN", "Too soon.")]),
    charter.CharterVersion(3, JUNE, [], by_upgrade=True),
    charter.CharterVersion(2, MAY, ["UMIA"], missing_thresholds=ADDED),
    charter.CharterVersion(1, MAY, [], missing_thresholds=ADDED),
]
DRAWN_UP = charter.OpenDraft(7, "UMIA", None)
ON_ITS_WAY = charter.OpenDraft(7, "UMIA", charter.DraftPost(None))
UP_FOR_AGREEMENT = charter.OpenDraft(
    7, "UMIA", charter.DraftPost("https://needle.slack.com/archives/C1/p7")
)


def shown(
    agreed: Charter, draft: charter.OpenDraft | None = None, *, steward: bool = True
) -> Message:
    return charter.current_charter("ops", agreed, VERSIONS, draft, may_change=steward)


def a_change(rubric: str) -> CharterChange:
    """Return a change with each kind of difference. Efficiency had been retired before."""
    before = DEFAULT_CHARTER.without_value("efficiency")
    after = before.without_value("scalability").with_settings(quorum=2, breadth_bonus=0.125)
    cost = after.value("cost")
    assert cost is not None
    renamed = {"name": "Money", "weight": 2, "number_one": True, "emoji": "euro", "rubric": rubric}
    after = after.with_value(cost.model_copy(update=renamed))
    after = after.with_value(Value(key="efficiency", emoji="gear", weight=1, rubric=rubric))
    after = after.with_value(Value(key="time_to_ship", emoji="ship", weight=1.5, number_one=True))
    return CharterChange(3, before, after, frozenset(DEFAULT_CHARTER.keys))


def a_draft(
    reason: str,
    rubric: str,
    agree: tuple[str, ...] = (),
    objecting: Sequence[tuple[str, ...]] = (),
    closed: DraftDecision | None = None,
) -> Message:
    return charter_draft.post(
        CharterDraft(
            7,
            a_change(rubric),
            "UMIA",
            reason,
            agree,
            [Objection(*each) for each in objecting],
            closed,
        )
    )


def choices(draft: Charter) -> charter_value.Choices:
    toil = Value(key="toil", emoji="broom", weight=1)
    return charter_value.Choices("C1", draft, [toil])


def drawing_up(rubric: str) -> dict[str, Any]:
    return charter_change.draft_form("C1", a_change(rubric))


def drawing_up_nothing() -> dict[str, Any]:
    nothing = CharterChange(1, DEFAULT_CHARTER, DEFAULT_CHARTER, DEFAULT_CHARTER.keys)
    return charter_change.draft_form("C1", nothing)


def compared(now: Ranking, then: Ranking, obstacle: str = "") -> dict[str, Any]:
    return charter_preview.form(
        DraftPreview("C1", 7, now, then, 1, ["UMIA", "UANA"], OBJECTIONS, 4, obstacle)
    )


def asked_again(ranking: Ranking, reason: str) -> dict[str, Any]:
    """Return the form that asks again before a draft is adopted against an objection."""
    objecting = [Objection("UBEN", reason), Objection("UEVA")]
    return charter_preview.confirmation(
        DraftPreview("C1", 7, ranking, ranking, 0, ["UMIA"], objecting, None)
    )

"""Slack's limits: views of very many items stay complete and are accepted.

These tests cut across the modules of `bot/views`, because the limits are the same for all views.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import cycle

import pytest

from bot.views.blocks import block_kit
from bot.views.data.board_overview import Overview
from bot.views.data.charter_draft import (
    CharterChange,
    CharterDraft,
    DraftDecision,
    DraftPreview,
    Objection,
)
from bot.views.data.digest import Digest
from bot.views.data.fires import BurningFire
from bot.views.data.toil_ledger import ToilLedger, ToilSource
from bot.views.modals import (
    charter_change,
    charter_preview,
    charter_value,
    propose,
    score,
    settings,
)
from bot.views.modals import fire as fire_form
from bot.views.parts import help_text, toil_ledger
from bot.views.posts import card, charter_draft, digest, fire, introduction, roadmap
from bot.views.replies import charter, current_plan, current_ranking
from domain.calendar.cadence import Cadence
from domain.calendar.working_hours import WorkingHours
from domain.planning.capacity import Capacity
from domain.planning.plan import Plan, make_plan
from domain.projects.proposal import Proposal
from domain.ranking.candidate import Candidate
from domain.ranking.charter import Charter, Value
from domain.ranking.ranking import rank
from domain.toil.ledger import (
    MAX_MINUTES,
    TREND_WEEKS,
    DateRange,
    SourceTotals,
    WeekTotals,
    summarize,
)
from tests.support.quarter_surfaces import planned_roadmap
from tests.support.slack_text import parsed, problems, unescaped
from tests.support.surfaces import Surface

NOW = datetime(2026, 11, 24, tzinfo=UTC)
PERMANENT_ID = "-".join(["x" * 16] * 2)
CROWD = [f"U{number:010}" for number in range(200)]
HUGE = "&<>🧨" * 500
OBJECTIONS = [Objection(person, HUGE[: 500 * (number % 2)]) for number, person in enumerate(CROWD)]
EIGHT_VALUES = Charter(
    values=tuple(
        Value(
            key=f"{'abcdefgh'[number]}{'_value' * 4}",
            emoji=f"{'white_check_mark_' * 5}{number}",
            weight=number + 1,
            number_one=number < 4,
            rubric="+3: " + "x" * 496,
        )
        for number in range(8)
    )
)
PROPOSAL = Proposal(
    title=HUGE[:150],
    summary=HUGE,
    effort_weeks=25.5,
    steps=tuple(HUGE[:150] for _ in range(20)),
    toil_source=HUGE[:100],
    toil_per_month=10_000,
    software_added=HUGE[:150],
    software_removed=HUGE[:150],
)


# The impact that everyone gives on every value, by the section that it leads to.
IMPACTS = {"ranked": 3, "held": -3, "out_of_scope": 0, "unscored": 3}


def scores_in(section: str) -> dict[str, dict[str, int]]:
    scorers = CROWD[:2] if section == "unscored" else CROWD
    scores = {person: dict.fromkeys(EIGHT_VALUES.keys, IMPACTS[section]) for person in scorers}
    # One person disagrees with all others on every value.
    return scores | {CROWD[0]: dict.fromkeys(EIGHT_VALUES.keys, -3)}


def project(number: int, section: str) -> Candidate:
    return Candidate(
        id=number,
        title=PROPOSAL.title,
        effort_weeks=None if number % 11 == 0 else number % 26 + 0.5,
        backers=frozenset(CROWD),
        scores=scores_in(section),
    )


@pytest.fixture(scope="module", params=[(), EIGHT_VALUES.keys], ids=["calm", "burning"])
def big_board(request: pytest.FixtureRequest) -> Overview:
    """A board of sixty projects, many in each section: once without fires, once with all values on
    fire.
    """
    sections = cycle((*["ranked"] * 3, "held", "out_of_scope", "unscored"))
    projects = [project(number, next(sections)) for number in range(1, 61)]
    burning = dict.fromkeys(request.param, HUGE[:500])
    return Overview(
        channel="c" * 80,
        ranking=rank(projects, EIGHT_VALUES, burning),
        charter_version=1234,
        proposals={candidate.id: PROPOSAL for candidate in projects},
        links={
            candidate.id: "https://x.slack.com/archives/C1/" + "p" * 80 for candidate in projects
        },
        fires=burning,
        permanent_ids={candidate.id: f"needle-{candidate.id}" for candidate in projects},
    )


@pytest.fixture(scope="module")
def big_plan(big_board: Overview) -> Plan:
    return make_plan(big_board.ranking, Capacity(people=30, weeks=13))


def assert_fits(surface: Surface) -> None:
    """Assert that Slack accepts a view, and that no mention or entity is cut."""
    assert problems(surface) == []
    assert [unescaped(text, r"U\d{10}") for text in parsed(surface) if unescaped(text)] == []


@pytest.mark.parametrize("section", IMPACTS)
def test_card_of_long_texts__fits(section: str) -> None:
    [alone] = rank([project(1, section)], EIGHT_VALUES).projects
    assert alone.section == section
    assert_fits(card.card(1, PERMANENT_ID, CROWD[0], PROPOSAL, alone, EIGHT_VALUES))


def test_digest_of_sixty_projects__fits(big_board: Overview) -> None:
    message = digest.digest(Digest(big_board, "2026-W53", {str(n): 61 - n for n in range(1, 61)}))
    assert_fits(message)
    more = [text for text in parsed(message) if text.startswith("and ")]
    assert more == [
        "and 5 more: `/roadmap from 26`",
        "and 5 more: `/roadmap export`",
        "and 35 more",
    ]


def test_roadmap_of_sixty_projects__fits(big_board: Overview, big_plan: Plan) -> None:
    assert_fits(roadmap.roadmap(planned_roadmap(big_board, "FY2027 Q1", big_plan)))


def test_plan_of_sixty_projects__fits(big_board: Overview, big_plan: Plan) -> None:
    assert_fits(current_plan.current_plan(planned_roadmap(big_board, "FY2027 Q1", big_plan)))


def test_long_ranking__says_how_to_see_more(big_board: Overview) -> None:
    message = current_ranking.ranking(big_board)
    assert_fits(message)
    assert any("and 5 more: `/roadmap from 26`" in text for text in parsed(message))
    assert_fits(current_ranking.ranking(big_board, 26))
    assert_fits(current_ranking.ranking(big_board, 10**9))


def test_explanations__fit(big_board: Overview) -> None:
    for ranked in big_board.ranking.projects:
        assert_fits(current_ranking.why(big_board, ranked))


def score_form(people: int) -> score.ScoreForm:
    return score.ScoreForm(
        channel_id="C1",
        number=10**6,
        proposer=CROWD[0],
        proposal=PROPOSAL,
        own_impacts=dict.fromkeys(EIGHT_VALUES.keys, -3),
        comment=HUGE[:1000],
        others={person: dict.fromkeys(EIGHT_VALUES.keys, -3) for person in CROWD[:people]},
        comments=dict.fromkeys(CROWD[:people], HUGE[:1000]),
        quorum=50,
        open_count=10**6,
        unscored_count=60,
        permanent_id=PERMANENT_ID,
        saved=score.saved(10**6, has_score=False),
    )


@pytest.mark.parametrize("people", [0, 1, 20, 200])
def test_score_form_with_others_scores__fits(people: int) -> None:
    assert_fits(score.form(score_form(people), EIGHT_VALUES))


def test_propose_form_of_too_many_boards__fits() -> None:
    boards = [(f"C{number}", "b" * 80) for number in range(150)]
    assert_fits(propose.form(HUGE, boards))


def test_long_title__fits_the_confirmation() -> None:
    assert_fits(propose.confirmation(10**6, PROPOSAL.title, "b" * 80))


def test_settings_of_many_stewards__fit() -> None:
    current = settings.CurrentSettings("C1", Cadence(), WorkingHours(), 500, 5000, 50, CROWD)
    assert_fits(settings.form(current))


def test_saved_settings_of_many_stewards__fit() -> None:
    current = settings.CurrentSettings("C1", Cadence(), WorkingHours(), 500, 5000, 50, CROWD)
    assert_fits(settings.saved(current))


def test_introduction_of_many_stewards__fits() -> None:
    assert_fits(introduction.introduction(EIGHT_VALUES, CROWD, "C1"))


def test_fires_in_every_value__fit() -> None:
    first, *others = EIGHT_VALUES.keys
    projects = [(HUGE[:60], None)] * 3
    assert_fits(fire.cleared(first, CROWD[0], others, charter=EIGHT_VALUES))
    burning = [BurningFire(key, key, HUGE[:500], CROWD[0], NOW) for key in EIGHT_VALUES.keys]
    fires = [replace(item, reason_by=CROWD[1]) for item in burning]
    assert_fits(fire.declared(fires[0], projects, others, charter=EIGHT_VALUES))
    assert_fits(fire.fire_list(burning, EIGHT_VALUES))
    assert_fits(fire_form.form("C1", EIGHT_VALUES, first, HUGE[:500]))
    assert_fits(help_text.fire(EIGHT_VALUES))


def test_toil_ledger_of_many_sources__fits() -> None:
    sources = tuple(ToilSource(SourceTotals(HUGE[:100], 5, MAX_MINUTES)) for _ in range(200))
    span = DateRange(date(2026, 10, 26), date(2026, 11, 23))
    summary = summarize([], WorkingHours(), 1, span, span.start)
    trend = (WeekTotals(span.start, 99, 7, MAX_MINUTES),) * TREND_WEEKS
    ledger = ToilLedger(replace(summary, entries=1), replace(summary, entries=1), trend, sources)
    assert_fits(toil_ledger.reply(ledger, "c" * 80))
    assert_fits(block_kit.message(toil_ledger.toil_section(ledger)))


def test_charter_of_eight_values__fits() -> None:
    versions = [charter.CharterVersion(number, NOW.date(), CROWD) for number in range(30, 0, -1)]
    posted = charter.OpenDraft(7, CROWD[0], charter.DraftPost("https://x.slack.com/archives/C1/p1"))
    message = charter.current_charter("c" * 80, EIGHT_VALUES, versions, posted, may_change=True)
    assert_fits(message)


def change_of_everything() -> CharterChange:
    after = EIGHT_VALUES.with_settings(
        quorum=1, prior_people=1, moves_at=1, breadth_bonus=1, quick_impact=3
    )
    for value in EIGHT_VALUES.values:
        other = {"name": f"{value.key[0]} " + "W" * 28, "weight": 999.999, "rubric": HUGE[:500]}
        after = after.with_value(value.model_copy(update=other))
    return CharterChange(1234, EIGHT_VALUES, after, ())


def test_draft_that_changes_everything__fits() -> None:
    draft = CharterDraft(
        10**6, change_of_everything(), CROWD[0], HUGE[:1000], CROWD[:100], OBJECTIONS
    )
    assert_fits(charter_draft.post(draft))
    closed = DraftDecision(CROWD[0], NOW.date(), 1235)
    assert_fits(charter_draft.post(replace(draft, decision=closed)))
    assert_fits(charter_change.draft_form("C1", change_of_everything()))


def test_charter_forms_of_eight_values__fit() -> None:
    retired = [Value(key=f"v{number}", emoji="x", weight=1) for number in range(200)]
    choices = charter_value.Choices("C1", EIGHT_VALUES.without_value("a" + "_value" * 4), retired)
    assert_fits(charter_change.choice_form(choices))
    assert_fits(charter_value.form(choices, EIGHT_VALUES.values[1]))


def test_draft_preview_of_many_projects__fits(big_board: Overview) -> None:
    changed_ranking = rank(
        [ranked.candidate for ranked in big_board.ranking.projects],
        EIGHT_VALUES.with_settings(moves_at=3),
    )
    for before, after in (
        (big_board.ranking, changed_ranking),
        (changed_ranking, big_board.ranking),
    ):
        preview = DraftPreview("C1", 10**6, before, after, 60, CROWD, OBJECTIONS)
        assert_fits(charter_preview.form(preview))
        assert_fits(charter_preview.confirmation(preview))

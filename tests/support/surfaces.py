"""Samples of each view, by name, made from one board and typed texts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from bot.listeners.roadmap.command import HELP_GROUPS
from bot.views import home
from bot.views.blocks.block_kit import Message
from bot.views.blocks.block_kit import message as kit_message
from bot.views.data.board_overview import Overview
from bot.views.data.charter_draft import DraftDecision
from bot.views.data.digest import Digest
from bot.views.data.fires import BurningFire
from bot.views.data.history import HistoryEntry
from bot.views.data.home import Home, HomeBoard
from bot.views.data.project_list import ListedProject, ProjectList
from bot.views.data.project_state import ProjectReference, ProjectState, ShippedWork
from bot.views.data.quarter import QuarterProgress
from bot.views.data.toil_ledger import ToilLedger, ToilSource
from bot.views.modals import (
    charter_change,
    charter_value,
    edit,
    project_status,
    propose,
    score,
    settings,
    steps,
    toil,
)
from bot.views.modals import fire as fire_form
from bot.views.modals import objection as objection_form
from bot.views.parts import help_text, project_state, toil_ledger
from bot.views.parts.project_state import OPEN
from bot.views.posts import (
    card,
    digest,
    dispute,
    fire,
    introduction,
    nudge,
    outcome,
    project_update,
    roadmap,
)
from bot.views.replies import (
    charter,
    current_plan,
    current_ranking,
    digest_preview,
    greeting,
    history,
    objection,
    project_list,
    whatif,
)
from domain.calendar.cadence import Cadence
from domain.calendar.working_hours import WorkingHours
from domain.planning.capacity import Capacity
from domain.planning.plan import SwapHint, make_plan
from domain.projects.lifecycle import Role, Status, Transition
from domain.projects.listing import ProjectFilter
from domain.projects.progress import Progress
from domain.projects.proposal import Proposal
from domain.ranking.candidate import Candidate
from domain.ranking.charter import DEFAULT_CHARTER, Charter
from domain.ranking.dispute import find_dispute
from domain.ranking.ranking import RankedProject, rank
from domain.ranking.whatif import rank_changes, rerank
from domain.toil.ledger import DateRange, SourceTotals, ToilEntry, ToilType, summarize, weekly_trend
from domain.toil.payback import ForecastAccuracy, Payback
from tests.support import charter_surfaces
from tests.support.quarter_surfaces import QUARTERLY, planned_roadmap

View = dict[str, Any]
Surface = Message | View
PEOPLE = ("UMIA", "UANA", "UBEN", "UEVA")

TITLES = (
    "Retire the last NAT box",
    "Rotate every long-lived key",
    "Shard the session store",
    "Turn off the old audit log",
    "Cache the catalogue at the edge",
    "Dark mode for the runbooks",
    "Patch the fleet without anyone's hands",
    "Move backups to cold storage",
)
SUMMARY = "A single NAT instance still fronts three VPCs.\nWhen it dies we are paged."

# The impacts that people gave, by project in the order of the titles.
GIVEN: tuple[dict[str, dict[str, int]], ...] = (
    {who: {"availability": 3, "scalability": 1} for who in PEOPLE[:3]},
    {"UMIA": {"security": 3}, "UANA": {"security": 3, "cost": -1}, "UBEN": {"security": 2}},
    {"UMIA": {"scalability": 3}, "UANA": {"scalability": 3}, "UBEN": {"scalability": 0}},
    {who: {"security": -2, "cost": 3} for who in PEOPLE},
    {who: {"performance": 2, "cost": 1} for who in PEOPLE[:3]},
    {who: {"efficiency": 0} for who in PEOPLE[:3]},
    {"UMIA": {"security": 2}},
    {"UMIA": {"cost": 3}, "UANA": {"cost": 2}, "UBEN": {"cost": 2, "availability": 1}},
)
EFFORTS = (3.0, 2.0, 8.0, 1.0, 4.5, None, 6.0, None)


@dataclass(frozen=True)
class Words:
    """The texts that people typed, by field, within the limits of the forms."""

    titles: tuple[str, ...] = TITLES
    summary: str = SUMMARY
    steps: tuple[str, ...] = ("Move the staging VPC", "Move production, one VPC a day")
    toil: str = "pages from the NAT box"
    added: str = "a managed gateway"
    removed: str = "keepalived"
    comment: str = "It paged us twice last week."
    reason: str = "The network team is rebuilding it this year."
    handed_to: str = "Ask in #net."
    fire: str = "Tokens were exposed in a public log."
    rubric: str = DEFAULT_CHARTER.values[0].rubric
    source: str = "db-primary"
    note: str = "replica lag"

    @classmethod
    def all(cls, text: str) -> "Words":
        """Return the same text for each field, cut to the field's limit."""
        title = text[:150].ljust(3, ".")
        return cls(
            titles=(title,) * len(TITLES),
            summary=text[:2000].ljust(10, "."),
            steps=(text,),
            toil=text[:100],
            added=text[:150],
            removed=text[:150],
            comment=text[:1000],
            reason=text[:500],
            handed_to=text[:500],
            fire=text[:500],
            rubric=text[:500],
            source=" ".join(text.split())[:100].strip() or "…",
            note=text[:500],
        )

    def proposal(self, index: int = 0, **others: Any) -> Proposal:
        given = {"title": self.titles[index], "summary": self.summary, **others}
        return Proposal.model_validate(given)

    @property
    def everything(self) -> Proposal:
        """A proposal with all fields filled in."""
        return self.proposal(
            effort_weeks=3,
            steps=self.steps,
            toil_source=self.toil,
            toil_per_month=6,
            software_added=self.added,
            software_removed=self.removed,
            link="https://jira.example.com/browse/PLAT-412",
        )

    @property
    def charter(self) -> Charter:
        first, *others = DEFAULT_CHARTER.values
        values = (first.model_copy(update={"rubric": self.rubric}), *others)
        return DEFAULT_CHARTER.model_copy(update={"values": values})


def board(words: Words, fires: Mapping[str, str] | None = None) -> Overview:
    """Return a board of eight projects: ranked, on hold, out of scope and unscored ones."""
    charter, burning = words.charter, fires or {}
    projects = [
        Candidate(
            id=number,
            title=words.titles[number - 1],
            effort_weeks=EFFORTS[number - 1],
            backers=frozenset(PEOPLE[: number % 4]),
            scores=scores,
        )
        for number, scores in enumerate(GIVEN, 1)
    ]
    return Overview(
        channel="ops",
        ranking=rank(projects, charter, burning),
        charter_version=2,
        proposals={
            each.id: words.proposal(each.id - 1, effort_weeks=each.effort_weeks, steps=words.steps)
            for each in projects
        },
        # The last project's card isn't posted yet.
        links={
            each.id: f"https://needle.slack.com/archives/C1/p{each.id}" for each in projects[:7]
        },
        fires=burning,
        permanent_ids={each.id: f"needle-{each.id}" for each in projects},
    )


def a_card(
    words: Words,
    number: int,
    proposal: Proposal | None = None,
    life: ProjectState = OPEN,
    *,
    revealed: bool = False,
) -> Message:
    charter = words.charter
    proposal = proposal or words.proposal(number - 1, effort_weeks=EFFORTS[number - 1])
    project = Candidate(
        id=number,
        title=proposal.title,
        effort_weeks=proposal.effort_weeks,
        backers=frozenset(PEOPLE[: number % 4]),
        scores=GIVEN[number - 1],
        revealed=revealed,
    )
    [alone] = rank([project], charter).projects
    return card.card(number, permanent_id(number), "UMIA", proposal, alone, charter, life)


def a_life(status: Status, **others: Any) -> ProjectState:
    return ProjectState(status=status, changed_by="UANA", changed_on=date(2026, 11, 24), **others)


def a_place(words: Words, number: int) -> ProjectReference:
    return ProjectReference(
        number,
        words.titles[number - 1],
        f"https://needle.slack.com/archives/C1/p{number}",
        permanent_id(number),
    )


def permanent_id(number: int) -> str:
    return f"storestorestores-projectproject{number}"


def places(words: Words, count: int) -> list[ProjectReference]:
    return [
        ProjectReference(number, words.titles[number % 8], None, permanent_id(number))
        for number in range(2, count + 2)
    ]


def a_card_begun(words: Words, done: int) -> Message:
    """Return the card of a started project with `done` of its two steps done."""
    life = a_life(Status.STARTED, steps_done=words.steps[:done])
    return a_card(words, 2, words.everything, life)


def steps_to_tick(words: Words) -> View:
    """Return the form of a project with more steps than fit into one group of checkboxes."""
    many = tuple(f"{number}. {words.steps[0]}" for number in range(1, 13))
    return steps.form(
        "C1", 1, words.proposal(steps=many), many[:2] + many[11:], permanent_id=permanent_id(1)
    )


def a_history(words: Words, times: int = 1) -> Message:
    since = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)
    renamed = edit.changes(words.proposal(0), words.proposal(1, effort_weeks=3))
    acts = [
        HistoryEntry(since, "UMIA", "proposed"),
        HistoryEntry(since, "UMIA", "edited", renamed or words.titles[0]),
        HistoryEntry(since, "UBEN", "step_done", words.steps[0]),
        HistoryEntry(since, "UANA", "took_in", "#7"),
        HistoryEntry(since, "UANA", "handed_off", f"{words.reason} → {words.handed_to}"),
    ]
    return history.history(a_place(words, 1), acts * times)


def an_update(words: Words) -> Message:
    """Return the reply about an edit that also set the owner."""
    at = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)
    acts = [
        HistoryEntry(at, "UMIA", "edited", words.titles[0]),
        HistoryEntry(at, "UMIA", "owner_set", "UBEN"),
    ]
    return project_update.update(a_place(words, 1), acts)


def an_owner_leaves(words: Words) -> Message:
    at = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)
    act = HistoryEntry(at, "UBEN", "owner_left", "UBEN")
    return project_update.update(a_place(words, 1), [act])


def moving(words: Words, status: Status, *, steward: bool, owner: str | None = None) -> View:
    roles = {Role.STEWARD} if steward else {Role.OWNER}
    return project_status.form(
        "C1", 4, words.titles[3], status, roles=roles, owner=owner, permanent_id=permanent_id(4)
    )


def moving_with_words(words: Words, move: Transition, others: int = 2) -> View:
    return project_status.details_form(
        "C1", 1, words.titles[0], move, places(words, others), permanent_id=permanent_id(1)
    )


def a_digest(words: Words) -> Message:
    before = {"2": 3, "1": 1, "3": 2}
    return digest.digest(Digest(board(words), "2026-W48", before, quarter=A_QUARTER))


def a_digest_of_what_shipped(words: Words) -> Message:
    """Return a digest with a started project and two shipped ones."""
    started = {
        1: Progress.of(words.steps, words.steps[:1]),
        2: Progress.of(words.steps, words.steps),
    }
    seen = replace(board(words), progress=started, owners={1: "UBEN"})
    told = [
        ShippedWork(a_place(words, 8), ("Ana", "Ben")),
        ShippedWork(a_place(words, 7), ()),
        ShippedWork(a_place(words, 1), ("Mia",), words.steps[:1]),
    ]
    return digest.digest(Digest(seen, "2026-W48", None, shipped=told))


def a_roadmap(words: Words, people: float = 1) -> Message:
    seen = board(words)
    planned = make_plan(seen.ranking, Capacity(people=people, weeks=13, weeks_away=1))
    return roadmap.roadmap(planned_roadmap(seen, "Q4 2026", planned))


def a_roadmap_with_a_hint(words: Words) -> Message:
    seen = board(words)
    planned = make_plan(seen.ranking, Capacity(people=0.5, weeks=13))
    hint = SwapHint(add=planned.left_out[:1], drop=planned.planned[1:], gain=0.0812)
    return roadmap.roadmap(planned_roadmap(seen, "Q4 2026", replace(planned, hint=hint)))


def a_plan(words: Words) -> Message:
    seen = board(words)
    return current_plan.current_plan(
        planned_roadmap(seen, "FY2027 Q1", make_plan(seen.ranking, Capacity(people=0.5, weeks=13)))
    )


def a_why(words: Words, number: int, fires: Mapping[str, str] | None = None) -> Message:
    seen = board(words, fires)
    return current_ranking.why(seen, ranked(seen, number))


def ranked(seen: Overview, number: int) -> RankedProject:
    found = seen.ranking.find(number)
    assert found is not None
    return found


def a_ballot(words: Words) -> score.ScoreForm:
    return score.ScoreForm(
        channel_id="C1",
        number=1,
        proposer="UMIA",
        proposal=words.everything,
        own_impacts=None,
        comment="",
        others={},
        comments={},
        quorum=3,
        open_count=8,
        unscored_count=5,
        permanent_id=permanent_id(1),
    )


def a_second_ballot(words: Words) -> score.ScoreForm:
    """Return the score form after the person has scored: it shows others' scores."""
    return replace(
        a_ballot(words),
        own_impacts={"availability": 3, "performance": None, "cost": -1},
        comment=words.comment,
        others={
            "UANA": {"availability": 1, "cost": -2},
            "UBEN": {"availability": 3, "scalability": None},
        },
        comments={"UANA": words.comment},
        unscored_count=0,
        scores_visible=True,
    )


def a_fire(words: Words, others: tuple[str, ...] = ()) -> Message:
    seen = board(words)
    first = [
        (seen.name(each), seen.links.get(each.candidate.id)) for each in seen.in_rank_order[:3]
    ]
    return fire.declared(the_fires(words)[0], first, others, charter=words.charter)


def the_fires(words: Words) -> list[BurningFire]:
    since = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)
    return [
        BurningFire("security", "Security", words.fire, "UANA", since),
        BurningFire("cost", "Cost", "", "UBEN", since + timedelta(days=1)),
    ]


def current_settings(stewards: tuple[str, ...] = ("UMIA",)) -> settings.CurrentSettings:
    cadence = Cadence(time_zone="Europe/Dublin", fiscal_start=4)
    return settings.CurrentSettings("C1", cadence, WorkingHours(), 6, 2.5, 3, stewards, 14)


def the_settings(stewards: tuple[str, ...] = ("UMIA",)) -> View:
    return settings.form(current_settings(stewards))


NIGHT = datetime(2026, 11, 21, 3, 10, tzinfo=UTC)


def an_alert(words: Words) -> toil.Alert:
    return toil.Alert("message:C1/1795230600.000100", words.source, NIGHT, words.note)


def some_logged_toil(words: Words) -> Message:
    entry = ToilEntry(ToilType.PAGE, words.source, 45, NIGHT, note=words.note)
    return toil.logged(entry, NIGHT, 17, out_of_hours=True)


def a_dispute(words: Words) -> Message:
    found = find_dispute(ranked(board(words), 3).candidate, words.charter)
    assert found is not None
    return dispute.invitation(3, words.titles[2], found, words.charter)


def a_whatif(words: Words) -> Message:
    """Return the ranking if cost weighs as much as security: #8 replaces #2 in the plan."""
    seen = board(words)
    weights = {"cost": 3.5}
    then = rerank(seen.ranking, weights)
    rows = rank_changes(seen.ranking, then)
    return whatif.whatif(seen, weights, rows, [rows[0].after], [seen.in_rank_order[1]])


def a_project_list(words: Words, count: int) -> ProjectList:
    """Return a list of projects in each status, the newest first."""
    today = date(2026, 11, 24)
    statuses = tuple(Status)
    return ProjectList(
        channel="ops",
        filter=ProjectFilter.ALL,
        words="",
        projects=tuple(
            ListedProject(
                ProjectReference(
                    number,
                    words.titles[(number - 1) % len(words.titles)],
                    f"https://needle.slack.com/archives/C1/p{number}" if number % 2 else None,
                    permanent_id(number),
                ),
                statuses[(number - 1) % len(statuses)],
                PEOPLE[number % 4] if number % 3 else None,
                today - timedelta(days=30 * number),
            )
            for number in range(1, count + 1)
        ),
        today=today,
    )


def a_ledger(words: Words) -> ToilLedger:
    """Return four weeks of eight entries, the last at night. One source has a project."""
    monday = date(2026, 11, 23)
    pages = [
        ToilEntry(ToilType.PAGE, words.source, 45, NIGHT - timedelta(days=days), out_of_hours=True)
        for days in (0, 1, 5, 9, 14, 30)
    ]
    others = [
        ToilEntry(ToilType.BUG, f"{words.source[:90]} too", 90, NIGHT - timedelta(days=2))
    ] * 2
    entries, hours = [*pages, *others], WorkingHours()
    week, month = (DateRange(monday - timedelta(weeks=n), monday) for n in (1, 4))
    since = date(2026, 9, 1)
    origins = (
        ToilSource(SourceTotals(words.source, 5, 225)),
        ToilSource(SourceTotals(words.titles[1][:100], 2, 180), f"#1 {words.titles[0]}", LINK),
    )
    return ToilLedger(
        week=summarize(entries, hours, 4, week, since),
        month=summarize(entries, hours, 4, month, since),
        trend=weekly_trend(entries, hours, monday - timedelta(days=1)),
        sources=origins,
    )


PAID = Payback(
    days_after_shipping=30, before_per_month=9.0, after_per_month=1.4, promised_per_month=6
)


def an_asked(words: Words) -> outcome.OutcomeForm:
    return outcome.OutcomeForm(
        "C1", a_place(words, 1), {"availability": 3, "cost": -1}, {"cost": 1}
    )


FORESIGHTS = (
    ForecastAccuracy("security", 0.5, 0.0, 4),
    ForecastAccuracy("availability", 2.75, 2.25, 4),
    ForecastAccuracy("cost", -0.25, 0.5, 4),
)
LINK = "https://needle.slack.com/archives/C1/p1"


A_QUARTER = QuarterProgress(
    label="Q4 2026",
    numbers=frozenset({2, 8}),
    shipped=0,
    in_progress=1,
    not_started=1,
    closed=0,
    weeks_left=5,
    permalink="https://needle.slack.com/archives/C1/p100",
)


def at_home(
    words: Words, *, fires: Mapping[str, str] | None = None, waiting: int = 2, steward: bool = True
) -> HomeBoard:
    seen = board(words, fires)
    owned, proposed = ([ranked(seen, number) for number in own] for own in ((2,), (4, 6, 7)))
    return HomeBoard("C1", seen, waiting, owned, proposed, is_steward=steward, quarter="Q4 2026")


def a_home(words: Words, *boards: HomeBoard, nudges: bool = True) -> View:
    shown = boards or (at_home(words),)
    return home.home(Home(shown, workspace_has_boards=True, wants_nudges=nudges))


def of_a_quarter(make: Callable[[Overview, str], Surface], words: Words) -> Surface:
    """Make a quarter's view. Project #2 adds and removes software, and removes toil."""
    seen = board(words)
    proposals = {**seen.proposals, 2: words.everything}
    return make(replace(seen, proposals=proposals), words.reason)


BURNING = {"security": "", "cost": "The bill doubled."}


def before_and_after(words: Words, obstacle: str = "") -> View:
    """Return the preview of a draft that makes security an ordinary value with less weight."""
    now, then = board(words).ranking, words.charter
    security = then.values[0].model_copy(update={"number_one": False, "weight": 0.5})
    projects = [each.candidate for each in now.projects if each.candidate.id != 7]
    return charter_surfaces.compared(
        rank(projects, words.charter), rank(projects, then.with_value(security)), obstacle
    )


SURFACES: dict[str, Callable[[Words], Surface]] = {
    "card-blind": lambda words: a_card(words, 7),
    "card-scored": lambda words: a_card(words, 1),
    "card-held": lambda words: a_card(words, 4),
    "card-out-of-scope": lambda words: a_card(words, 6),
    "card-disputed-in-one-big-step": lambda words: a_card(words, 3),
    "card-with-all-fields": lambda words: a_card(
        words, 2, words.everything, ProjectState(owner="UBEN")
    ),
    "card-revealed-early": lambda words: a_card(words, 7, revealed=True),
    "card-adds-software": lambda words: a_card(
        words, 5, words.proposal(4, software_added=words.added, toil_source=words.toil)
    ),
    "card-started": lambda words: a_card_begun(words, 1),
    "card-all-steps-done": lambda words: a_card_begun(words, 2),
    "card-shipped": lambda words: a_card(words, 1, None, a_life(Status.SHIPPED)),
    "card-declined-unscored": lambda words: a_card(
        words, 7, None, a_life(Status.DECLINED, reason=words.reason)
    ),
    "card-handed-off": lambda words: a_card(
        words,
        6,
        None,
        a_life(Status.HANDED_OFF, reason=words.reason, handed_to=words.handed_to),
    ),
    "card-merged": lambda words: a_card(
        words, 2, None, a_life(Status.MERGED, merged_into=a_place(words, 1))
    ),
    "why-shipped": lambda words: project_state.no_longer_ranked(
        a_place(words, 1), a_life(Status.SHIPPED)
    ),
    "edit": lambda words: edit.form("C1", 1, words.everything, permanent_id=permanent_id(1)),
    "steps": steps_to_tick,
    "history": a_history,
    "project-update": an_update,
    "project-update-owner-left": an_owner_leaves,
    "owner-left": lambda words: project_update.owner_left("ops", "UBEN", places(words, 2)),
    "history-long": lambda words: a_history(words, times=6),
    "status": lambda words: moving(words, Status.OPEN, steward=True),
    "status-for-the-owner": lambda words: moving(
        words, Status.STARTED, steward=False, owner="UBEN"
    ),
    "status-for-a-member": lambda words: project_status.form(
        "C1", 4, words.titles[3], Status.OPEN, roles=(), permanent_id=permanent_id(4)
    ),
    "status-of-a-shipped-project": lambda words: moving(words, Status.SHIPPED, steward=False),
    "status-merge": lambda words: moving_with_words(words, Transition.MERGE),
    "status-merge-many": lambda words: moving_with_words(words, Transition.MERGE, others=101),
    "status-decline": lambda words: moving_with_words(words, Transition.DECLINE),
    "status-hand-off": lambda words: moving_with_words(words, Transition.HAND_OFF),
    "status-nothing-to-merge-into": lambda _: project_status.nothing_to_merge_into(1),
    "digest": a_digest,
    "digest-with-shipped-projects": a_digest_of_what_shipped,
    "digest-first": lambda words: digest.digest(Digest(board(words), "2026-W48", None)),
    "digest-in-a-fire": lambda words: digest.digest(
        Digest(board(words, {"security": words.fire}), "2026-W48", None)
    ),
    "digest-in-a-fire-no-project-moves": lambda words: digest.digest(
        Digest(board(words, {"efficiency": words.fire}), "2026-W48", None)
    ),
    "roadmap": a_roadmap,
    "roadmap-with-a-hint": a_roadmap_with_a_hint,
    "roadmap-without-capacity": lambda words: a_roadmap(words, people=0),
    "plan": a_plan,
    "ranking": lambda words: current_ranking.ranking(board(words)),
    "ranking-before-the-first-commit": lambda words: current_ranking.ranking(
        board(words), quarter="Q4 2026"
    ),
    "projects": lambda words: project_list.project_list(a_project_list(words, 4)),
    "projects-many": lambda words: project_list.project_list(
        replace(a_project_list(words, 27), filter=ProjectFilter.CLOSED, words=words.source)
    ),
    "digest-preview": lambda words: digest_preview.preview(
        Digest(board(words), "2026-W48", None), NIGHT
    ),
    "ranking-from-3-in-fires": lambda words: current_ranking.ranking(board(words, BURNING), 3),
    "why-ranked": lambda words: a_why(words, 1),
    "why-held": lambda words: a_why(words, 4),
    "why-unscored": lambda words: a_why(words, 7),
    "why-waiting": lambda words: a_why(words, 1, {"security": words.fire}),
    "propose": lambda words: propose.form(words.titles[0], [("C1", "ops")]),
    "propose-similar": lambda words: propose.form(
        "",
        [("C1", "ops")],
        initial=propose.initial_values(words.everything, "UBEN"),
        similar=[a_place(words, 1), a_place(words, 2)],
    ),
    "propose-confirmation": lambda words: propose.confirmation(12, words.titles[0], "ops"),
    "propose-with-boards": lambda _: propose.form("", [("C1", "ops"), ("C2", "net")]),
    "score": lambda words: score.form(a_ballot(words), words.charter),
    "score-again": lambda words: score.form(a_second_ballot(words), words.charter),
    "score-next": lambda words: score.form(
        replace(a_ballot(words), saved=score.saved(7, has_score=True), unscored_count=0),
        words.charter.with_settings(reveal_after_days=0),
    ),
    "score-all-done": lambda _: score.all_scored(score.saved(7, has_score=True)),
    "score-removed": lambda _: score.result(score.saved(7, has_score=False)),
    "settings": lambda _: the_settings(),
    "settings-saved": lambda _: settings.saved(
        settings.CurrentSettings(
            "C1", Cadence(time_zone="Europe/Dublin"), WorkingHours(), 6, 2.5, 3, PEOPLE[:2]
        )
    ),
    "settings-without-stewards": lambda _: the_settings(()),
    "introduction": lambda words: introduction.introduction(words.charter, PEOPLE[:1], "C1"),
    "introduction-without-stewards": lambda words: introduction.introduction(
        words.charter, (), "C1"
    ),
    "fire": a_fire,
    "fire-while-another-burns": lambda words: a_fire(words, ("availability",)),
    "fire-no-project-moves": lambda words: fire.declared(
        replace(the_fires(words)[0], value="availability", label="Availability"),
        [],
        charter=words.charter,
    ),
    "fire-out": lambda _: fire.cleared("security", "UBEN", [], charter=DEFAULT_CHARTER),
    "fire-out-while-another-burns": lambda _: fire.cleared(
        "security", "UBEN", ["availability"], charter=DEFAULT_CHARTER
    ),
    "fire-out-while-two-burn": lambda _: fire.cleared(
        "cost", "UBEN", ["security", "availability"], charter=DEFAULT_CHARTER
    ),
    "fire-still-burning-question": lambda words: fire.still_burning_question(
        "C1:7", "ops", the_fires(words)[0]
    ),
    "fire-still-burning": lambda _: fire.still_burning("security", "Security"),
    "dispute": a_dispute,
    "dispute-hidden": lambda words: dispute.ended(3, words.titles[2], is_hidden=True),
    "dispute-settled": lambda words: dispute.ended(3, words.titles[2], is_hidden=False),
    "whatif": a_whatif,
    "nudge": lambda _: nudge.nudge("ops", "C1", 3),
    "nudge-before-a-reveal": lambda _: nudge.nudge("ops", "C1", 1, date(2026, 12, 14)),
    "nudge-before-some-reveal": lambda _: nudge.nudge("ops", "C1", 3, date(2026, 12, 14)),
    "nudges-stopped": lambda _: nudge.stopped(),
    "home": a_home,
    "home-in-a-fire": lambda words: a_home(
        words, at_home(words, fires=BURNING, waiting=0, steward=False), nudges=False
    ),
    "home-with-a-committed-quarter": lambda words: a_home(
        words,
        replace(
            at_home(words),
            progress=replace(A_QUARTER, not_started=0, closed=1, weeks_left=0.4, permalink=None),
            draft_to_answer=True,
            paused_until=date(2026, 12, 14),
        ),
    ),
    "home-of-many-boards": lambda words: a_home(
        words, *[at_home(words, fires=dict.fromkeys(words.charter.keys, words.fire))] * 6
    ),
    "home-before-setup": lambda _: home.home(
        Home([], workspace_has_boards=False, wants_nudges=True)
    ),
    "home-without-a-board": lambda _: home.home(
        Home([], workspace_has_boards=True, wants_nudges=True)
    ),
    "fires": lambda words: fire.fire_list(the_fires(words), words.charter),
    "fires-to-clear": lambda words: fire.fire_list(
        the_fires(words)[:1], words.charter, "Which fire is out? Type"
    ),
    "fire-form": lambda words: fire_form.form("C1", words.charter, "security", words.fire),
    "fire-with-another-reason": lambda words: fire.declared(
        replace(the_fires(words)[0], reason_by="UBEN"), [], charter=words.charter
    ),
    "fires-none": lambda words: fire.fire_list([], words.charter),
    "ledger": lambda words: toil_ledger.reply(a_ledger(words), "ops"),
    "ledger-empty": lambda _: toil_ledger.reply(None, "ops"),
    "digest-with-toil": lambda words: digest.digest(
        Digest(board(words), "2026-W48", None, a_ledger(words))
    ),
    "propose-for-toil": lambda words: propose.form(
        words.titles[0], [("C1", "ops")], initial={"toil_source": words.toil, "toil_per_month": "6"}
    ),
    "digest-with-paybacks": lambda words: digest.digest(
        Digest(
            board(words),
            "2026-W48",
            None,
            paybacks=[
                (a_place(words, 1), PAID),
                (
                    a_place(words, 1),
                    Payback(90, before_per_month=None, after_per_month=1, promised_per_month=None),
                ),
            ],
        )
    ),
    "payback": lambda words: outcome.payback(words.toil, PAID),
    "payback-negative": lambda words: outcome.payback(
        words.toil, Payback(90, before_per_month=2, after_per_month=3, promised_per_month=1)
    ),
    "payback-unchanged": lambda words: outcome.payback(
        words.toil, Payback(90, before_per_month=2, after_per_month=2, promised_per_month=1)
    ),
    "payback-before-the-ledger": lambda words: outcome.payback(
        words.toil, Payback(90, before_per_month=None, after_per_month=1, promised_per_month=6)
    ),
    "outcome-question": lambda words: outcome.question(a_place(words, 1), "ops", "C1:1"),
    "outcome": lambda words: outcome.form(an_asked(words), words.charter),
    "outcome-saved": lambda _: outcome.saved(),
    "foresight": lambda words: kit_message(outcome.foresight(FORESIGHTS, words.charter)),
    "own-foresight": lambda words: outcome.own_foresight(FORESIGHTS, words.charter),
    "own-foresight-empty": lambda _: outcome.own_foresight([], DEFAULT_CHARTER),
    "toil": lambda _: toil.form([("C1", "ops")], NIGHT),
    "toil-from-an-alert": lambda words: toil.form(
        [("C1", "ops"), ("C2", "net")], NIGHT, an_alert(words)
    ),
    "toil-logged": some_logged_toil,
    "toil-logged-in-the-form": lambda words: toil.result_modal(some_logged_toil(words), "C1"),
    "toil-already-logged": lambda _: toil.already_logged(),
    "toil-removed": lambda _: toil.removed(was_logged=True),
    "help-toil": lambda _: help_text.toil(),
    "help-roadmap": lambda _: help_text.roadmap(HELP_GROUPS),
    "help-roadmap-in-a-modal": lambda _: help_text.roadmap_modal(HELP_GROUPS),
    "help-fire": lambda words: help_text.fire(words.charter),
    **{name: partial(of_a_quarter, make) for name, make in QUARTERLY.items()},
    "charter": lambda words: charter_surfaces.shown(words.charter),
    "charter-for-a-member": lambda words: charter_surfaces.shown(words.charter, steward=False),
    "charter-draft-unposted": lambda words: charter_surfaces.shown(
        words.charter, charter_surfaces.DRAWN_UP
    ),
    "charter-draft-being-posted": lambda words: charter_surfaces.shown(
        words.charter, charter_surfaces.ON_ITS_WAY
    ),
    "charter-draft-posted": lambda words: charter_surfaces.shown(
        words.charter, charter_surfaces.UP_FOR_AGREEMENT
    ),
    "charter-earlier": lambda words: charter.one_version(
        "ops", words.charter, charter_surfaces.VERSIONS[1], in_force=False
    ),
    "charter-newest-by-number": lambda words: charter.one_version(
        "ops", words.charter, charter_surfaces.VERSIONS[0], in_force=True
    ),
    "draft": lambda words: charter_surfaces.a_draft(words.comment, words.rubric),
    "draft-answered": lambda words: charter_surfaces.a_draft(
        words.comment, words.rubric, PEOPLE[:1], [(PEOPLE[1],), (PEOPLE[2], words.comment)]
    ),
    "mention": lambda _: greeting.in_channel(is_member=True),
    "mention-by-guest": lambda _: greeting.in_channel(is_member=False),
    "direct-message": lambda _: greeting.in_direct_message(["C1", "C2"], is_member=True),
    "direct-message-before-setup": lambda _: greeting.in_direct_message([], is_member=True),
    "draft-objection": lambda _: objection.noted(7),
    "draft-objection-form": lambda words: objection_form.form("C1", 7, words.comment),
    "draft-adopted": lambda words: charter_surfaces.a_draft(
        words.comment, words.rubric, PEOPLE[:2], (), DraftDecision("UMIA", charter_surfaces.JUNE, 4)
    ),
    "draft-withdrawn": lambda words: charter_surfaces.a_draft(
        words.comment, words.rubric, (), (), DraftDecision("UMIA", charter_surfaces.JUNE, None)
    ),
    "charter-choice": lambda words: charter_change.choice_form(
        charter_surfaces.choices(words.charter)
    ),
    "charter-value": lambda words: charter_value.form(
        charter_surfaces.choices(words.charter), words.charter.values[0]
    ),
    "charter-value-restored": lambda words: charter_value.form(
        charter_surfaces.choices(words.charter),
        charter_surfaces.choices(words.charter).retired_values[0],
    ),
    "charter-value-new": lambda words: charter_value.form(
        charter_surfaces.choices(words.charter), None
    ),
    "charter-thresholds": lambda words: charter_change.thresholds_form("C1", words.charter),
    "charter-draft-form": lambda words: charter_surfaces.drawing_up(words.rubric),
    "charter-draft-form-empty": lambda _: charter_surfaces.drawing_up_nothing(),
    "draft-preview": before_and_after,
    "draft-preview-confirmation": lambda words: charter_surfaces.asked_again(
        board(words).ranking, words.comment
    ),
    "draft-preview-for-a-member": lambda words: before_and_after(
        words, "A steward of this board can adopt it."
    ),
}

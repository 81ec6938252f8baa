"""Hidden scores: a walk over all surfaces finds neither results nor who gave which score.

The surfaces come from the registries: the kinds of posts, the user actions (which
`test_permissions` compares with the listeners and subcommands), and the commands of the terminal.
So a new surface is either walked or fails a test.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy.exc import NoResultFound
from sqlmodel import select
from typer.testing import CliRunner

from bot.cli.main import app
from bot.presenters.home import home as at_home
from bot.reconciler.render import RENDERERS, ObsoletePost, render_post
from bot.views import home
from bot.views.modals import commit
from bot.views.posts import card
from bot.views.replies.export import FORMATS
from domain.calendar.quarter import Quarter
from domain.formatting import format_decimal, format_impact, format_signed
from domain.projects.lifecycle import Status
from domain.projects.proposal import Proposal
from domain.ranking.charter import DEFAULT_CHARTER
from domain.ranking.ranking import rank
from storage.boards import channel_members, charters
from storage.locks import STORE
from storage.planning.roadmaps import NO_RANK
from storage.posts import outbox
from storage.posts.subjects import (
    BoardSubject,
    DraftSubject,
    FireSubject,
    OldFireSubject,
    OutcomeSubject,
    OwnerLeftSubject,
    PaybackSubject,
    ProjectSubject,
    QuarterSubject,
    ReminderSubject,
    RoadmapChangeSubject,
    Subject,
    UpdateSubject,
    WeekSubject,
)
from storage.projects import projects
from storage.tables import AccountType, PostKind, ProjectRow, RoadmapItemRow, RoadmapRow
from tests.support.channel import mark_sent
from tests.support.listener_harness import HERE, TEAM, ListenerHarness
from tests.support.terminal_commands import command_names
from tests.support.user_actions import USER_ACTIONS, made_up, post_draft, prepare_board

NOW = datetime.now(UTC).replace(microsecond=0)  # a fraction such as 3.7 could look like a needle
NOT_SENT = (ObsoletePost, LookupError, NoResultFound)  # what the renderers raise for such posts
OPEN, VISIBLE, SHIPPED, UNSCORED = 1, 2, 3, 4  # the scores of #1 and #3 are hidden
SCORER, MEMBER = "UQUIET", "U2"  # the scorer is a steward, so they may do everything
Scores = dict[str, dict[str, int | None]]
TWO_SCORES: Scores = {
    SCORER: {"security": 2, "cost": -2, "efficiency": 3},
    "UCALM": {"security": 1, "cost": -3, "efficiency": 0},
}
THIRD = "UTHIRD"
THREE_SCORES: Scores = {**TWO_SCORES, THIRD: {"security": 2, "cost": -1, "efficiency": 2}}
# An unusual prior, so that no other number on a surface looks like a result.
PRIOR_PEOPLE = 2.37
WEEK = "{}-W{:02d}".format(*NOW.isocalendar()[:2])

# The arguments of each command of the terminal. Without any, a command shows no project.
TERMINAL: dict[str, list[list[str]]] = {
    "boards": [[]],
    "export": [["--format", each] for each in ("json", *FORMATS)],
    "post digest": [["--dry-run"]],
    "post roadmap": [["--dry-run"], ["--dry-run", "--quarter", "NEXT"]],
    "digest": [["--dry-run"]],
    "roadmap": [["--dry-run"]],
    "rank": [["EXPORTED"], ["EXPORTED", "--json"]],
    "run": [],
    "doctor": [],
    "healthcheck": [],
    "backup": [],
    "migrate-store": [],
    "demo": [],
    "import toil": [],
    "adopt": [[]],
    "remove board": [],
}
COMMANDS = [
    *[f"/roadmap why {number}" for number in (OPEN, VISIBLE, SHIPPED)],
    *[f"/roadmap export {each}" for each in FORMATS],
    "/roadmap list shipped",
    "/roadmap whatif efficiency 9 cost 9",
]
# What shows differently to a member who hasn't scored.
READ_BY_MEMBER = [name for name in USER_ACTIONS if name.startswith(("/roadmap", "Score"))]
QUARTER_COMMANDS = [
    f"/roadmap {command}{quarter}"
    for command in ("plan", "retro", "commit", "change")
    for quarter in ("", " next")
]


@pytest.fixture
def hidden(team: ListenerHarness) -> ListenerHarness:
    """A board with #1, whose owner has left, and #3 that shipped. Nobody has scored them."""
    prepare_board(team)
    team.appoints("U3", SCORER)
    members = (*THREE_SCORES,)
    team.channel.adds_people(*members)
    team.slack.members.update(members)
    board = team.board
    charter = board.charter.with_settings(prior_people=PRIOR_PEOPLE)
    with team.database.transaction(STORE) as session:
        everyone = ["U1", "U2", "U3", "UGUEST", *members]
        channel_members.save(session, board.id, everyone, last_change=None)
        charters.adopt(session, board.id, charter, version=2, agreed_by=[], now=NOW)
    third = Proposal(title="Third", summary="More of the same.", effort_weeks=2, toil_source="db")
    team.channel.proposes("third", third)
    team.channel.proposes("fourth", third.model_copy(update={"title": "Fourth"}))
    project = team.channel.project(OPEN)
    estimated = project.proposal.model_copy(update={"effort_weeks": 1.5})
    with team.database.transaction(STORE) as session:
        projects.edit(
            session, project.id, estimated, owner="UOWNER", changes="effort", by="U1", now=NOW
        )
        projects.release_owner(session, board.id, "UOWNER", NOW)
    team.channel.changes_status(SHIPPED, Status.SHIPPED, at=NOW)
    for number in (OPEN, VISIBLE, SHIPPED, UNSCORED):
        team.channel.shows_card(number)
    return team


def give_scores(team: ListenerHarness, scores: Scores) -> None:
    for person, impacts in scores.items():
        for number in (OPEN, SHIPPED):
            team.channel.scores(person, impacts, number=number, comment=comment_by(person))


def comment_by(person: str) -> str:
    return f"Said by {person}."


def withdraw_score(team: ListenerHarness) -> None:
    give_scores(team, {THIRD: dict.fromkeys(DEFAULT_CHARTER.keys)})


def make_guest(team: ListenerHarness) -> None:
    team.channel.adds_people(THIRD, kind=AccountType.GUEST)


def raise_quorum(team: ListenerHarness) -> None:
    board = team.board
    with team.database.transaction(STORE) as session:
        charter = board.charter.with_settings(quorum=4)
        charters.adopt(session, board.id, charter, version=3, agreed_by=[], now=NOW)


def this_quarter(team: ListenerHarness) -> Quarter:
    return team.board.cadence.quarter(NOW)


def commit_quarter(team: ListenerHarness, quarter: Quarter, **choices: list[str]) -> None:
    team.submits(SCORER, made_up(commit.COMMIT, about(quarter), **choices), f"V{quarter}")


def about(quarter: Quarter) -> dict[str, str]:
    return {"channel": HERE, "quarter": quarter.key, "label": quarter.label}


def add_to_quarter(team: ListenerHarness, quarter: Quarter, number: int) -> None:
    form = made_up(commit.CHANGE, about(quarter), taken_in=[f"{number}"], reason="It came up.")
    team.submits(SCORER, form, f"VC{quarter}")


def carry_over(team: ListenerHarness) -> None:
    """Commit the next quarter with #1, which is carried over."""
    commit_quarter(team, this_quarter(team).next(), **{"carried-0": [f"{OPEN}"]})


def stored_items(team: ListenerHarness, quarter: Quarter) -> list[RoadmapItemRow]:
    """Return what is stored about #1 at the commit of a quarter."""
    key = quarter.key
    with team.database.snapshot() as session:
        return list(
            session.exec(
                select(RoadmapItemRow)
                .join(RoadmapRow)
                .join(ProjectRow)
                .where(RoadmapRow.quarter == key, ProjectRow.number == OPEN)
            ).all()
        )


def subjects(team: ListenerHarness) -> dict[PostKind, list[Subject]]:
    """Return what the posts of each kind are about."""
    day = team.channel.project(SHIPPED).shipped_on
    current = this_quarter(team)
    both = [QuarterSubject(current.key), QuarterSubject(current.next().key)]
    owner_left, *_ = [
        post.subject for post in team.pending_posts if post.kind is PostKind.OWNER_LEFT
    ]
    return {
        PostKind.INTRODUCTION: [BoardSubject()],
        PostKind.CARD: [ProjectSubject(OPEN), ProjectSubject(SHIPPED)],
        PostKind.DIGEST: [WeekSubject(WEEK)],
        PostKind.ROADMAP: [*both],
        PostKind.RETROSPECTIVE: [*both],
        PostKind.FIRE: [FireSubject(1)],
        PostKind.FIRE_OUT: [FireSubject(1)],
        PostKind.DRAFT: [DraftSubject(1)],
        PostKind.DISPUTE: [ProjectSubject(OPEN), ProjectSubject(SHIPPED)],
        PostKind.OLD_FIRE: [OldFireSubject("U1", 1)],
        PostKind.NUDGE: [ReminderSubject("U2", WEEK)],
        PostKind.OUTCOME: [OutcomeSubject(SCORER, SHIPPED, day)],
        PostKind.PAYBACK: [PaybackSubject(SHIPPED, 30, day)],
        PostKind.UPDATE: [UpdateSubject(OPEN, (1,)), UpdateSubject(SHIPPED, (1,))],
        PostKind.OWNER_LEFT: [OwnerLeftSubject.decode(owner_left)],
        PostKind.ROADMAP_CHANGE: [RoadmapChangeSubject(1)],
        PostKind.ROADMAP_ANNOUNCEMENT: [*both],
    }


def posts(team: ListenerHarness) -> Iterator[tuple[str, str]]:
    """Yield each post with its text, its blocks, and what is stored about its content."""
    for kind, about_each in subjects(team).items():
        for subject in about_each:
            post = outbox.Post(
                id=outbox.UNSAVED_ID,
                board_id=team.board.id,
                kind=kind,
                subject=subject.encode(),
                person="U2",
            )
            with team.database.snapshot() as session, suppress(*NOT_SENT):
                yield f"post {kind} {post.subject}", str(render_post(session, post, NOW))


def post_roadmaps(team: ListenerHarness) -> None:
    """Commit the next quarter with #1, change it, and mark both roadmaps as posted."""
    carry_over(team)
    current = this_quarter(team)
    add_to_quarter(team, current.next(), VISIBLE)
    with team.database.transaction(STORE) as session:
        for index, quarter in enumerate((current, current.next()), 1):
            subject = QuarterSubject(quarter.key)
            outbox.enqueue(session, team.board.id, PostKind.ROADMAP, subject)
            roadmap = outbox.latest(session, team.board.id, PostKind.ROADMAP, subject)
            assert roadmap is not None
            mark_sent(session, roadmap, f"9.00000{index}")


def replies(
    team: ListenerHarness, viewer: str, actions: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield what user actions, commands, and App Home show to a viewer, also in forms."""
    for name in actions:
        action = USER_ACTIONS[name]
        with team.rolled_back():
            action.prepare(team)
            yield shown(team, viewer, name, action.perform(team, viewer))
    yield from typed(team, viewer, COMMANDS)
    for number in (OPEN, VISIBLE, SHIPPED):
        for entry in (card.WHY, card.HISTORY):
            option = {"value": f"{entry}:{number}"}
            reply = team.presses(viewer, card.MORE, selected_option=option)
            yield shown(team, viewer, f"{entry} {number}", reply)
    with team.database.snapshot() as session:
        yield f"Home by {viewer}", str(home.home(at_home(session, TEAM, viewer, {HERE}, NOW)))


def typed(
    team: ListenerHarness, viewer: str, commands: Collection[str]
) -> Iterator[tuple[str, str]]:
    for command in commands:
        yield shown(team, viewer, command, team.types(viewer, command))


def shown(team: ListenerHarness, viewer: str, surface: str, reply: str) -> tuple[str, str]:
    """Return a surface, and the reply and the new calls of Slack as one text without escapes."""
    texts = [reply, *(str(value) for call in team.new_calls() for value in call.values())]
    readable = "\n".join(json.dumps(parsed(text), ensure_ascii=False) for text in texts)
    return f"{surface} by {viewer}", readable


def parsed(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text


def terminal(team: ListenerHarness, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield what each command of the terminal prints. `folder` has the store."""
    environment = {"DATABASE_URL": f"sqlite:///{folder / 'needle.db'}", "COLUMNS": "200"}
    exported = folder / "board.json"
    run = CliRunner().invoke(app, ["export"], env=environment)
    exported.write_text(run.stdout, encoding="utf-8")
    words = {"EXPORTED": str(exported), "NEXT": str(this_quarter(team).next())}
    for name, invocations in TERMINAL.items():
        for arguments in invocations:
            typed = [*name.split(), *(words.get(word, word) for word in arguments)]
            result = CliRunner().invoke(app, typed, env=environment)
            assert result.exit_code == 0, (typed, result.output)
            yield " ".join(("needle", name, *arguments)), result.output


def walk(team: ListenerHarness, folder: Path) -> dict[str, str]:
    """Return what every surface shows. `folder` has the store."""
    team.new_calls()
    surfaces: dict[str, str] = {}
    surfaces |= replies(team, SCORER, USER_ACTIONS)
    surfaces |= replies(team, MEMBER, READ_BY_MEMBER)
    with team.rolled_back():
        post_draft(team)
        post_roadmaps(team)
        team.new_calls()
        surfaces |= posts(team)
        surfaces |= typed(team, SCORER, QUARTER_COMMANDS)
        surfaces |= terminal(team, folder)
    return surfaces


def results(team: ListenerHarness) -> set[str]:
    """Return how surfaces show the needles, impacts, ranks and spread of the hidden projects."""
    charter = team.board.charter.with_settings(quorum=1)
    numbers = {"1st of 2", "2nd of 2", "scores differ most"}
    for number, fires in product((OPEN, SHIPPED), ((), ("cost",))):
        candidate = team.channel.candidate(number).model_copy(update={"quorum_needed": 1})
        [ranked] = rank([candidate], charter, fires).projects
        numbers |= {format_decimal(ranked.needle), f"{ranked.needle:.6f}"}
        for impact in filter(None, ranked.impact.values()):
            numbers |= {format_signed(impact), format_impact(impact), f"{impact:.6f}"}
    return numbers


def leaks(surfaces: Mapping[str, str], secrets: Collection[str]) -> list[str]:
    """Return the surfaces that show a secret, with the secret. People see their own comment."""
    return [
        f"{surface}: {secret}"
        for surface, text in surfaces.items()
        for secret in sorted(secrets)
        if secret in text and (surface, secret) != (f"Score by {SCORER}", comment_by(SCORER))
    ]


def names_and_comments(people: Collection[str]) -> set[str]:
    """Return what tells who gave a score, without the name of the steward, which shows anyway."""
    return {*people, *map(comment_by, people)} - {SCORER}


def test_every_kind_of_post__is_walked(hidden: ListenerHarness) -> None:
    assert subjects(hidden).keys() == RENDERERS.keys()


def test_every_command_of_the_terminal__is_walked() -> None:
    assert TERMINAL.keys() == {*command_names(app)}


def test_two_of_three_have_scored__nothing_shows(hidden: ListenerHarness, tmp_path: Path) -> None:
    give_scores(hidden, TWO_SCORES)
    commit_quarter(hidden, this_quarter(hidden), **{"planned-0": [f"{VISIBLE}"]})
    add_to_quarter(hidden, this_quarter(hidden), OPEN)
    secrets = results(hidden) | names_and_comments(TWO_SCORES)
    assert leaks(walk(hidden, tmp_path), secrets) == []


def test_third_has_scored__results_and_scores_show(hidden: ListenerHarness, tmp_path: Path) -> None:
    """Without this, a walk that finds nothing would prove nothing."""
    give_scores(hidden, THREE_SCORES)
    commit_quarter(hidden, this_quarter(hidden), **{"planned-0": [f"{OPEN}"]})
    surfaces = walk(hidden, tmp_path)
    found = leaks(surfaces, results(hidden))
    kinds = {surface.split()[1] for surface in surfaces if surface.startswith("post ")}
    assert kinds == {*RENDERERS}
    current = this_quarter(hidden)
    assert {surface.rpartition(": ")[0] for surface in found} >= {
        *[f"post {kind} {OPEN}" for kind in (PostKind.CARD, PostKind.DISPUTE)],
        f"post {PostKind.DIGEST} {WEEK}",
        *[f"post {PostKind.ROADMAP} {quarter.key}" for quarter in (current, current.next())],
        f"post {PostKind.RETROSPECTIVE} {current.key}",
        *[
            f"{surface} by {viewer}"
            for viewer in (MEMBER, SCORER)
            for surface in (
                "/roadmap",
                "/roadmap digest",
                "/roadmap export",
                "/roadmap plan",
                "/roadmap retro",
                "/roadmap whatif",
                f"/roadmap why {OPEN}",
            )
        ],
        f"/roadmap plan next by {SCORER}",
        f"Why by {SCORER}",
        "needle export --format csv",
        "needle digest --dry-run",
        "needle roadmap --dry-run",
        "needle rank EXPORTED",
        "needle rank EXPORTED --json",
    }
    named = {each.rpartition(": ")[0] for each in leaks(surfaces, names_and_comments({"UCALM"}))}
    assert named == {f"Score by {SCORER}", "needle export --format json"}


@pytest.mark.parametrize(
    "lose_quorum",
    [
        pytest.param(withdraw_score, id="a score is withdrawn"),
        pytest.param(make_guest, id="a scorer becomes a guest", marks=pytest.mark.long),
        pytest.param(raise_quorum, id="the quorum grows", marks=pytest.mark.long),
    ],
)
def test_quorum_is_lost__nothing_shows_anymore(
    hidden: ListenerHarness, tmp_path: Path, lose_quorum: Callable[[ListenerHarness], None]
) -> None:
    give_scores(hidden, THREE_SCORES)
    secrets = results(hidden) | names_and_comments(THREE_SCORES)
    commit_quarter(hidden, this_quarter(hidden), **{"planned-0": [f"{OPEN}"]})
    lose_quorum(hidden)
    assert leaks(walk(hidden, tmp_path), secrets | results(hidden)) == []


@pytest.mark.parametrize("lose_quorum", [withdraw_score, make_guest, raise_quorum])
def test_carried_over_after_lost_quorum__has_no_results(
    hidden: ListenerHarness, lose_quorum: Callable[[ListenerHarness], None]
) -> None:
    give_scores(hidden, THREE_SCORES)
    secrets = results(hidden)
    current = this_quarter(hidden)
    commit_quarter(hidden, current, **{"planned-0": [f"{OPEN}"]})
    assert stored_items(hidden, current)[0].impact != {}
    lose_quorum(hidden)
    carry_over(hidden)
    assert_carried_over_without_results(hidden, secrets | results(hidden))


def test_added_below_quorum_and_carried_over__has_no_results(hidden: ListenerHarness) -> None:
    give_scores(hidden, TWO_SCORES)
    current = this_quarter(hidden)
    commit_quarter(hidden, current, **{"planned-0": [f"{VISIBLE}"]})
    add_to_quarter(hidden, current, OPEN)
    carry_over(hidden)
    assert stored_items(hidden, current) == []
    assert_carried_over_without_results(hidden, results(hidden))


def assert_carried_over_without_results(team: ListenerHarness, secrets: set[str]) -> None:
    """Assert that the next quarter has #1, but neither stores nor shows its results."""
    [item] = stored_items(team, this_quarter(team).next())
    assert item.carried_over
    assert (item.rank, item.needle, item.impact) == (NO_RANK, 0, {})
    plan = team.types("UGUEST", "/roadmap plan next")
    assert f"#{OPEN}" in plan
    assert leaks({"plan": plan, **dict(posts(team))}, secrets) == []

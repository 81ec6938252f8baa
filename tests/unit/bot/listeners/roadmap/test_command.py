"""`/roadmap` and its subcommands."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, update
from sqlmodel import col

from bot.listeners.roadmap.command import ELSEWHERE, SUBCOMMANDS
from domain.calendar.quarter import Quarter
from domain.projects.proposal import Proposal
from storage.boards import boards
from storage.locks import STORE
from storage.posts import outbox
from storage.tables import BoardRow, PostKind, ProjectRow, ScoreRow
from tests.support.listener_harness import ListenerHarness


def queued_roadmaps(team: ListenerHarness) -> list[int]:
    """Return the editions of the quarter's roadmap that aren't posted yet."""
    return [post.edition for post in team.pending_posts if post.kind is PostKind.ROADMAP]


def mark_roadmap_posted(team: ListenerHarness) -> None:
    """Mark the newest roadmap as posted."""
    with team.database.transaction(STORE) as session:
        last = outbox.latest(session, team.board.id, PostKind.ROADMAP)
        assert last is not None
        outbox.mark_posted(session, last.id, "1.5")


def test_post_twice__waits_then_posts_again(team: ListenerHarness) -> None:
    assert "roadmap in a moment." in team.types("U1", "/roadmap post")
    assert "roadmap in a moment." in team.types("U1", "/roadmap post")
    assert queued_roadmaps(team) == [1]
    mark_roadmap_posted(team)
    assert "roadmap again, as it is now." in team.types("U1", "/roadmap post")
    assert queued_roadmaps(team) == [2]


def rank_projects(team: ListenerHarness, projects: int) -> None:
    team.channel.adds_people("U3")
    for number in range(1, projects + 1):
        team.channel.proposes(f"origin {number}")
        for person in ("U1", "U2", "U3"):
            team.channel.scores(person, {"cost": 3}, number=number)


@pytest.mark.parametrize(
    ("scorers", "impact", "section"),
    [
        (("U1", "U2", "U3"), -3, "on hold"),
        (("U1", "U2", "U3"), 0, "out of scope"),
        (("U1",), 3, "needs scores"),
    ],
)
def test_section_with_more_projects__export_shows_them(
    team: ListenerHarness, scorers: tuple[str, ...], impact: int, section: str
) -> None:
    team.channel.adds_people("U3")
    for number in range(1, 7):
        team.channel.proposes(f"origin {number}")
        for person in scorers:
            team.channel.scores(person, {"security": impact}, number=number)
    assert "\nand 1 more: `/roadmap export`\n" in team.types("U1", "/roadmap")
    assert team.types("U1", "/roadmap export").count(f" | {section} | ") == 6


def test_plan_without_ranked_projects__says_what_to_do_next(team: ListenerHarness) -> None:
    team.channel.proposes("origin")
    nothing = "Nothing is ranked yet. 1 project needs scores. Click *Score* on a card."
    assert nothing in team.types("U1", "/roadmap plan")


def test_from_beyond_the_end__names_last_rank(team: ListenerHarness) -> None:
    assert "Nothing is ranked yet." in team.types("U1", "/roadmap from 1")
    rank_projects(team, 2)
    assert "\n2. #2" in team.types("U1", "/roadmap from 2")
    reply = team.types("U1", "/roadmap from 3")
    assert "The ranking ends at rank 2." in reply


@pytest.mark.parametrize("typed", ["", "0", "-1", "two", "9" * 5000])
def test_from_without_valid_rank__gives_example(team: ListenerHarness, typed: str) -> None:
    rank_projects(team, 1)
    assert "*Which rank should I start from?* For example: `/roadmap from 26`." in team.types(
        "U1", f"/roadmap from {typed}"
    )


def test_why_without_a_number__gives_example(team: ListenerHarness) -> None:
    assert "*Which project should I explain?* For example: `/roadmap why 12`." in team.types(
        "U1", "/roadmap why"
    )
    reply = team.types("U1", f"/roadmap why {'9' * 5000}")
    assert reply.endswith("isn't a project's number. For example: `/roadmap why 12`.")


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        ("second", "“second” isn't a project's number. Rank 2 is #3: `/roadmap why 3`."),
        ("2nd", "“2nd” isn't a project's number. Rank 2 is #3: `/roadmap why 3`."),
        ("Rank 1", "“Rank 1” isn't a project's number. Rank 1 is #2: `/roadmap why 2`."),
        ("ninth", "“ninth” isn't a project's number. For example: `/roadmap why 12`."),
        ("nat  BOX", "“nat BOX” isn't a project's number. Did you mean `/roadmap why 2`?"),
        ("box", "“box” isn't a project's number. For example: `/roadmap why 12`."),
        ("#1", "This board has no #1. Rank 1 is #2: `/roadmap why 2`."),
        ("0", "This board has no #0. `/roadmap list` shows its projects."),
    ],
)
def test_why_with_rank_or_title__names_the_number(
    team: ListenerHarness, typed: str, reply: str
) -> None:
    team.channel.adds_people("U3")
    for number, title in ((1, "Old box"), (2, "Retire the NAT box"), (3, "Box the caches")):
        team.channel.proposes(f"V{number}", Proposal(title=title, summary="It is better."))
        for person in ("U1", "U2", "U3"):
            team.channel.scores(person, {"cost": 4 - number}, number=number)
    with team.database.transaction(STORE) as session:
        session.execute(delete(ScoreRow).where(col(ScoreRow.project_id) == 1))
        session.execute(update(ProjectRow).where(col(ProjectRow.number) == 1).values(number=9))
    assert team.types("U1", f"/roadmap why {typed}") == reply


def test_why_unknown_project__says_so(team: ListenerHarness) -> None:
    assert "This board has no #7. `/roadmap list` shows its projects." in team.types(
        "U1", "/roadmap why #7"
    )


def test_why_of_hidden_results__says_how_to_score_it_once(team: ListenerHarness) -> None:
    team.channel.proposes("Retire the last NAT box")
    team.channel.scores("U1", {"cost": 3})
    how = "To score it, click *Score* on its card."
    assert how not in team.types("U1", "/roadmap why 1")
    assert how in team.types("U2", "/roadmap why 1")


@pytest.mark.parametrize("typed", ["foo", "Q5 2020"])
def test_invalid_quarter__says_how_to_write_it(team: ListenerHarness, typed: str) -> None:
    reply = team.types("U1", f"/roadmap plan {typed}")
    next_quarter = Quarter.containing(datetime.now(UTC).date()).next()
    assert reply == f"“{typed}” isn't a quarter. For example: `next` or `{next_quarter.label}`."


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("plan later", "For example: `next` or"),
        ("commit later", "For example: `next` or"),
        ("change later", "For example: `next` or"),
        ("retro later", "Did you mean `last`?"),
        ("retro nxt", "For example: `last` or"),
        ("change nxt", "Did you mean `next`?"),
    ],
)
def test_word_like_a_quarter__suggests_what_makes_sense(
    team: ListenerHarness, typed: str, suggested: str
) -> None:
    assert f"isn't a quarter. {suggested}" in team.types("U1", f"/roadmap {typed}")


@pytest.mark.parametrize("command", ["plan", "retro", "commit", "change"])
@pytest.mark.parametrize("quarter", ["0002-Q1", "9998-Q4", "1899-Q4", "Q1 2201"])
def test_year_out_of_range__says_which_years_work(
    team: ListenerHarness, command: str, quarter: str
) -> None:
    reply = team.types("U1", f"/roadmap {command} {quarter}")
    assert reply == f"“{quarter}” is out of range. Use a year from 1900 to 2200."


@pytest.mark.parametrize("fiscal_start", [1, 2, 12])
@pytest.mark.parametrize("quarter", ["1900-Q1", "2200-Q4"])
def test_first_and_last_quarter__have_a_plan_and_a_retrospective(
    team: ListenerHarness, quarter: str, fiscal_start: int
) -> None:
    with team.database.transaction(STORE) as session:
        session.execute(update(BoardRow).values(fiscal_start=fiscal_start))
    label = Quarter.parse(quarter, fiscal_start).label
    for command in ("plan", "retro"):
        assert label in team.types("U1", f"/roadmap {command} {quarter}")


def test_year_alone__suggests_one_of_its_quarters(team: ListenerHarness) -> None:
    current = Quarter.containing(datetime.now(UTC).date())
    reply = team.types("U1", f"/roadmap plan {current.year}")
    assert re.search(rf"isn't a quarter\. Did you mean `{current.year}-Q\d`\?", reply)


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        ("plans", "“plans” isn't a `/roadmap` command. Did you mean `/roadmap plan`?"),
        ("PLANS next", "“PLANS” isn't a `/roadmap` command. Did you mean `/roadmap plan`?"),
        ("#12", "“#12” isn't a `/roadmap` command. `/roadmap help` lists all commands."),
        (
            "score 19",
            "“score” isn't a `/roadmap` command. To score a project, click *Score* on its card.",
        ),
        (
            "<!here>",
            "“&lt;!here&gt;” isn't a `/roadmap` command. `/roadmap help` lists all commands.",
        ),
        ("toil list X", "Leave out “list X”: type only `/roadmap toil`."),
        ("mine 3", "Leave out “3”: type only `/roadmap mine`."),
        ("help <!here>", "Leave out “&lt;!here&gt;”: type only `/roadmap help`."),
    ],
)
def test_words_not_understood__are_answered_in_one_line(
    team: ListenerHarness, typed: str, reply: str
) -> None:
    assert team.types("U1", f"/roadmap {typed}") == reply


def test_number_of_a_project__suggests_why(team: ListenerHarness) -> None:
    rank_projects(team, 1)
    assert team.types("U1", "/roadmap #1") == (
        "“#1” isn't a `/roadmap` command. Did you mean `/roadmap why 1`?"
    )


def test_stewards_command__is_suggested_only_to_stewards(team: ListenerHarness) -> None:
    team.appoints("U2")
    assert "Did you mean `/roadmap commit`?" in team.types("U2", "/roadmap comit")
    assert "commit" not in team.types("U1", "/roadmap comit").replace("comit", "")


@pytest.mark.parametrize("word", ELSEWHERE)
def test_hint_for_a_word__is_for_no_command(word: str) -> None:
    assert word not in {subcommand.word for subcommand in SUBCOMMANDS}


@pytest.mark.parametrize(
    "word", [item.word for item in SUBCOMMANDS if item.word and not item.takes_text]
)
def test_text_after_a_command_without_any__is_refused(team: ListenerHarness, word: str) -> None:
    before = team.dump_facts()
    assert team.types("U1", f"/roadmap {word} now") == (
        f"Leave out “now”: type only `/roadmap {word}`."
    )
    assert team.dump_facts() == before


def test_quarter_close_to_a_word__is_suggested(team: ListenerHarness) -> None:
    reply = team.types("U1", "/roadmap plan nxt")
    assert reply == "“nxt” isn't a quarter. Did you mean `next`?"


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        ("cots 2", "“cots” isn't one of your values. Did you mean *cost*?"),
        (
            "",
            "Which value should get a different weight? For example: `/roadmap whatif security 2`.",
        ),
        (
            "cost <!here>",
            "Give cost a weight above 0, up to 1000. For example: `/roadmap whatif security 2`.",
        ),
    ],
)
def test_invalid_weight__is_answered_in_one_line(
    team: ListenerHarness, typed: str, reply: str
) -> None:
    assert team.types("U1", f"/roadmap whatif {typed}") == reply


def test_help__lists_each_subcommand_with_who_may_use_it(team: ListenerHarness) -> None:
    reply = team.types("UGUEST", "/roadmap HELP")
    for subcommand in SUBCOMMANDS:
        if subcommand.word != "help":
            assert re.search(rf"^`/roadmap ?{subcommand.word}\b", reply, re.MULTILINE), subcommand
    stewards = re.findall(r"^`/roadmap (\w+).*\(stewards\)$", reply, re.MULTILINE)
    assert stewards == ["commit", "change", "post", "settings"]


def test_weeks_away__count_in_every_quarter(team: ListenerHarness) -> None:
    board = team.board
    with team.database.transaction(STORE) as session:
        boards.change_settings(
            session,
            board,
            cadence=board.cadence,
            people=4,
            weeks_away=2,
            stewards=(),
            quorum=3,
            by="U1",
            now=board.created_at,
        )
    for quarter in ("", "next", "Q1 2031"):
        reply = team.types("U1", f"/roadmap plan {quarter}")
        assert "− 2 weeks away" in reply
        assert "The same weeks away count in every quarter." in reply

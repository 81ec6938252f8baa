"""The demo, played to the middle of a quarter."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.demo.calendar import TimeSlot
from bot.demo.cast import CHANNEL
from bot.demo.environment import DemoEnvironment, demo_environment
from bot.demo.projects import IDEAS
from bot.demo.script import ZONE
from domain.projects.lifecycle import Status
from slack_sandbox.client.client import Message
from storage.boards import boards, fires
from storage.planning import roadmaps, toil
from storage.posts import outbox
from storage.projects import projects
from storage.tables import PostKind

pytestmark = pytest.mark.long

END = datetime(2026, 8, 20, 12, tzinfo=UTC)  # a Thursday in the seventh week of its quarter
MAX_POSTS_PER_WEEK = 2


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoEnvironment]:
    with demo_environment(END) as demo:
        demo.play(lambda _week, _part: None)
        yield demo


@pytest.fixture(scope="module")
def posts(demo: DemoEnvironment) -> list[Message]:
    """Return the bot's messages in the channel, without cards."""
    bot = demo.cast.slack.app_user_id
    return [
        message
        for message in demo.cast.slack.person("gus").messages(CHANNEL)
        if message.user == bot and not (message.ephemeral or is_notice(message) or is_card(message))
    ]


def is_card(message: Message) -> bool:
    """Return whether a message is a card, in any status."""
    return message.visible_text.startswith("#")


def is_notice(message: Message) -> bool:
    """Return whether a message is Slack's notice that someone joined."""
    return "subtype" in message.raw


def day_of(message: Message) -> date:
    return datetime.fromtimestamp(float(message.ts), ZoneInfo(ZONE)).date()


def week_of(message: Message) -> tuple[int, int]:
    return day_of(message).isocalendar()[:2]


def test_demo_is_played__bot_posts_at_most_twice_a_week(posts: list[Message]) -> None:
    weeks = Counter(map(week_of, posts))
    assert len(weeks) > 13
    busy = {week for week, count in weeks.items() if count > MAX_POSTS_PER_WEEK}
    assert {week: [m.visible_text for m in posts if week_of(m) == week] for week in busy} == {}


def test_demo_is_played__every_week_has_one_digest(
    demo: DemoEnvironment, posts: list[Message]
) -> None:
    digests = [
        day_of(message) for message in posts if message.visible_text.startswith("Digest for #ops")
    ]
    first = demo.calendar.at(1, TimeSlot.MORNING).date()
    assert digests == [
        date.fromordinal(day) for day in range(first.toordinal(), END.toordinal(), 7)
    ]


def test_demo_is_played__every_quarter_has_one_roadmap(posts: list[Message]) -> None:
    roadmaps = [message for message in posts if message.visible_text.startswith("Roadmap for #ops")]
    assert [(day_of(message), message.visible_text.splitlines()[0]) for message in roadmaps] == [
        (date(2026, 4, 1), "Roadmap for #ops · Q2 2026"),
        (date(2026, 7, 1), "Roadmap for #ops · Q3 2026"),
    ]


def test_demo_is_played__finished_quarter_has_one_retrospective(posts: list[Message]) -> None:
    retrospectives = [
        message for message in posts if message.visible_text.startswith("Retrospective for #ops")
    ]
    assert [
        (day_of(message), message.visible_text.splitlines()[0]) for message in retrospectives
    ] == [(date(2026, 6, 26), "Retrospective for #ops · Q2 2026")]
    assert "5 of 8 projects shipped" in retrospectives[0].visible_text


def test_demo_is_played__every_kind_of_post_was_sent(demo: DemoEnvironment) -> None:
    with demo.database.snapshot() as session:
        [board] = boards.list_all(session)
        assert outbox.pending(session) == []
        missing = [kind for kind in PostKind if not outbox.list_subjects(session, board.id, kind)]
    assert missing == []


def test_demo_is_played__database_holds_what_people_did(demo: DemoEnvironment) -> None:
    with demo.database.snapshot() as session:
        [board] = boards.list_all(session)
        assert len(projects.list_for_board(session, board.id)) == len(IDEAS)
        assert [fire.value for fire in fires.burning(session, board.id)] == ["availability"]
        assert board.charter_version == 2
        statuses = Counter(each.status for each in projects.list_for_board(session, board.id))
        quarters = [demo.calendar.previous_quarter, demo.calendar.current_quarter]
        committed = [roadmaps.find(session, board.id, quarter) for quarter in quarters]
        assert toil.first_entry_at(session, board.id) is not None
    assert all(committed)
    shipped_recently = 1  # by the script, so that the newest digest has news
    shipped = [idea for idea in IDEAS if idea.shipped is not None]
    assert statuses[Status.SHIPPED] == len(shipped) + shipped_recently
    assert statuses[Status.MERGED] == statuses[Status.DECLINED] == 1
    assert statuses[Status.HANDED_OFF] == 1

"""What `/roadmap` makes of what is typed after it."""

from storage import posts
from storage.tables import PostKind
from tests.bot.team import Team


def roadmaps(team: Team) -> list[int]:
    """The editions of the quarter's roadmap that are yet to be posted."""
    return [post.edition for post in team.unposted if post.kind is PostKind.ROADMAP]


def is_posted(team: Team) -> None:
    """Slack shows the newest roadmap."""
    with team.database.transaction() as session:
        last = posts.latest(session, team.board.id, PostKind.ROADMAP)
        assert last is not None
        posts.record(session, last.id, ts="1.5", permalink=None, shown_revision=None, ranks=None)


def test_a_roadmap_is_posted_again_and_said_to_be(team: Team) -> None:
    assert "is on its way into the channel" in team.types("U1", "/roadmap post")
    assert "is on its way into the channel" in team.types("U1", "/roadmap post")
    assert roadmaps(team) == [1]
    is_posted(team)
    assert "is posted again, as it is now" in team.types("U1", "/roadmap post")
    assert roadmaps(team) == [2]

"""The mark of a post on its message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reconciler.lost_posts import mark_of, marked
from bot.views.blocks.block_kit import Message
from slack_sandbox.block_kit.block_errors import message_errors
from storage.posts.outbox import Post
from storage.tables import PostKind
from tests.support.surfaces import SURFACES, Words

POST = Post(id=1, board_id=1, kind=PostKind.CARD, subject="1")
MESSAGES = {
    name: surface
    for name, make in SURFACES.items()
    if isinstance(surface := make(Words()), Message)
}
posts = st.builds(
    Post,
    id=st.integers(),
    board_id=st.integers(1, 20),
    kind=st.sampled_from(PostKind),
    subject=st.text("U1:-W2", min_size=1, max_size=8),
    edition=st.integers(1, 20),
)


@given(posts, posts)
def test_mark__is_the_same_only_for_the_same_post(first: Post, second: Post) -> None:
    identities = {
        (post.board_id, post.kind, post.subject, post.edition) for post in (first, second)
    }
    assert len({mark_of(first), mark_of(second)}) == len(identities)


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
def test_marked_message__is_valid_and_keeps_its_ids(message: Message) -> None:
    for blocks in message.renderings[:-1]:
        found = marked(blocks, POST)
        assert message_errors(found) == []
        assert [block["block_id"] for block in found if "block_id" in block] == [
            mark_of(POST),
            *(block["block_id"] for block in blocks if "block_id" in block),
        ]


def test_message_without_blocks__has_no_mark() -> None:
    assert marked([], POST) == []

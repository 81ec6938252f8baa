"""The mark of a post on its message."""

import pytest

from bot.reconciler.lost_posts import marked
from bot.views.blocks.block_kit import Message
from slack_sandbox.block_kit.block_errors import message_errors
from storage.posts.identity import PostIdentity
from storage.tables import PostKind
from tests.support.surfaces import SURFACES, Words

IDENTITY = PostIdentity("a" * 16, 1, PostKind.CARD, "1", edition=1)
MESSAGES = {
    name: surface
    for name, make in SURFACES.items()
    if isinstance(surface := make(Words()), Message)
}


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
def test_marked_message__is_valid_and_keeps_its_ids(message: Message) -> None:
    for blocks in message.renderings[:-1]:
        found = marked(blocks, IDENTITY)
        assert message_errors(found) == []
        assert [block["block_id"] for block in found if "block_id" in block] == [
            IDENTITY.mark,
            *(block["block_id"] for block in blocks if "block_id" in block),
        ]


def test_message_without_blocks__has_no_mark() -> None:
    assert marked([], IDENTITY) == []

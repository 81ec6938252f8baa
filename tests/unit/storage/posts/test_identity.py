"""Identity of posts in marks and metadata, also as earlier versions wrote it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.posts.identity import (
    MARK_PREFIX,
    UNNAMED_STORE,
    PostIdentity,
    read_mark,
    read_payload,
)
from storage.stores import random_id
from storage.tables import PostKind

CARD = PostIdentity(random_id(), 1, PostKind.CARD, "12", edition=2)
identities = st.builds(
    PostIdentity,
    store_id=st.builds(random_id),
    board_id=st.integers(1, 20),
    kind=st.sampled_from(PostKind),
    subject=st.text("U1:-W2", max_size=8),
    edition=st.integers(1, 20),
)


@given(identities)
def test_mark_and_payload__are_read_back(identity: PostIdentity) -> None:
    assert read_mark(["b1", identity.mark]) == identity
    assert read_payload(identity.payload) == identity


@given(identities, identities)
def test_mark__is_the_same_only_for_the_same_post(
    first: PostIdentity, second: PostIdentity
) -> None:
    assert len({first.mark, second.mark}) == len({first, second})


@given(identities)
def test_form_of_earlier_versions__names_no_store(identity: PostIdentity) -> None:
    old = replace(identity, store_id=UNNAMED_STORE)
    mark = f"{MARK_PREFIX}{old.board_id}:{old.kind}:{old.subject}:{old.edition}"
    payload = {name: value for name, value in identity.payload.items() if name != "store"}
    assert read_mark([mark]) == read_payload(payload) == old
    assert identity.matches(old)
    assert identity.matches(identity)
    assert not identity.matches(replace(identity, store_id=random_id()))


@pytest.mark.parametrize(
    "mark", ["", "other", MARK_PREFIX, f"{MARK_PREFIX}1", f"{MARK_PREFIX}a:b:card:1:1"]
)
def test_other_block_ids__are_no_mark(mark: str) -> None:
    assert read_mark([mark]) is None


@pytest.mark.parametrize(
    "payload", [None, {}, {"board": 1}, CARD.payload | {"kind": "of 2030"}, {"edition": []}]
)
def test_other_metadata__is_no_identity(payload: dict[str, object] | None) -> None:
    assert read_payload(payload) is None

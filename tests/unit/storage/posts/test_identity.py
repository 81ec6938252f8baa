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
subjects = st.one_of(
    st.just((PostKind.INTRODUCTION, "")),
    st.tuples(st.sampled_from([PostKind.CARD, PostKind.FIRE]), st.integers(1, 20).map(str)),
    st.tuples(st.just(PostKind.DIGEST), st.sampled_from(["2026-W34", "2026-W35"])),
    st.tuples(st.just(PostKind.ROADMAP), st.dates().map(str)),
    st.tuples(st.just(PostKind.UPDATE), st.sampled_from(["1:2", "1:2:3", "12:3"])),
    st.tuples(st.just(PostKind.OUTCOME), st.sampled_from(["U1:2", "U1:2:2026-08-21"])),
)
identities = st.builds(
    lambda store_id, board_id, subject, edition: PostIdentity(
        store_id, board_id, subject[0], subject[1], edition
    ),
    store_id=st.builds(random_id),
    board_id=st.integers(1, 20),
    subject=subjects,
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


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        (PostKind.CARD, "x"),
        (PostKind.CARD, "012"),
        (PostKind.INTRODUCTION, "x"),
        (PostKind.DIGEST, "2026"),
        (PostKind.ROADMAP, ""),
        (PostKind.UPDATE, "1:x"),
    ],
)
def test_subject_of_another_form__is_no_identity(kind: PostKind, subject: str) -> None:
    identity = replace(CARD, kind=kind, subject=subject)
    assert read_mark([identity.mark]) is None
    assert read_payload(identity.payload) is None

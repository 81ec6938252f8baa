"""Encoding of subjects: round trips from values and from stored texts."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.posts import subjects
from storage.posts.subjects import (
    SHAPES,
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
from storage.tables import PostKind

RECORDED_DATABASES = sorted((Path(__file__).parents[3] / "upgrade/stores").glob("*/store.sql"))
POST_ROW = re.compile(r"""^INSERT INTO "post" VALUES\(\d+,\d+,'(\w+)','([^']*)'""", re.MULTILINE)
DATE = date(2026, 8, 21)

IDS = st.integers(min_value=1, max_value=2**31)
PEOPLE = st.from_regex(r"[UW][A-Z0-9]{1,12}", fullmatch=True)
DATES = st.dates()
WEEKS = DATES.map(lambda day: "{}-W{:02d}".format(*day.isocalendar()[:2]))
VALUES: dict[type[Subject], st.SearchStrategy[Subject]] = {
    BoardSubject: st.builds(BoardSubject),
    ProjectSubject: st.builds(ProjectSubject, IDS),
    FireSubject: st.builds(FireSubject, IDS),
    OldFireSubject: st.builds(OldFireSubject, PEOPLE, IDS),
    DraftSubject: st.builds(DraftSubject, IDS),
    WeekSubject: st.builds(WeekSubject, WEEKS),
    QuarterSubject: st.builds(QuarterSubject, DATES.map(date.isoformat)),
    ReminderSubject: st.builds(ReminderSubject, PEOPLE, WEEKS),
    PaybackSubject: st.builds(PaybackSubject, IDS, IDS, st.none() | DATES),
    OutcomeSubject: st.builds(OutcomeSubject, PEOPLE, IDS, st.none() | DATES),
    RoadmapChangeSubject: st.builds(RoadmapChangeSubject, IDS),
    UpdateSubject: st.builds(UpdateSubject, IDS, st.lists(IDS, min_size=1).map(tuple)),
    OwnerLeftSubject: st.builds(OwnerLeftSubject, PEOPLE, IDS),
}


@pytest.mark.parametrize("kind", PostKind)
@given(data=st.data())
def test_any_subject__survives_encoding(kind: PostKind, data: st.DataObject) -> None:
    subject = data.draw(VALUES[SHAPES[kind]])
    assert subjects.decode(kind, subjects.encode(kind, subject)) == subject


@pytest.mark.parametrize(
    ("kind", "subject", "text"),
    [
        (PostKind.INTRODUCTION, BoardSubject(), ""),
        (PostKind.CARD, ProjectSubject(12), "12"),
        (PostKind.DISPUTE, ProjectSubject(12), "12"),
        (PostKind.DIGEST, WeekSubject("2026-W35"), "2026-W35"),
        (PostKind.ROADMAP, QuarterSubject("2026-07-01"), "2026-07-01"),
        (PostKind.RETROSPECTIVE, QuarterSubject("2026-07-01"), "2026-07-01"),
        (PostKind.FIRE, FireSubject(3), "3"),
        (PostKind.FIRE_OUT, FireSubject(3), "3"),
        (PostKind.DRAFT, DraftSubject(4), "4"),
        (PostKind.OLD_FIRE, OldFireSubject("U1", 3), "U1:3"),
        (PostKind.NUDGE, ReminderSubject("U1", "2026-W35"), "U1:2026-W35"),
        (PostKind.PAYBACK, PaybackSubject(12, 30, DATE), "12:30:2026-08-21"),
        (PostKind.PAYBACK, PaybackSubject(12, 30, None), "12:30"),
        (PostKind.OUTCOME, OutcomeSubject("U1", 12, DATE), "U1:12:2026-08-21"),
        (PostKind.OUTCOME, OutcomeSubject("U1", 12, None), "U1:12"),
        (PostKind.UPDATE, UpdateSubject(12, (34, 35)), "12:34:35"),
        (PostKind.OWNER_LEFT, OwnerLeftSubject("U1", 34), "U1:34"),
    ],
)
def test_known_subject__has_the_text_of_old_posts(
    kind: PostKind, subject: Subject, text: str
) -> None:
    assert subjects.encode(kind, subject) == text
    assert subjects.decode(kind, text) == subject


def test_recorded_posts__keep_their_texts() -> None:
    posts = {row for path in RECORDED_DATABASES for row in POST_ROW.findall(path.read_text())}
    assert len({PostKind(kind) for kind, _ in posts}) > 10  # new kinds are in the next recording
    changed = [
        (kind, text)
        for kind, text in posts
        if subjects.encode(PostKind(kind), subjects.decode(PostKind(kind), text)) != text
    ]
    assert changed == []


@pytest.mark.parametrize("kind", PostKind)
def test_subject_of_another_shape__is_refused(kind: PostKind) -> None:
    other = FireSubject(1) if SHAPES[kind] is not FireSubject else ProjectSubject(1)
    with pytest.raises(TypeError, match=f"a {kind} is about a"):
        subjects.encode(kind, other)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (PostKind.CARD, "twelve"),
        (PostKind.OLD_FIRE, "3"),
        (PostKind.NUDGE, "U1"),
        (PostKind.PAYBACK, "12"),
        (PostKind.PAYBACK, "12:30:soon"),
        (PostKind.OUTCOME, "U1:12:2026-08-21:1"),
    ],
)
def test_malformed_text__is_refused(kind: PostKind, text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        subjects.decode(kind, text)


@given(week=WEEKS, person=PEOPLE)
def test_reminders_of_a_week__end_in_its_suffix(week: str, person: str) -> None:
    assert ReminderSubject(person, week).encode().endswith(ReminderSubject.suffix(week))

"""The content of a week's digest."""

from collections import defaultdict
from datetime import date, timedelta

from bot.presenters import quarters
from bot.presenters.board_overview import overview
from bot.presenters.board_snapshot import BoardSnapshot
from bot.presenters.outcomes import in_week
from bot.presenters.toil_ledger import ledger
from bot.views.data.digest import Digest
from bot.views.data.project_state import ShippedWork
from storage.people import people
from storage.posts import outbox
from storage.projects import history, projects
from storage.projects.projects import Project

MAX_SHIPPED = 5  # More shipped projects wait for the next digest.
WEEK = timedelta(weeks=1)


def digest(snapshot: BoardSnapshot, week: str) -> Digest:
    """Return the digest of an ISO week."""
    session, board = snapshot.session, snapshot.board
    day = board.cadence.digest_day(week)
    unreported = projects.shipped_since_last_digest(session, board.id, week, MAX_SHIPPED)
    return Digest(
        board=overview(snapshot),
        week=week,
        previous_ranks=outbox.last_ranks(session, board.id, week),
        toil=ledger(snapshot, day),
        shipped=_shipped(snapshot, unreported, day),
        quarter=quarters.quarter_progress(snapshot, board.hours.start_of_day(day)),
        paybacks=in_week(snapshot, day),
    )


def _shipped(snapshot: BoardSnapshot, shipped: list[Project], day: date) -> list[ShippedWork]:
    """Return the shipped projects, then the steps of open projects done in the week before `day`.

    Thank the owner and the proposer of each by name.
    """
    steps = _steps_done(snapshot, day)
    by_id = {project.id: project for project in snapshot.open_projects}
    stepped = [by_id[project_id] for project_id in steps]
    involved = {person for project in (*shipped, *stepped) for person in _thanked(project)}
    names = people.names(snapshot.session, snapshot.board.team_id, involved)

    named = [*shipped, *stepped]
    return [
        ShippedWork(
            reference,
            tuple(names[person] for person in _thanked(project) if person in names),
            steps.get(project.id, ()),
        )
        for project, reference in zip(named, snapshot.references(named), strict=True)
    ]


def _steps_done(snapshot: BoardSnapshot, day: date) -> dict[int, tuple[str, ...]]:
    """Return the steps of open projects that were done in the week before `day`, by project id."""
    hours = snapshot.board.hours
    start, end = hours.start_of_day(day - WEEK), hours.start_of_day(day)
    by_id = {project.id: project for project in snapshot.open_projects if project.steps_done}
    events = history.events_between(snapshot.session, by_id, projects.STEP_DONE, start, end)
    done: dict[int, list[str]] = defaultdict(list)
    for project_id, step in events:
        if step in by_id[project_id].steps_done and step not in done[project_id]:
            done[project_id].append(step)
    return {project_id: tuple(steps) for project_id, steps in done.items() if steps}


def _thanked(project: Project) -> list[str]:
    """Return the project's owner and proposer, each once."""
    return list(dict.fromkeys(filter(None, (project.owner, project.proposer))))

"""Publisher of App Home, which is different for each person."""

from datetime import datetime
from functools import partial

from slack_sdk import WebClient

from bot.presenters import home as home_presenter
from bot.slack.answers.channels import channels_of
from bot.slack.background import run_in_background
from bot.views import home
from storage.database import Database, DatabaseUnavailable


def publish(
    client: WebClient, database: Database, team_id: str, person: str, now: datetime
) -> None:
    """Publish a person's App Home, with only the boards whose channels the person is in."""
    joined = channels_of(client, person)
    with database.snapshot() as session:
        data = home_presenter.home(session, team_id, person, joined, now)
    client.views_publish(user_id=person, view=home.home(data))


def refresh(
    client: WebClient, database: Database, team_id: str, person: str, now: datetime
) -> None:
    """Publish a person's App Home in the background, after an action. Log a failure."""
    task = partial(publish, client, database, team_id, person, now)
    run_in_background(f"App Home of {person}", task, expected=(DatabaseUnavailable,))

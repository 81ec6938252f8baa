"""Publisher of App Home, which is different for each person.

Slack shows a published Home until the app publishes the next one. So Needle publishes a new Home
for a person who leaves a board's channel: https://docs.slack.dev/reference/methods/views.publish
"""

from datetime import datetime
from functools import partial

from slack_sdk import WebClient

from bot.presenters import home as home_presenter
from bot.slack.answers.channels import channels_of
from bot.slack.background import run_in_background
from bot.views import home
from storage.database import Database, DatabaseUnavailable
from storage.locks import STORE
from storage.people import homes


def publish(
    client: WebClient, database: Database, team_id: str, person: str, now: datetime
) -> None:
    """Publish a person's App Home, with only the boards whose channels the person is in."""
    with database.snapshot() as session:
        revision = homes.revision(session, team_id, person)
    if revision is None:
        with database.transaction(STORE) as session:
            revision = homes.add(session, team_id, person)
    joined = channels_of(client, person)
    with database.snapshot() as session:
        data = home_presenter.home(session, team_id, person, joined, now)
    client.views_publish(user_id=person, view=home.home(data))
    if revision:
        with database.transaction(STORE) as session:
            homes.mark_shown(session, team_id, person, revision)


def refresh(
    client: WebClient, database: Database, team_id: str, person: str, now: datetime
) -> None:
    """Publish a person's App Home in the background, after an action. Log a failure."""
    task = partial(publish, client, database, team_id, person, now)
    run_in_background(f"App Home of {person}", task, expected=(DatabaseUnavailable,))

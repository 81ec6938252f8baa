"""Publishes a person's App Home, to that person alone."""

from functools import partial

from slack_sdk import WebClient

from bot.authorization.members import channels_of
from bot.presenters import home as home_presenter
from bot.slack.background import afterwards
from bot.views import home
from storage.database import Database, Unavailable


def publish(client: WebClient, database: Database, team_id: str, person: str) -> None:
    """Only of the boards whose channels they are in: of others they see nothing."""
    theirs = channels_of(client, person)
    with database.snapshot() as session:
        shown = home_presenter.home(session, team_id, person, theirs)
    client.views_publish(user_id=person, view=home.home(shown))


def refresh(client: WebClient, database: Database, team_id: str, person: str) -> None:
    """After an act of theirs, which is done whether or not Slack takes this."""
    show = partial(publish, client, database, team_id, person)
    afterwards(f"the Home of {person}", show, expected=(Unavailable,))

"""Mentions of Needle and direct messages to it."""

import pytest

from storage.database import Database
from tests.support.bot_process import SandboxPeople
from tests.support.slack_steps import invite


@pytest.mark.usefixtures("board")
def test_mention__is_answered_only_to_its_author(team: SandboxPeople) -> None:
    team.ana.types("@needle what now?")
    assert team.ana.sees("Three things to try here:").ephemeral
    assert all("Three things" not in each.visible_text for each in team.ben.messages())


@pytest.mark.usefixtures("board")
def test_mention_in_thread__is_answered_there(team: SandboxPeople) -> None:
    team.ana.types("Which project is next?")
    question = team.ben.sees("Which project is next?")
    team.ben.replies("@needle help", to=question)
    team.ben.sees_in_thread("Three things to try here:", of=question)


def test_direct_message__is_answered_by_channels(bot: Database, team: SandboxPeople) -> None:
    del bot
    team.ana.types("hi", channel="@needle")
    team.ana.sees("To start, type /invite @Needle", channel="@needle")
    invite(team)
    team.ana.types("hi again", channel="@needle")
    team.ana.sees("Three things to try in #ops:", channel="@needle")

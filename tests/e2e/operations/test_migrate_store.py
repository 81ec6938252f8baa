"""The move of a running team from SQLite to PostgreSQL."""

from pathlib import Path

from slack_sandbox.server import Sandbox
from tests.support.bot_process import BotProcess, SandboxPeople
from tests.support.postgres import Postgres
from tests.support.slack_steps import card_showing, invite, propose


def test_team_moves_to_postgresql__bot_goes_on(
    sandbox: Sandbox, team: SandboxPeople, tmp_path: Path, postgres: Postgres
) -> None:
    url = postgres.new_database()
    old = BotProcess(sandbox, tmp_path)
    old.start()
    invite(team)
    card = propose(team, "ana", "Retire the last NAT box")
    team.ben.reacts("+1", to=card)
    team.mia.sees(card_showing(card, "👍 1"))

    refused = old.needle("migrate-store", url)
    assert (refused.returncode, refused.stdout) == (1, "")
    [line] = refused.stderr.splitlines()
    assert "needle.db is in use. Stop the bot" in line
    team.chloe.reacts("+1", to=card)
    team.mia.sees(card_showing(card, "👍 2"))

    assert old.stop() == 0
    team.dev.reacts("+1", to=card)
    moved = old.needle("migrate-store", url)
    assert moved.returncode == 0, moved.stderr
    assert moved.stdout.startswith("Copied and compared ")
    assert "  project: 1\n" in moved.stderr
    again = old.needle("run")
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr.count("\n") == 1
    assert "needle.db was moved to postgresql+psycopg://" in again.stderr

    new = BotProcess(sandbox, tmp_path, DATABASE_URL=url)
    new.start()
    team.mia.sees(card_showing(card, "👍 3"))
    team.mia.reacts("+1", to=card)
    team.mia.sees(card_showing(card, "👍 4"))
    assert "#2" in propose(team, "ana", "Rotate the keys").visible_text
    titles = [m.visible_text for m in team.mia.messages() if "NAT box" in m.visible_text]
    assert len(titles) == 1, "the card isn't posted again"
    assert new.stop() == 0

"""A board whose projects, digest and roadmap aren't posted yet."""

from datetime import datetime, timedelta

from domain.projects.proposal import Proposal
from slack_sandbox.client.client import SandboxClient
from storage.boards import boards
from storage.database import Database
from storage.locks import STORE
from storage.projects import projects
from tests.support.chaos.story import TITLES
from tests.support.slack_steps import SUMMARY

LAST_QUARTER = timedelta(days=100)  # ago: since then, a digest and a roadmap have come due


def propose_all(database: Database, slack: SandboxClient, at: datetime) -> None:
    """Create a board with projects by mia that aren't posted yet."""
    people = {each["name"]: each["id"] for each in slack.workspace()["people"]}
    [ops] = [
        channel for channel in slack.person("mia").screen()["channels"] if channel["name"] == "ops"
    ]
    team_id = slack.workspace()["team"]["id"]
    with database.transaction(STORE) as session:
        boards.create(session, team_id, ops["id"], None, at)
        board_id = boards.find_id(session, team_id, ops["id"]) or 0
        for title in TITLES:
            proposal = Proposal(title=title, summary=SUMMARY)
            projects.propose(
                session, board_id, origin=title, proposer=people["mia"], proposal=proposal, now=at
            )

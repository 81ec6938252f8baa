"""Team Harbor: the people and channels that every sandbox starts with."""

from slack_sandbox.model.ids import new_id
from slack_sandbox.model.manifest import App
from slack_sandbox.model.workspace import SLACKBOT, Channel, Clock, Person, Workspace

MEMBERS = {
    "mia": "Mia Okafor",
    "ana": "Ana Silva",
    "ben": "Ben Carter",
    "chloe": "Chloé Martin",
    "dev": "Dev Patel",
    "eli": "Eli Rosen",
    "fatima": "Fatima Zahra",
    "gus": "Gus Lindqvist",
}
ADMINS = {"mia", "ana"}
LEADS = ["mia", "ana", "ben"]


def harbor_workspace(app: App, clock: Clock, extra_members: int = 0) -> Workspace:
    """Return the workspace Harbor. The app's bot is in no channel until someone invites it.

    `extra_members` is a number of members to add; they are in all public channels.
    """
    workspace = Workspace("T0HARBOR01", "Harbor", clock)
    members = [*_members(), *_extra_members(extra_members)]
    for person in (*members, *_others(app)):
        workspace.people[person.id] = person
    everyone = [member.id for member in members]
    now = int(clock())
    for channel in (
        Channel("C0GENERAL1", "general", _id("mia"), now, [*everyone, _id("gia")]),
        Channel("C0OPS00001", "ops", _id("mia"), now, list(everyone), topic="Run it well"),
        Channel("C0RANDOM01", "random", _id("ana"), now, list(everyone)),
        Channel(
            "C0OPSLEADS", "ops-leads", _id("mia"), now, [_id(h) for h in LEADS], is_private=True
        ),
    ):
        workspace.channels[channel.id] = channel
    return workspace


def _id(handle: str) -> str:
    return f"U0{handle.upper():0<8}"


def _members() -> list[Person]:
    return [
        Person(_id(handle), handle, real_name, is_admin=handle in ADMINS)
        for handle, real_name in MEMBERS.items()
    ]


def _extra_members(count: int) -> list[Person]:
    handles = (f"member{number:03}" for number in range(1, count + 1))
    return [Person(_id(handle), handle, handle.capitalize()) for handle in handles]


def _others(app: App) -> list[Person]:
    bot_handle = app.bot_name.lower().replace(" ", "_")
    return [
        Person(_id("gia"), "gia", "Gia Guest", is_restricted=True),
        Person(_id("otto"), "otto", "Otto Gone", deleted=True),
        Person(_id("pagerbot"), "pagerbot", "Pagerbot", is_bot=True, bot_id=new_id("B")),
        Person(app.bot_user_id, bot_handle, app.bot_name, is_bot=True, bot_id=app.bot_id),
        # Slack's own bot is the one bot whose is_bot is false (reference/objects/user-object).
        Person(SLACKBOT, "slackbot", "Slackbot"),
    ]

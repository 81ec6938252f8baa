"""What an admin does with people and the app, and what people do with their own profile."""

from zoneinfo import available_timezones

from slack_sandbox.control.actions.registry import Act, act
from slack_sandbox.model.errors import Refused
from slack_sandbox.model.workspace import Json, Person
from slack_sandbox.operations import accounts

LONGEST_NAME = 80


@act("deactivate")
async def deactivate(act: Act) -> Json:
    person = _managed(act)
    if person.deleted:
        raise Refused("already_deactivated")
    accounts.change(act.slack, person, deleted=True)
    return {}


@act("restore")
async def restore(act: Act) -> Json:
    person = _managed(act)
    if not person.deleted:
        raise Refused("already_active")
    accounts.change(act.slack, person, deleted=False)
    return {}


@act("make_guest")
async def make_guest(act: Act) -> Json:
    accounts.change(act.slack, _managed(act), is_restricted=True)
    return {}


@act("make_member")
async def make_member(act: Act) -> Json:
    accounts.change(act.slack, _managed(act), is_restricted=False)
    return {}


@act("change_profile")
async def change_profile(act: Act) -> Json:
    """One's own: `real_name`, `name`, `time_zone`."""
    changes = {
        name: act.text(name) for name in ("real_name", "name", "time_zone") if act.given.get(name)
    }
    if "time_zone" in changes and changes["time_zone"] not in available_timezones():
        raise Refused("invalid_time_zone")
    if any(len(value) > LONGEST_NAME for value in changes.values()):
        raise Refused("invalid_name")
    people = act.slack.workspace.people.values()
    if any(each.name == changes.get("name") and each is not act.person for each in people):
        raise Refused("name_taken")
    accounts.change(act.slack, act.person, **changes)
    return {}


@act("uninstall")
async def uninstall(act: Act) -> Json:
    _only_for_admins(act)
    if not act.slack.installation.is_active:
        raise Refused("not_installed")
    accounts.uninstall(act.slack)
    return {}


def _managed(act: Act) -> Person:
    _only_for_admins(act)
    person = act.slack.workspace.person(act.text("user"))
    if person is act.person or person.is_bot:
        raise Refused("not_allowed")
    return person


def _only_for_admins(act: Act) -> None:
    if not act.person.is_admin:
        raise Refused("not_an_admin", f"{act.person.name} is no admin")

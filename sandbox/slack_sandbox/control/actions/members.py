"""Actions on accounts: those of admins, and changes to the person's own profile."""

from zoneinfo import available_timezones

from slack_sandbox.control.actions.registry import Action, register
from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.workspace import Json, Person
from slack_sandbox.operations import accounts

MAX_NAME_LENGTH = 80


@register("add_member")
async def add_member(action: Action) -> Json:
    _require_admin(action)
    name = action.text("name").lower()
    real_name = str(action.fields.get("real_name") or name.capitalize())
    _check_names(action, name=name, real_name=real_name)
    return {"user": accounts.add(action.slack, name, real_name).id}


@register("deactivate")
async def deactivate(action: Action) -> Json:
    person = _user(action)
    if person.deleted:
        raise SlackError("already_deactivated")
    accounts.change(action.slack, person, deleted=True)
    return {}


@register("restore")
async def restore(action: Action) -> Json:
    person = _user(action)
    if not person.deleted:
        raise SlackError("already_active")
    accounts.change(action.slack, person, deleted=False)
    return {}


@register("make_guest")
async def make_guest(action: Action) -> Json:
    accounts.change(action.slack, _user(action), is_restricted=True)
    return {}


@register("make_member")
async def make_member(action: Action) -> Json:
    accounts.change(action.slack, _user(action), is_restricted=False)
    return {}


@register("change_profile")
async def change_profile(action: Action) -> Json:
    """Change the person's own `real_name`, `name`, or `time_zone`."""
    changes = {
        name: action.text(name)
        for name in ("real_name", "name", "time_zone")
        if action.fields.get(name)
    }
    if "time_zone" in changes and changes["time_zone"] not in available_timezones():
        raise SlackError("invalid_time_zone")
    _check_names(action, **changes)
    accounts.change(action.slack, action.person, **changes)
    return {}


def _check_names(action: Action, **names: str) -> None:
    """Raise SlackError if a name is too long, or if someone else has the handle `name`."""
    if any(len(value) > MAX_NAME_LENGTH for value in names.values()):
        raise SlackError("invalid_name")
    people = action.slack.workspace.people.values()
    if any(other.name == names.get("name") and other is not action.person for other in people):
        raise SlackError("name_taken")


@register("uninstall")
async def uninstall(action: Action) -> Json:
    _require_admin(action)
    if not action.slack.installation.is_installed:
        raise SlackError("not_installed")
    accounts.uninstall(action.slack)
    return {}


def _user(action: Action) -> Person:
    """Return the person in the `user` field. Raise SlackError if an admin can't manage them."""
    _require_admin(action)
    person = action.slack.workspace.person(action.text("user"))
    if person is action.person or person.is_bot:
        raise SlackError("not_allowed")
    return person


def _require_admin(action: Action) -> None:
    if not action.person.is_admin:
        raise SlackError("not_an_admin", f"{action.person.name} isn't an admin.")

"""users.* and team.info (docs.slack.dev/reference/methods/users.info)."""

from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.rate_limits import TIER_2, TIER_3, TIER_4
from slack_sandbox.model.workspace import Json
from slack_sandbox.surfaces.serializers import user_object
from slack_sandbox.web_api.methods.registry import Call, method, paginate


@method("users.info", scopes=("users:read",), tier=TIER_4, required=("user",))
def info(call: Call) -> Json:
    person = call.slack.workspace.people.get(call.text("user"))
    if person is None:
        raise SlackError("user_not_found")
    return {"ok": True, "user": user_object(person, call.slack.workspace)}


@method("users.list", scopes=("users:read",), tier=TIER_2)
def list_users(call: Call) -> Json:
    workspace = call.slack.workspace
    members = [user_object(person, workspace) for person in workspace.people.values()]
    page, metadata = paginate(call, members, max_limit=999)
    cache_ts = int(float(workspace.next_ts()))
    return {"ok": True, "members": page, "cache_ts": cache_ts, "response_metadata": metadata}


@method("team.info", scopes=("team:read",), tier=TIER_3)
def team_info(call: Call) -> Json:
    workspace = call.slack.workspace
    team = {"id": workspace.team_id, "name": workspace.name, "domain": workspace.domain}
    return {"ok": True, "team": team | {"email_domain": "", "icon": {"image_default": True}}}

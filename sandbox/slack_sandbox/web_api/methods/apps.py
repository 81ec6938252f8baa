"""auth.test, api.test and apps.connections.open (docs.slack.dev/reference/methods/auth.test)."""

from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.rate_limits import Tier
from slack_sandbox.model.workspace import Json
from slack_sandbox.web_api.methods.registry import Call, method

# Documented as tier 1 (1+ per minute), but a restart opens several connections at once.
CONNECTION_TIER = Tier(20, 60)


@method("api.test", authenticated=False)
def api_test(call: Call) -> Json:
    args = {name: value for name, value in call.args.items() if name != "token"}
    if call.has("error"):
        raise SlackError(call.text("error"), args=args)
    return {"ok": True, "args": args}


@method("auth.test")
def auth_test(call: Call) -> Json:
    slack = call.slack
    return {
        "ok": True,
        "url": f"{slack.url}/",
        "team": slack.workspace.name,
        "user": slack.bot.name,
        "team_id": slack.workspace.team_id,
        "user_id": slack.bot.id,
        "bot_id": slack.app.bot_id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", tier=CONNECTION_TIER, app_level=True)
def open_connection(call: Call) -> Json:
    return {"ok": True, "url": call.slack.socket_mode.open()}

"""oauth.v2.access, auth.revoke, apps.uninstall (docs.slack.dev/reference/methods/…)."""

from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.workspace import Json
from slack_sandbox.operations import accounts
from slack_sandbox.web_api.methods.registry import Call, method


@method("oauth.v2.access", authenticated=False)
def access(call: Call) -> Json:
    _check_client(call)
    if call.text("grant_type", "authorization_code") != "authorization_code":
        raise SlackError("invalid_grant_type")
    slack = call.slack
    code = slack.oauth.exchange(call.text("code"), call.text("redirect_uri"))
    token = accounts.install(slack, code.request.scopes)
    return {
        "ok": True,
        "access_token": token,
        "token_type": "bot",
        "scope": ",".join(sorted(slack.installation.scopes)),
        "bot_user_id": slack.app.bot_user_id,
        "app_id": slack.app.id,
        "team": {"id": slack.workspace.team_id, "name": slack.workspace.name},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": code.person.id},
    }


@method("auth.revoke")
def revoke(call: Call) -> Json:
    if call.flag("test"):
        return {"ok": True, "revoked": False}
    accounts.revoke_token(call.slack)
    return {"ok": True, "revoked": True}


@method("apps.uninstall")
def uninstall(call: Call) -> Json:
    _check_client(call)
    accounts.uninstall(call.slack)
    return {"ok": True}


def _check_client(call: Call) -> None:
    call.slack.oauth.check_client(call.text("client_id"), call.text("client_secret"))

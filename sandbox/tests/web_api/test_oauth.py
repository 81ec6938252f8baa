"""OAuth installation: the consent page, the code, and the token with its scopes."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, expect
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from slack_sandbox.client.client import ActionFailed, SandboxClient
from slack_sandbox.server import Sandbox
from support.app_connection import MANIFEST as APP_MANIFEST
from support.app_connection import connect_app

Json = dict[str, Any]
REDIRECT = "http://127.0.0.1:9/slack/oauth_redirect"
SCOPES = ["channels:read", "chat:write", "commands", "users:read"]
MANIFEST: Json = {
    "display_information": {"name": "Installer <b>"},
    "oauth_config": {"redirect_urls": [REDIRECT], "scopes": {"bot": SCOPES}},
    "settings": {"event_subscriptions": {"bot_events": ["app_uninstalled", "tokens_revoked"]}},
}


class Clock:
    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sandbox(clock: Clock) -> Iterator[Sandbox]:
    """Start a sandbox whose app isn't installed."""
    with Sandbox(MANIFEST, clock=clock, installed=False) as running:
        yield running


@pytest.fixture
def slack(sandbox: Sandbox) -> SandboxClient:
    return SandboxClient(sandbox.url)


@pytest.fixture
def client(sandbox: Sandbox) -> WebClient:
    return WebClient(base_url=sandbox.api_url, retry_handlers=[])


def authorize_url(sandbox: Sandbox, **params: str) -> str:
    defaults = {
        "client_id": sandbox.client_id,
        "scope": "chat:write,commands",
        "state": "s p & <x>",
    }
    return f"{sandbox.url}/oauth/v2/authorize?{urlencode(defaults | params)}"


def query(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


def get_code(sandbox: Sandbox, **params: str) -> str:
    mia = SandboxClient(sandbox.url).person("mia")
    return query(mia.installs_app(authorize_url(sandbox, **params)))["code"]


def exchange(sandbox: Sandbox, client: WebClient, issued_code: str, **args: Any) -> Json:
    secrets = {"client_id": sandbox.client_id, "client_secret": sandbox.client_secret}
    response = client.oauth_v2_access(**(secrets | {"code": issued_code} | args))
    assert isinstance(response.data, dict)
    return response.data


def error_of(call: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(SlackApiError) as error:
        call(*args, **kwargs)
    return str(error.value.response["error"])


def refusal(use: Callable[[], object]) -> str:
    """Return the error of what a person does. Fail if it works."""
    with pytest.raises(ActionFailed) as failure:
        use()
    return failure.value.error


def error_page(url: str) -> tuple[int, str]:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc)
    connection.request("GET", f"{parts.path}?{parts.query}")
    response = connection.getresponse()
    html = response.read().decode()
    connection.close()
    return response.status, html


def test_allowed_app__redirects_with_code_and_state(
    sandbox: Sandbox, slack: SandboxClient, client: WebClient
) -> None:
    redirect_url = slack.person("gus").installs_app(authorize_url(sandbox))
    assert redirect_url.startswith(f"{REDIRECT}?")
    assert query(redirect_url)["state"] == "s p & <x>"
    granted = exchange(sandbox, client, query(redirect_url)["code"])
    assert granted["scope"] == "chat:write,commands"
    assert (granted["token_type"], granted["bot_user_id"]) == ("bot", slack.app_user_id)
    assert granted["team"]["name"] == "Harbor"
    assert granted["authed_user"] == {"id": "U0GUS00000"}
    assert not granted["is_enterprise_install"]


def test_token__has_only_granted_scopes(sandbox: Sandbox, client: WebClient) -> None:
    token = exchange(sandbox, client, get_code(sandbox))["access_token"]
    response = client.auth_test(token=token)
    assert response.headers["x-oauth-scopes"] == "chat:write,commands"
    assert error_of(client.users_list, token=token) == "missing_scope"
    again = exchange(sandbox, client, get_code(sandbox, scope="users:read"))
    assert again["access_token"] == token
    assert again["scope"] == "chat:write,commands,users:read"
    client.users_list(token=token)


def test_app_not_installed__has_no_token(sandbox: Sandbox, client: WebClient) -> None:
    assert sandbox.bot_token == ""
    assert error_of(client.auth_test, token="xoxb-made-up") == "invalid_auth"


def test_denied_app__redirects_with_error(sandbox: Sandbox, slack: SandboxClient) -> None:
    redirect_url = slack.person("mia").installs_app(authorize_url(sandbox), allow=False)
    assert query(redirect_url) == {"error": "access_denied", "state": "s p & <x>"}


@pytest.mark.parametrize(
    ("params", "error"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"scope": ""}, "no_scopes"),
        ({"scope": "chat:write,admin"}, "invalid_scope"),
        ({"redirect_uri": "http://127.0.0.1:9/slack/oauth_redirected"}, "bad_redirect_uri"),
        ({"redirect_uri": "https://elsewhere.example/"}, "bad_redirect_uri"),
    ],
    ids=str,
)
def test_invalid_authorize_link__shows_error_page(
    sandbox: Sandbox, params: dict[str, str], error: str
) -> None:
    status, html = error_page(authorize_url(sandbox, **params))
    assert status == 400
    assert f"<code>{error}</code>" in html


def test_redirect_url_below_manifest_url__is_allowed(sandbox: Sandbox, client: WebClient) -> None:
    code = get_code(sandbox, redirect_uri=f"{REDIRECT}/deeper")
    exchange(sandbox, client, code, redirect_uri=f"{REDIRECT}/deeper")


def test_second_exchange_of_code__fails(sandbox: Sandbox, client: WebClient) -> None:
    code = get_code(sandbox)
    exchange(sandbox, client, code)
    assert error_of(exchange, sandbox, client, code) == "code_already_used"


def test_code__expires_after_ten_minutes(sandbox: Sandbox, client: WebClient, clock: Clock) -> None:
    early, late = get_code(sandbox), get_code(sandbox)
    clock.now += 600
    exchange(sandbox, client, early)
    clock.now += 0.1
    assert error_of(exchange, sandbox, client, late) == "invalid_code"


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"client_secret": "guessed"}, "bad_client_secret"),
        ({"code": "made-up"}, "invalid_code"),
        ({"redirect_uri": f"{REDIRECT}/other"}, "bad_redirect_uri"),
        ({"grant_type": "password"}, "invalid_grant_type"),
    ],
    ids=str,
)
def test_exchange_by_another_client__fails(
    sandbox: Sandbox, client: WebClient, args: dict[str, str], error: str
) -> None:
    code = get_code(sandbox)
    assert error_of(exchange, sandbox, client, code, **args) == error
    exchange(sandbox, client, code)


def test_client_credentials_in_form__are_accepted(sandbox: Sandbox, client: WebClient) -> None:
    form = {
        "client_id": sandbox.client_id,
        "client_secret": sandbox.client_secret,
        "code": get_code(sandbox),
    }
    assert client.api_call("oauth.v2.access", data=form)["access_token"].startswith("xoxb-")


def test_traffic__has_no_secret_code_or_token(
    sandbox: Sandbox, slack: SandboxClient, client: WebClient
) -> None:
    code = get_code(sandbox)
    token = exchange(sandbox, client, code)["access_token"]
    traffic = str(slack.traffic())
    assert "oauth.v2.access" in traffic
    assert not any(secret in traffic for secret in (code, token, sandbox.client_secret))


def test_revoked_token__fails_and_app_gets_event(
    sandbox: Sandbox, slack: SandboxClient, client: WebClient
) -> None:
    token = exchange(sandbox, client, get_code(sandbox))["access_token"]
    slack.person("mia").invites(slack.app_user_id, "ops")
    with connect_app(sandbox) as connection:
        assert not client.auth_revoke(token=token, test=True)["revoked"]
        assert client.auth_revoke(token=token)["revoked"]
        assert connection.event("tokens_revoked")["tokens"]["bot"] == [slack.app_user_id]
        assert connection.receives_nothing()  # the app stays installed
    assert error_of(client.auth_test, token=token) == "account_inactive"
    channels = slack.person("mia").screen()["channels"]
    ops = next(channel for channel in channels if channel["name"] == "ops")
    assert slack.app_user_id not in ops["members"]


def test_reinstalled_app__gets_another_token(sandbox: Sandbox, client: WebClient) -> None:
    token = exchange(sandbox, client, get_code(sandbox, scope=",".join(SCOPES)))["access_token"]
    secrets = {"client_id": sandbox.client_id, "client_secret": sandbox.client_secret}
    assert (
        error_of(client.apps_uninstall, token=token, **(secrets | {"client_secret": "no"}))
        == "bad_client_secret"
    )
    with connect_app(sandbox) as connection:
        client.apps_uninstall(token=token, **secrets)
        connection.event("tokens_revoked")
        connection.event("app_uninstalled")
    reinstalled = exchange(sandbox, client, get_code(sandbox))
    assert reinstalled["access_token"] != token
    assert reinstalled["scope"] == "chat:write,commands"
    assert error_of(client.auth_test, token=token) == "account_inactive"


def test_uninstalled_app__gets_nothing_that_people_do() -> None:
    button = {"type": "button", "text": {"type": "plain_text", "text": "Press"}}
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    with Sandbox(APP_MANIFEST) as sandbox, connect_app(sandbox) as connection:
        slack = SandboxClient(sandbox.url)
        mia = slack.person("mia")
        client = WebClient(sandbox.bot_token, base_url=sandbox.api_url)
        mia.invites(slack.app_user_id, "ops")
        client.chat_postMessage(
            channel="#ops", text="Go?", blocks=[{"type": "actions", "elements": [button]}]
        )
        client.views_publish(user_id="U0MIA00000", view=home)
        message = mia.sees("Press")
        mia.uninstalls_app()
        connection.event("app_uninstalled")
        assert refusal(lambda: mia.types("/go")) == "unknown_command"
        assert refusal(lambda: mia.runs_shortcut("repeat", on=message)) == "not_installed"
        assert refusal(lambda: mia.presses("Press", on=message)) == "not_installed"
        assert refusal(mia.opens_home) == "not_installed"
        assert connection.receives_nothing()
        assert mia.home is None
        assert slack.workspace()["app"]["commands"] == []


def test_app_without_token__still_gets_commands() -> None:
    with Sandbox(APP_MANIFEST) as sandbox, connect_app(sandbox) as connection:
        WebClient(sandbox.bot_token, base_url=sandbox.api_url).auth_revoke()
        with ThreadPoolExecutor() as threads:
            typed = threads.submit(SandboxClient(sandbox.url).person("mia").types, "/go")
            assert connection.event("tokens_revoked")
            assert connection.next()["type"] == "slash_commands"
            typed.result()


def test_consent_page__lists_scopes_and_members(sandbox: Sandbox, chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(authorize_url(sandbox))
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Installer <b> is requesting permission to access the Harbor workspace"
    )
    expect(page.get_by_role("listitem")).to_have_count(2)
    people = page.get_by_label("Acting as").get_by_role("option").all_text_contents()
    assert "Mia Okafor" in people
    assert not {"Gia Guest", "Otto Gone", "Pagerbot", "Slackbot"} & set(people)
    page.get_by_label("Acting as").select_option("Ana Silva")
    with page.expect_request(lambda request: request.url.startswith(REDIRECT)) as request:
        page.get_by_role("button", name="Allow").click(no_wait_after=True)
    assert query(request.value.url).keys() == {"code", "state"}
    context.close()

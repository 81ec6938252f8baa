"""Installing an app over OAuth: the consent page, the code, the token with what was granted."""

from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, expect
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from support.ear import hearing

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
    """With an app that is not installed."""
    with Sandbox(MANIFEST, clock=clock, installed=False) as running:
        yield running


@pytest.fixture
def slack(sandbox: Sandbox) -> SandboxClient:
    return SandboxClient(sandbox.url)


@pytest.fixture
def client(sandbox: Sandbox) -> WebClient:
    return WebClient(base_url=sandbox.api_url, retry_handlers=[])


def address(sandbox: Sandbox, **given: str) -> str:
    asked = {"client_id": sandbox.client_id, "scope": "chat:write,commands", "state": "s p & <x>"}
    return f"{sandbox.url}/oauth/v2/authorize?{urlencode(asked | given)}"


def query(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


def code_of(sandbox: Sandbox, **given: str) -> str:
    mia = SandboxClient(sandbox.url).person("mia")
    return query(mia.installs_app(address(sandbox, **given)))["code"]


def exchange(sandbox: Sandbox, client: WebClient, found: str, **given: Any) -> Json:
    secrets = {"client_id": sandbox.client_id, "client_secret": sandbox.client_secret}
    answer = client.oauth_v2_access(**(secrets | {"code": found} | given))
    assert isinstance(answer.data, dict)
    return answer.data


def refusal(call: Any, *args: Any, **given: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(*args, **given)
    return str(refused.value.response["error"])


def error_page(url: str) -> tuple[int, str]:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc)
    connection.request("GET", f"{parts.path}?{parts.query}")
    answer = connection.getresponse()
    said = answer.read().decode()
    connection.close()
    return answer.status, said


def test_a_granted_app_goes_back_with_a_code_and_its_state(
    sandbox: Sandbox, slack: SandboxClient, client: WebClient
) -> None:
    led = slack.person("gus").installs_app(address(sandbox))
    assert led.startswith(f"{REDIRECT}?")
    assert query(led)["state"] == "s p & <x>"
    granted = exchange(sandbox, client, query(led)["code"])
    assert granted["scope"] == "chat:write,commands"
    assert (granted["token_type"], granted["bot_user_id"]) == ("bot", slack.app_user_id)
    assert granted["team"]["name"] == "Harbor"
    assert granted["authed_user"] == {"id": "U0GUS00000"}
    assert not granted["is_enterprise_install"]


def test_its_token_does_what_was_granted_and_no_more(sandbox: Sandbox, client: WebClient) -> None:
    token = exchange(sandbox, client, code_of(sandbox))["access_token"]
    answered = client.auth_test(token=token)
    assert answered.headers["x-oauth-scopes"] == "chat:write,commands"
    assert refusal(client.users_list, token=token) == "missing_scope"
    again = exchange(sandbox, client, code_of(sandbox, scope="users:read"))
    assert again["access_token"] == token
    assert again["scope"] == "chat:write,commands,users:read"
    client.users_list(token=token)


def test_before_it_is_installed_an_app_has_no_token(sandbox: Sandbox, client: WebClient) -> None:
    assert sandbox.bot_token == ""
    assert refusal(client.auth_test, token="xoxb-made-up") == "invalid_auth"


def test_who_is_refused_goes_back_with_that_error(sandbox: Sandbox, slack: SandboxClient) -> None:
    led = slack.person("mia").installs_app(address(sandbox), allow=False)
    assert query(led) == {"error": "access_denied", "state": "s p & <x>"}


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"scope": ""}, "no_scopes"),
        ({"scope": "chat:write,admin"}, "invalid_scope"),
        ({"redirect_uri": "http://127.0.0.1:9/slack/oauth_redirected"}, "bad_redirect_uri"),
        ({"redirect_uri": "https://elsewhere.example/"}, "bad_redirect_uri"),
    ],
    ids=lambda given: str(given),
)
def test_a_link_that_is_not_right_says_why_and_leads_nowhere(
    sandbox: Sandbox, given: dict[str, str], error: str
) -> None:
    status, said = error_page(address(sandbox, **given))
    assert status == 400
    assert f"<code>{error}</code>" in said


def test_an_address_below_the_one_in_the_manifest_is_allowed(
    sandbox: Sandbox, client: WebClient
) -> None:
    code = code_of(sandbox, redirect_uri=f"{REDIRECT}/deeper")
    exchange(sandbox, client, code, redirect_uri=f"{REDIRECT}/deeper")


def test_a_code_works_once(sandbox: Sandbox, client: WebClient) -> None:
    code = code_of(sandbox)
    exchange(sandbox, client, code)
    assert refusal(exchange, sandbox, client, code) == "code_already_used"


def test_a_code_lives_ten_minutes(sandbox: Sandbox, client: WebClient, clock: Clock) -> None:
    early, late = code_of(sandbox), code_of(sandbox)
    clock.now += 600
    exchange(sandbox, client, early)
    clock.now += 0.1
    assert refusal(exchange, sandbox, client, late) == "invalid_code"


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"client_secret": "guessed"}, "bad_client_secret"),
        ({"code": "made-up"}, "invalid_code"),
        ({"redirect_uri": f"{REDIRECT}/other"}, "bad_redirect_uri"),
        ({"grant_type": "password"}, "invalid_grant_type"),
    ],
    ids=lambda given: str(given),
)
def test_a_code_is_exchanged_by_its_app_alone(
    sandbox: Sandbox, client: WebClient, given: dict[str, str], error: str
) -> None:
    code = code_of(sandbox)
    assert refusal(exchange, sandbox, client, code, **given) == error
    exchange(sandbox, client, code)


def test_name_and_secret_may_stand_in_the_form(sandbox: Sandbox, client: WebClient) -> None:
    form = {
        "client_id": sandbox.client_id,
        "client_secret": sandbox.client_secret,
        "code": code_of(sandbox),
    }
    assert client.api_call("oauth.v2.access", data=form)["access_token"].startswith("xoxb-")


def test_neither_secret_nor_code_nor_token_is_in_the_traffic(
    sandbox: Sandbox, slack: SandboxClient, client: WebClient
) -> None:
    code = code_of(sandbox)
    token = exchange(sandbox, client, code)["access_token"]
    shown = str(slack.traffic())
    assert "oauth.v2.access" in shown
    assert not any(secret in shown for secret in (code, token, sandbox.client_secret))


def test_a_revoked_token_is_dead_and_the_app_hears_of_it(
    sandbox: Sandbox, slack: SandboxClient, client: WebClient
) -> None:
    token = exchange(sandbox, client, code_of(sandbox))["access_token"]
    slack.person("mia").invites(slack.app_user_id, "ops")
    with hearing(sandbox) as ear:
        assert not client.auth_revoke(token=token, test=True)["revoked"]
        assert client.auth_revoke(token=token)["revoked"]
        assert ear.event("tokens_revoked")["tokens"]["bot"] == [slack.app_user_id]
        assert ear.hears_nothing()  # it is not uninstalled
    assert refusal(client.auth_test, token=token) == "account_inactive"
    ops = next(each for each in slack.person("mia").screen()["channels"] if each["name"] == "ops")
    assert slack.app_user_id not in ops["members"]


def test_an_app_uninstalls_itself_and_is_installed_anew_with_another_token(
    sandbox: Sandbox, client: WebClient
) -> None:
    token = exchange(sandbox, client, code_of(sandbox, scope=",".join(SCOPES)))["access_token"]
    secrets = {"client_id": sandbox.client_id, "client_secret": sandbox.client_secret}
    assert (
        refusal(client.apps_uninstall, token=token, **(secrets | {"client_secret": "no"}))
        == "bad_client_secret"
    )
    with hearing(sandbox) as ear:
        client.apps_uninstall(token=token, **secrets)
        ear.event("tokens_revoked")
        ear.event("app_uninstalled")
    anew = exchange(sandbox, client, code_of(sandbox))
    assert anew["access_token"] != token
    assert anew["scope"] == "chat:write,commands"
    assert refusal(client.auth_test, token=token) == "account_inactive"


def test_the_page_says_what_is_asked_and_lets_a_member_answer(
    sandbox: Sandbox, chromium: Browser
) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(address(sandbox))
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Installer <b> is requesting permission to access the Harbor workspace"
    )
    expect(page.get_by_role("listitem")).to_have_count(2)
    people = page.get_by_label("Acting as").get_by_role("option").all_text_contents()
    assert "Mia Okafor" in people
    assert not {"Gia Guest", "Otto Gone", "Pagerbot", "Slackbot"} & set(people)
    page.get_by_label("Acting as").select_option("Ana Silva")
    with page.expect_request(lambda request: request.url.startswith(REDIRECT)) as going:
        page.get_by_role("button", name="Allow").click(no_wait_after=True)
    assert query(going.value.url).keys() == {"code", "state"}
    context.close()

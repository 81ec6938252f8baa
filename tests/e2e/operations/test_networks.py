"""Networks of companies: proxies, hosts without a proxy, and certificates of their own."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from slack_sandbox.server import Sandbox
from tests.support.answer_proxy import answer_proxy, edited
from tests.support.bot_process import BotProcess, SandboxPeople
from tests.support.network import (
    Certificate,
    ConnectProxy,
    connect_proxy,
    make_certificate,
    tls_front,
)
from tests.support.slack_steps import card_showing, invite, propose

API_HOST = "slack.test"
SOCKET_HOST = "localhost"  # which the sandbox accepts as its name
PASSWORD = f"proxy-authorization: basic {b64encode(b'needle:secret').decode()}".lower()
DEAD_PROXY = "http://127.0.0.1:9"


@dataclass(frozen=True)
class Company:
    """A network in which Slack is reached only through a proxy, with the company's certificate."""

    proxy: ConnectProxy
    certificate: Certificate

    def environment(self) -> dict[str, str]:
        return {
            "SLACK_API_URL": f"https://{API_HOST}/api/",
            "HTTPS_PROXY": self.proxy.url.replace("//", "//needle:secret@"),
            "SSL_CERT_FILE": str(self.certificate.file),
        }


@pytest.fixture
def company(sandbox: Sandbox, tmp_path: Path) -> Iterator[Company]:
    with ExitStack() as stack:
        certificate = make_certificate(tmp_path, API_HOST, SOCKET_HOST)
        api = stack.enter_context(answer_proxy(sandbox.api_url))
        ports = {
            f"{API_HOST}:443": tls_front(certificate, api.server_port),
            f"{SOCKET_HOST}:443": tls_front(certificate, int(sandbox.url.rpartition(":")[2])),
        }
        proxy = connect_proxy({host: stack.enter_context(front) for host, front in ports.items()})
        plain, tls = sandbox.url.replace("http", "ws", 1), f"wss://{SOCKET_HOST}"
        api.change_all(
            "apps.connections.open",
            edited(lambda answer: answer.update(url=answer["url"].replace(plain, tls))),
        )
        yield Company(stack.enter_context(proxy), certificate)


def test_proxy_and_own_certificate__votes_count(
    company: Company, sandbox: Sandbox, team: SandboxPeople, tmp_path: Path
) -> None:
    process = BotProcess(sandbox, tmp_path, **company.environment())
    process.start()
    invite(team)
    card = propose(team, "ana", "Retire the last NAT box")
    team.ben.reacts("+1", to=card)
    team.mia.sees(card_showing(card, "👍 1"))
    doctor = process.needle("doctor")
    assert (doctor.returncode, "FAIL" in doctor.stdout) == (0, False), doctor.stdout
    assert process.stop() == 0
    hosts = {request.split()[1] for request in company.proxy.requests}
    assert hosts == {f"{API_HOST}:443", f"{SOCKET_HOST}:443"}
    assert all(PASSWORD in request.lower() for request in company.proxy.requests)
    assert "secret" not in process.log.read_text()


def test_certificate_is_not_trusted__is_one_line(
    company: Company, sandbox: Sandbox, tmp_path: Path
) -> None:
    variables = company.environment() | {"SSL_CERT_FILE": ""}
    result = BotProcess(sandbox, tmp_path, **variables).needle("run")
    assert (result.returncode, result.stderr) == (
        1,
        "Slack can't be reached: its certificate isn't trusted\n",
    )


def test_proxy_refuses_the_websocket__doctor_says_so(
    company: Company, sandbox: Sandbox, tmp_path: Path
) -> None:
    del company.proxy.ports[f"{SOCKET_HOST}:443"]
    result = BotProcess(sandbox, tmp_path, **company.environment()).needle("doctor")
    assert "FAIL  WebSocket: wss://localhost can't be reached: the proxy refuses" in result.stdout
    assert "secret" not in result.stdout + result.stderr


@pytest.mark.parametrize("host", ["127.0.0.1", "*", "example.com,127.0.0.1"])
def test_no_proxy_for_slack__connects_directly(sandbox: Sandbox, tmp_path: Path, host: str) -> None:
    variables = {"HTTPS_PROXY": DEAD_PROXY, "HTTP_PROXY": DEAD_PROXY, "NO_PROXY": host}
    process = BotProcess(sandbox, tmp_path, **variables)
    process.start()
    assert process.stop() == 0

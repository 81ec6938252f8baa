"""`needle healthcheck`: asks a running bot whether it's alive."""

import json
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException

from bot.cli.terminal.errors import CommandFailed, reported
from bot.cli.terminal.health_options import DEFAULT_HOST, CheckedPort, HealthHost
from bot.cli.terminal.output import print_text
from bot.slack.error_messages import describe_error

ANSWER_SECONDS = 3  # the health port gives each connection 2.5 s
# An address to listen on that means all addresses, and the one of them to ask.
LOOPBACK = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 — doesn't listen


def healthcheck(*, health_port: CheckedPort, health_host: HealthHost = DEFAULT_HOST) -> None:
    """Ask the bot that runs on this host whether it's alive: /live on its health port.

    An outage of Slack or the database doesn't count: a restart wouldn't end it.
    """
    with reported():
        status, body = _get_live(LOOPBACK.get(health_host, health_host), health_port)
        if status != HTTPStatus.OK:
            raise CommandFailed(f"Needle isn't alive: {_reason(status, body)}.")
        print_text("Needle is alive.")


def _get_live(host: str, port: int) -> tuple[int, bytes]:
    """Return the HTTP status and the body. Connect directly: no proxy knows this host."""
    connection = HTTPConnection(host, port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", "/live")
        response = connection.getresponse()
        return response.status, response.read()
    except HTTPException as error:
        why = "another program, which doesn't speak HTTP, answered"
        raise CommandFailed(f"Needle doesn't answer at {host} port {port}: {why}.") from error
    except OSError as error:
        why = describe_error(error)
        raise CommandFailed(f"Needle doesn't answer at {host} port {port}: {why}.") from error
    finally:
        connection.close()


def _reason(status: int, body: bytes) -> str:
    try:
        frozen: list[str] = json.loads(body)["frozen"]
    except (ValueError, LookupError, TypeError):
        return f"/live answered {status}"
    return f"frozen: {', '.join(frozen)}"

"""`needle demo`: a team's two quarters on a local Slack."""

import errno
from typing import Annotated

import typer

from bot.cli.errors import BAD_INPUT, FAILED, fail

# Packages that only the sandbox needs. A production installation has none of them.
SANDBOX_NEEDS = frozenset({"slack_sandbox", "starlette", "uvicorn", "websockets"})


def demo(
    *,
    once: Annotated[bool, typer.Option(help="Exit at the end instead of staying up.")] = False,
    port: Annotated[int, typer.Option(help="Of the page; 0 takes any that is free.")] = 0,
) -> None:
    """Show it all on a local Slack that opens in a browser."""
    try:
        from bot.cli.demo_session import demonstrate
    except ModuleNotFoundError as error:
        if error.name not in SANDBOX_NEEDS:
            raise
        fail(
            f"The demo needs {error.name}. Run `pip install ./sandbox` in Needle's folder.", FAILED
        )
    try:
        demonstrate(once=once, port=port)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        fail(f"--port {port}: {error.strerror}", BAD_INPUT)

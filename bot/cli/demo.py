"""`needle demo`: a team's two quarters on a local Slack in the browser."""

import errno
import tempfile
from typing import Annotated

import typer

from bot.cli.terminal.errors import BAD_INPUT, FAILED, fail

# Packages that only the sandbox needs. A production installation has none of them.
SANDBOX_NEEDS = frozenset({"slack_sandbox", "starlette", "uvicorn", "websockets"})


def demo(
    *,
    once: Annotated[bool, typer.Option(help="Exit when the demo has played.")] = False,
    port: Annotated[int, typer.Option(help="Port of the web page; 0 for any free port.")] = 0,
) -> None:
    """Play two quarters of a team's work on a local Slack, and show it in a browser.

    This needs the sandbox: `pip install ./sandbox`.
    """
    try:
        from bot.cli.demo_session import demonstrate
    except ModuleNotFoundError as error:
        if error.name not in SANDBOX_NEEDS:
            raise
        fail(
            f"The demo needs {error.name}. Run `pip install ./sandbox` in Needle's folder.", FAILED
        )
    try:
        tempfile.gettempdir()
    except FileNotFoundError:
        fail("The demo can't write temporary files. Set TMPDIR to a writable folder.", FAILED)
    try:
        demonstrate(once=once, port=port)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        fail(f"--port {port}: {error.strerror}", BAD_INPUT)

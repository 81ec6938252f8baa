"""The `slack-sandbox` command, which runs a sandbox until Ctrl+C or SIGTERM."""

import argparse
import signal
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import yaml

from slack_sandbox.model.manifest import InvalidManifest
from slack_sandbox.server import Sandbox

STOP = {signal.SIGINT, signal.SIGTERM}
MAX_PORT = 65535


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="slack-sandbox",
        description="Run a strict local Slack workspace with your Bolt app installed.",
    )
    parser.add_argument(
        "--manifest",
        type=Path,
        required=True,
        metavar="FILE",
        help="the app's manifest, in YAML or JSON",
    )
    parser.add_argument(
        "--port", type=_port, default=0, help="the port to listen on (default: any free port)"
    )
    parser.add_argument(
        "--extra-members",
        type=int,
        default=0,
        metavar="N",
        help="add N members to the workspace's eight (default: 0)",
    )
    options = parser.parse_args()
    try:
        manifest = yaml.safe_load(options.manifest.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        parser.error(f"can't read the manifest: {error}")
    if not isinstance(manifest, dict):
        parser.error(f"{options.manifest} doesn't contain an app manifest")
    try:
        sandbox = Sandbox(manifest, options.port, extra_members=options.extra_members)
    except InvalidManifest as error:
        parser.error(f"Slack would reject the manifest: {error}")
    # Blocked before any thread starts, so that only sigwait below receives the signals.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP)
    with ExitStack() as stack:
        try:
            stack.enter_context(sandbox)
        except OSError as error:
            parser.error(f"can't listen on port {options.port}: {error.strerror}")
        print(how_to_use(sandbox), flush=True)  # noqa: T201 - this is the command's output
        if missing := sandbox.events_never_sent:
            print(unsupported(missing), flush=True)  # noqa: T201
        signal.sigwait(STOP)


def _port(text: str) -> int:
    """Return a port number. Raise ArgumentTypeError if it's out of range."""
    if not text.isdecimal() or int(text) > MAX_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} isn't a port from 0 to {MAX_PORT}")
    return int(text)


def how_to_use(sandbox: Sandbox) -> str:
    exports = "\n".join(f"export {name}={value}" for name, value in sandbox.environment.items())
    return f"""\
The sandbox is running at {sandbox.url} (this is not Slack).

To connect your app, set these variables in the terminal that runs it:

{exports}

To act as the people in the workspace, open {sandbox.url} in a browser.
To stop the sandbox, press Ctrl+C."""


def unsupported(events: Sequence[str]) -> str:
    """Return a warning about subscribed events that the sandbox never sends."""
    return (
        f"\nYour manifest subscribes to events that the sandbox never sends: {', '.join(events)}."
    )


if __name__ == "__main__":
    main()

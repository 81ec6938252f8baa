"""`python -m slack_sandbox --manifest FILE.yml [--port N]`: serves until Ctrl-C or SIGTERM."""

import argparse
import signal
from pathlib import Path

import yaml

from slack_sandbox.model.manifest import InvalidManifest
from slack_sandbox.server import Sandbox

STOP = {signal.SIGINT, signal.SIGTERM}


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m slack_sandbox", description="A strict local Slack."
    )
    parser.add_argument("--manifest", type=Path, required=True, help="the app's manifest (YAML)")
    parser.add_argument("--port", type=int, default=0, help="0, the default, takes a free one")
    parser.add_argument("--crowd", type=int, default=0, help="so many members more than eight")
    options = parser.parse_args()
    try:
        manifest = yaml.safe_load(options.manifest.read_text())
    except (OSError, yaml.YAMLError) as error:
        parser.error(f"cannot read the manifest: {error}")
    try:
        sandbox = Sandbox(manifest, options.port, crowd=options.crowd)
    except InvalidManifest as error:
        parser.error(f"Slack would refuse the manifest: {error}")
    # Blocked before any thread starts, so that the signals wait for us below.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP)
    with sandbox:
        print(how_to_use(sandbox), flush=True)  # noqa: T201 - this is the command's output
        signal.sigwait(STOP)


def how_to_use(sandbox: Sandbox) -> str:
    exports = "\n".join(f"export {name}={value}" for name, value in sandbox.environment.items())
    return f"""\
The sandbox is at {sandbox.url} (this is not Slack). Point a Bolt app at it with

{exports}

Ctrl-C ends it."""


if __name__ == "__main__":
    main()

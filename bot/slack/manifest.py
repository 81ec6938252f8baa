"""Slack app manifest: the app's scopes, events, and commands."""

from pathlib import Path
from typing import Any

import yaml

PACKAGE = Path(__file__).parent
# In a wheel, then in a checkout.
PATHS = (PACKAGE / "manifest.yml", PACKAGE.parents[1] / "manifest.yml")


def manifest() -> dict[str, Any]:
    """Return the parsed manifest."""
    path = next(path for path in PATHS if path.exists())
    parsed: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return parsed


def bot_scopes() -> set[str]:
    """Return the scopes of the bot token."""
    return set(manifest()["oauth_config"]["scopes"]["bot"])

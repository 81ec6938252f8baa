"""Slack app manifest: the app's scopes, events, and commands."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import yaml

PACKAGE = Path(__file__).parent
# In a wheel, then in a checkout.
PATHS = (PACKAGE / "manifest.yml", PACKAGE.parents[1] / "manifest.yml")
# Scopes that an app from an earlier manifest lacks, and what Needle doesn't answer without them.
OPTIONAL_SCOPES = {"app_mentions:read": "mentions", "im:history": "direct messages"}


def manifest() -> dict[str, Any]:
    """Return the parsed manifest."""
    path = next(path for path in PATHS if path.exists())
    parsed: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return parsed


def bot_scopes() -> set[str]:
    """Return the scopes of the bot token."""
    return set(manifest()["oauth_config"]["scopes"]["bot"])


def describe_missing(scopes: Collection[str]) -> str:
    """Return which scopes are missing, what doesn't work without them, and how to add them."""
    names = ", ".join(sorted(scopes))
    lost = [effect for scope, effect in OPTIONAL_SCOPES.items() if scope in scopes]
    effect = f" Needle doesn't answer {' or '.join(lost)}." if lost else ""
    return f"missing {names}.{effect} Update the app's manifest and reinstall the app."

"""The app's manifest: what Slack is told of it."""

from pathlib import Path
from typing import Any

import yaml

PACKAGE = Path(__file__).parent
# In a wheel, and in a checkout.
PATHS = (PACKAGE / "manifest.yml", PACKAGE.parents[1] / "manifest.yml")


def manifest() -> dict[str, Any]:
    file = next(each for each in PATHS if each.exists())
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found


def bot_scopes() -> set[str]:
    return set(manifest()["oauth_config"]["scopes"]["bot"])

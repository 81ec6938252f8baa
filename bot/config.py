"""What the program is told by its environment, read in one place."""

import re
from collections.abc import Callable
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

MISSING = ("missing", "too_short", "string_too_short")  # pydantic's, of texts and of secrets
README = "(README, “Install it”)"

# What a token is, by how it starts: https://docs.slack.dev/authentication/tokens
KINDS = {
    "xoxb-": "the Bot User OAuth Token",
    "xapp-": "an App-Level Token",
    "xoxp-": "a user's token",
}
WITHOUT_BLANKS = re.compile(r"[!-~]+")  # all that can stand in an HTTP header, and in an address


def _token(start: str) -> Callable[[SecretStr], SecretStr]:
    """Slack would say only `invalid_auth`, and HTTP refuses to send some characters at all."""

    def read(secret: SecretStr) -> SecretStr:
        token = secret.get_secret_value().strip()
        if not token.startswith(start):
            kind = next((KINDS[each] for each in KINDS if token.startswith(each)), "no token")
            raise ValueError(f"is {kind}; {KINDS[start]} starts with {start} {README}")
        if not WITHOUT_BLANKS.fullmatch(token):
            raise ValueError(f"has a character that no token has: copy it whole {README}")
        return SecretStr(token)

    return read


def _address(url: str) -> str:
    """The SDK joins method names to it: it must end in a slash."""
    if not _is_address(url):
        raise ValueError("is not an address: write it like https://slack.com/api/")
    return url if url.endswith("/") else f"{url}/"


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        reachable = bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets that don't close, a port that is no number
        return False
    if "@" in parts.netloc or parts.query or parts.fragment:
        return False
    return (
        reachable
        and url.startswith(("http://", "https://"))
        and bool(WITHOUT_BLANKS.fullmatch(url))
    )


class StoreSettings(BaseSettings):
    """Where the facts are kept."""

    model_config = SettingsConfigDict(extra="ignore")

    database_url: str = Field(default="sqlite:///needle.db", min_length=1)


class PostingSettings(StoreSettings):
    """What it takes to post, too."""

    slack_bot_token: Annotated[SecretStr, Field(min_length=1), AfterValidator(_token("xoxb-"))]
    slack_api_url: Annotated[str, AfterValidator(_address)] = "https://slack.com/api/"


class RunSettings(PostingSettings):
    """What it takes to listen, too."""

    slack_app_token: Annotated[SecretStr, Field(min_length=1), AfterValidator(_token("xapp-"))]


def problem(error: ValidationError) -> str:
    """What is wrong with the environment: one line, the variables by name, no secret."""
    found = error.errors(include_input=False)
    missing = [_name(each["loc"]) for each in found if each["type"] in MISSING]
    if missing:
        return f"Set {' and '.join(missing)} in the environment {README}."
    first = found[0]
    return f"{_name(first['loc'])} {first['msg'].removeprefix('Value error, ')}"


def _name(loc: tuple[int | str, ...]) -> str:
    return str(loc[0]).upper()

"""Settings of the process, read from environment variables."""

import os
import re
from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

from platformdirs import user_data_path
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

MISSING_ERRORS = ("missing", "too_short", "string_too_short")  # pydantic's, for text and secrets
SEE_README = "See “Install it” in the README."

# Token types by prefix: https://docs.slack.dev/authentication/tokens
TOKEN_TYPES = {
    "xoxb-": "the Bot User OAuth Token",
    "xapp-": "an App-Level Token",
    "xoxp-": "a user token",
}
DATABASE_FILE = "needle.db"
PRINTABLE_ASCII = re.compile(r"[!-~]+")  # the characters that an HTTP header or a URL can hold


def _token_with(prefix: str) -> Callable[[SecretStr], SecretStr]:
    """Return a validator for tokens with this prefix.

    Without it, Slack would answer `invalid_auth` with no reason, and the HTTP client would fail on
    characters that a header can't hold.
    """

    def validate(secret: SecretStr) -> SecretStr:
        token = secret.get_secret_value().strip()
        if not token.startswith(prefix):
            actual = next(
                (name for start, name in TOKEN_TYPES.items() if token.startswith(start)),
                "not a Slack token",
            )
            raise ValueError(
                f"is {actual}. It must be {TOKEN_TYPES[prefix]}, which starts with {prefix}."
                f" {SEE_README}"
            )
        if not PRINTABLE_ASCII.fullmatch(token):
            raise ValueError(
                f"contains a character that no token has. Copy the whole token again. {SEE_README}"
            )
        return SecretStr(token)

    return validate


def _validate_url(url: str) -> str:
    """Return the URL with a trailing slash: Slack's client appends method names to it."""
    if not _is_url(url):
        raise ValueError("isn't a valid URL. Write it like https://slack.com/api/.")
    return url if url.endswith("/") else f"{url}/"


def _is_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
        has_address = bool(parts.hostname) and parts.port != 0
    except ValueError:  # an unclosed bracket, or a port that isn't a number
        return False
    if "@" in parts.netloc or parts.query or parts.fragment:
        return False
    return (
        has_address
        and url.startswith(("http://", "https://"))
        and bool(PRINTABLE_ASCII.fullmatch(url))
    )


def _none_if_empty(value: Any) -> Any:
    return None if value == "" else value


BotToken = Annotated[SecretStr, Field(min_length=1), AfterValidator(_token_with("xoxb-"))]
AppToken = Annotated[SecretStr, Field(min_length=1), AfterValidator(_token_with("xapp-"))]
ApiUrl = Annotated[
    str,
    Field(description="URL of another Slack API, such as a local Slack."),
    AfterValidator(_validate_url),
]


def default_database_url() -> str:
    """Return the URL of `needle.db` in the user's data folder, such as ~/.local/share/needle.

    If the current folder has a `needle.db`, return its URL: earlier versions created it there. It
    may be a symbolic link to a file that is missing, for example on a disk that isn't mounted.
    """
    if os.path.lexists(DATABASE_FILE):
        return f"sqlite:///{DATABASE_FILE}"
    return f"sqlite:///{quote(str(user_data_path('needle', appauthor=False) / DATABASE_FILE))}"


class StoreSettings(BaseSettings):
    """The settings of commands that only need the database."""

    model_config = SettingsConfigDict(extra="ignore")

    database_url: str = Field(
        default_factory=default_database_url,
        min_length=1,
        description=(
            "The database. Default: the SQLite file `needle.db` in the current folder if it exists,"
            " otherwise in the user's data folder."
        ),
    )


class PreviewSettings(StoreSettings):
    """The settings of dry runs, which work without Slack."""

    slack_bot_token: Annotated[BotToken | None, BeforeValidator(_none_if_empty)] = None
    slack_api_url: ApiUrl = "https://slack.com/api/"


class PostingSettings(StoreSettings):
    """The settings of commands that post to Slack."""

    slack_bot_token: Annotated[
        BotToken, Field(description="The Bot User OAuth Token, which starts with xoxb-.")
    ]
    slack_api_url: ApiUrl = "https://slack.com/api/"


class RunSettings(PostingSettings):
    """The settings of the bot process, which also receives events from Slack."""

    slack_app_token: Annotated[
        AppToken, Field(description="An App-Level Token, which starts with xapp-.")
    ]


def problem(error: ValidationError) -> str:
    """Return the error as one line that names the variables and contains no secret."""
    details = error.errors(include_input=False)
    missing = [_variable(detail["loc"]) for detail in details if detail["type"] in MISSING_ERRORS]
    if missing:
        return f"Set {' and '.join(missing)} in the environment. {SEE_README}"
    first = details[0]
    return f"{_variable(first['loc'])} {first['msg'].removeprefix('Value error, ')}"


def _variable(location: tuple[int | str, ...]) -> str:
    return str(location[0]).upper()

"""What the program is told by its environment, read in one place."""

from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

MISSING = ("missing", "too_short", "string_too_short")  # pydantic's, of texts and of secrets


def _address(url: str) -> str:
    """The SDK joins method names to it: it must end in a slash."""
    if not url.startswith(("http://", "https://")):
        raise ValueError("is not an address: write it like https://slack.com/api/")
    return url if url.endswith("/") else f"{url}/"


class StoreSettings(BaseSettings):
    """Where the facts are kept."""

    model_config = SettingsConfigDict(extra="ignore")

    database_url: str = Field(default="sqlite:///needle.db", min_length=1)


class PostingSettings(StoreSettings):
    """What it takes to post, too."""

    slack_bot_token: SecretStr = Field(min_length=1)
    slack_api_url: Annotated[str, AfterValidator(_address)] = "https://slack.com/api/"


class RunSettings(PostingSettings):
    """What it takes to listen, too."""

    slack_app_token: SecretStr = Field(min_length=1)


def problem(error: ValidationError) -> str:
    """What is wrong with the environment: one line, the variables by name, no secret."""
    found = error.errors(include_input=False)
    missing = [_name(each["loc"]) for each in found if each["type"] in MISSING]
    if missing:
        return f"Set {' and '.join(missing)} in the environment (README, “On a real Slack”)."
    first = found[0]
    return f"{_name(first['loc'])} {first['msg'].removeprefix('Value error, ')}"


def _name(loc: tuple[int | str, ...]) -> str:
    return str(loc[0]).upper()

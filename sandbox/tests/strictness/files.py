"""Files: reserved, uploaded, shared (docs.slack.dev/messaging/working-with-files)."""

from typing import Any
from urllib.request import Request

from strictness.access import scope_rule
from strictness.rule import Do, Rule
from strictness.world import ARCHIVED, GENERAL, OPS, World, send

RESERVE = "reference/methods/files.getUploadURLExternal"
COMPLETE = "reference/methods/files.completeUploadExternal"


def reserves(**given: Any) -> Do:
    """As it is: slack_sdk's own method insists on arguments."""
    named = {"filename": "a.txt", "length": 3} | given
    return lambda world: world.client.api_call("files.getUploadURLExternal", params=named)


def uploads(world: World, times: int = 1) -> str:
    """A file whose bytes have come; its id."""
    reserved = world.client.files_getUploadURLExternal(filename="a.txt", length=3)
    for _ in range(times):
        send(Request(str(reserved["upload_url"]), b"abc"))  # noqa: S310 — the sandbox's own
    return str(reserved["file_id"])


def shares(channel: str, thread_ts: str | None = None) -> Do:
    return lambda world: world.client.files_completeUploadExternal(
        files=[{"id": uploads(world)}], channel_id=channel, thread_ts=thread_ts
    )


def completes(files: Any) -> Do:
    return lambda world: world.client.api_call(
        "files.completeUploadExternal", json={"files": files}
    )


def completes_without_bytes(world: World) -> None:
    reserved = world.client.files_getUploadURLExternal(filename="a.txt", length=3)
    completes([{"id": reserved["file_id"]}])(world)


def completes_with_bytes(world: World) -> None:
    completes([{"id": uploads(world)}])(world)


RULES = [
    scope_rule("files.getUploadURLExternal", "files:write", filename="a.txt", length=3),
    Rule("a file has a name", RESERVE, reserves(), reserves(filename=""),
         "invalid_arguments", "missing required field: filename"),
    Rule("a file is not empty", RESERVE, reserves(length=1), reserves(length=0),
         "invalid_arguments", "greater than 0"),
    Rule("a file's alternative text has at most 1,000 characters", RESERVE,
         reserves(alt_txt="x" * 1000), reserves(alt_txt="x" * 1001), "alt_txt_too_large"),
    Rule("a file is shared once its bytes have come", COMPLETE,
         completes_with_bytes, completes_without_bytes, "file_not_found"),
    Rule("a file is one that was reserved", COMPLETE,
         completes_with_bytes, completes([{"id": "F0NOWHERE0"}]), "file_not_found"),
    Rule("files are a list", COMPLETE,
         completes_with_bytes, completes([]), "invalid_arguments", "non-empty array"),
    Rule("an app shares files where it is a member", COMPLETE,
         shares(OPS), shares(GENERAL), "not_in_channel"),
    Rule("no file is shared in an archived channel", COMPLETE,
         shares(OPS), shares(ARCHIVED), "is_archived"),
    Rule("a file's thread is one that there is", COMPLETE,
         lambda world: shares(OPS, world.post())(world), shares(OPS, "1700000000.000000"),
         "thread_not_found"),
]  # fmt: skip

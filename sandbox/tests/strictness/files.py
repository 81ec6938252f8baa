"""Rules for files: reserve, upload and share (docs.slack.dev/messaging/working-with-files)."""

from typing import Any
from urllib.request import Request

from strictness.access import scope_rule
from strictness.rule import Action, Rule
from strictness.workspace import ARCHIVED, GENERAL, OPS, Workspace, send

RESERVE = "reference/methods/files.getUploadURLExternal"
COMPLETE = "reference/methods/files.completeUploadExternal"


def reserves(**fields: Any) -> Action:
    """Call the method directly: slack_sdk's wrapper requires arguments."""
    args = {"filename": "a.txt", "length": 3} | fields
    return lambda workspace: workspace.client.api_call("files.getUploadURLExternal", params=args)


def uploads(workspace: Workspace, times: int = 1) -> str:
    """Upload a file. Return its ID."""
    reserved = workspace.client.files_getUploadURLExternal(filename="a.txt", length=3)
    for _ in range(times):
        send(Request(str(reserved["upload_url"]), b"abc"))  # noqa: S310 — the sandbox's own
    return str(reserved["file_id"])


def shares(channel: str, thread_ts: str | None = None) -> Action:
    return lambda workspace: workspace.client.files_completeUploadExternal(
        files=[{"id": uploads(workspace)}], channel_id=channel, thread_ts=thread_ts
    )


def completes(files: Any) -> Action:
    return lambda workspace: workspace.client.api_call(
        "files.completeUploadExternal", json={"files": files}
    )


def completes_before_upload(workspace: Workspace) -> None:
    reserved = workspace.client.files_getUploadURLExternal(filename="a.txt", length=3)
    completes([{"id": reserved["file_id"]}])(workspace)


def completes_after_upload(workspace: Workspace) -> None:
    completes([{"id": uploads(workspace)}])(workspace)


RULES = [
    scope_rule("files.getUploadURLExternal", "files:write", filename="a.txt", length=3),
    Rule("a file has a name", RESERVE, reserves(), reserves(filename=""),
         "invalid_arguments", "missing required field: filename"),
    Rule("a file isn't empty", RESERVE, reserves(length=1), reserves(length=0),
         "invalid_arguments", "greater than 0"),
    Rule("a file's alternative text has at most 1,000 characters", RESERVE,
         reserves(alt_txt="x" * 1000), reserves(alt_txt="x" * 1001), "alt_txt_too_large"),
    Rule("a file is shared only after its upload", COMPLETE,
         completes_after_upload, completes_before_upload, "file_not_found"),
    Rule("a shared file exists", COMPLETE,
         completes_after_upload, completes([{"id": "F0NOWHERE0"}]), "file_not_found"),
    Rule("files are a non-empty list", COMPLETE,
         completes_after_upload, completes([]), "invalid_arguments", "non-empty array"),
    Rule("an app shares files only where it's a member", COMPLETE,
         shares(OPS), shares(GENERAL), "not_in_channel"),
    Rule("an app can't share files in an archived channel", COMPLETE,
         shares(OPS), shares(ARCHIVED), "is_archived"),
    Rule("a file's thread exists", COMPLETE,
         lambda workspace: shares(OPS, workspace.post())(workspace),
         shares(OPS, "1700000000.000000"),
         "thread_not_found"),
]  # fmt: skip

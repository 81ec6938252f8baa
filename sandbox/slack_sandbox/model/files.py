"""Files: the app reserves an upload URL, sends the bytes, and shares the file.

https://docs.slack.dev/messaging/working-with-files
"""

import mimetypes
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.ids import new_id
from slack_sandbox.model.workspace import Channel, Json, Workspace

MAX_TOTAL_BYTES = 64 * 1024 * 1024  # beyond it, the oldest files lose their bytes


@dataclass
class File:
    """A file of the app; `content` is None until it's uploaded."""

    id: str
    name: str
    length: int
    user: str
    created: int
    alt_text: str = ""
    title: str = ""
    content: bytes | None = None
    shares: list[tuple[Channel, str]] = field(
        default_factory=list
    )  # channels, with the ts of the messages

    @property
    def mimetype(self) -> str:
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"


class Files:
    def __init__(self, url: str, workspace: Workspace) -> None:
        self._url = url
        self._workspace = workspace
        self._files: dict[str, File] = {}
        self._uploads: dict[str, File] = {}

    def reserve(self, name: str, length: int, user: str, alt_text: str) -> tuple[File, str]:
        """Return a new file without bytes, and the URL to upload them to."""
        file = File(new_id("F"), name, length, user, int(self._workspace.now()), alt_text)
        self._files[file.id] = file
        key = secrets.token_urlsafe(18)
        self._uploads[key] = file
        return file, f"{self._url}/upload/v1/{key}"

    def receive(self, key: str, content: bytes) -> File:
        """Store the bytes of a reserved file. Raise SlackError if the key is unknown or used."""
        file = self._uploads.pop(key, None)
        if file is None:
            raise SlackError("upload_not_found")
        file.content = content
        self._make_room()
        return file

    def find(self, file_id: str) -> File:
        """Return an uploaded file. Raise SlackError if there is none with this ID."""
        file = self._files.get(file_id)
        if file is None or file.content is None:
            raise SlackError("file_not_found")
        return file

    def as_json(self, file: File) -> Json:
        """Return the file object: https://docs.slack.dev/reference/objects/file-object."""
        public = [share for share in file.shares if share[0].scope_prefix == "channels"]
        private = [share for share in file.shares if share[0].scope_prefix == "groups"]
        url = f"{self._url}/files/{file.id}/{file.name}"
        extension = PurePath(file.name).suffix.lstrip(".") or "text"
        return {
            "id": file.id,
            "created": file.created,
            "timestamp": file.created,
            "name": file.name,
            "title": file.title or file.name,
            "mimetype": file.mimetype,
            "filetype": extension,
            "pretty_type": extension.upper(),
            "user": file.user,
            "user_team": self._workspace.team_id,
            "size": len(file.content or b""),
            "mode": "hosted",
            "editable": False,
            "is_external": False,
            "external_type": "",
            "is_public": bool(public),
            "public_url_shared": False,
            "url_private": url,
            "url_private_download": url,
            "permalink": url,
            "channels": [channel.id for channel, _ in public],
            "groups": [channel.id for channel, _ in private],
            "ims": [channel.id for channel, _ in file.shares if channel.is_im],
            "shares": {
                kind: dict(self._shared(shares))
                for kind, shares in (("public", public), ("private", private))
                if shares
            },
            **({"alt_txt": file.alt_text} if file.alt_text else {}),
        }

    def _shared(self, shares: list[tuple[Channel, str]]) -> Iterator[tuple[str, list[Json]]]:
        for channel, ts in shares:
            share = {"ts": ts, "channel_name": channel.name, "team_id": self._workspace.team_id}
            no_replies = {"reply_users": [], "reply_users_count": 0, "reply_count": 0}
            yield channel.id, [share | no_replies]

    def _make_room(self) -> None:
        files = [file for file in self._files.values() if file.content]
        total = sum(len(file.content or b"") for file in files)
        for oldest in files[:-1]:
            if total <= MAX_TOTAL_BYTES:
                return
            total -= len(oldest.content or b"")
            oldest.content = b""

"""Files that an app uploads: first an address, then the bytes, then they are shared.

docs.slack.dev/messaging/working-with-files
"""

import mimetypes
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.ids import new_id
from slack_sandbox.model.workspace import Channel, Json, Workspace

MOST_BYTES = 64 * 1024 * 1024  # in all; the bytes of the oldest go first


@dataclass
class File:
    id: str
    name: str
    length: int
    user: str
    created: int
    alt_text: str = ""
    title: str = ""
    content: bytes | None = None
    shares: list[tuple[Channel, str]] = field(default_factory=list)  # with the messages' ts

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
        """A file to come, and the address for its bytes."""
        file = File(new_id("F"), name, length, user, int(self._workspace.now()), alt_text)
        self._files[file.id] = file
        key = secrets.token_urlsafe(18)
        self._uploads[key] = file
        return file, f"{self._url}/upload/v1/{key}"

    def receive(self, key: str, content: bytes) -> File:
        file = self._uploads.pop(key, None)
        if file is None:
            raise SlackError("upload_not_found")
        file.content = content
        self._make_room()
        return file

    def named(self, file_id: str) -> File:
        """One whose bytes have come."""
        file = self._files.get(file_id)
        if file is None or file.content is None:
            raise SlackError("file_not_found")
        return file

    def shape(self, file: File) -> Json:
        """docs.slack.dev/reference/objects/file-object"""
        public = [each for each in file.shares if each[0].scope_prefix == "channels"]
        private = [each for each in file.shares if each[0].scope_prefix == "groups"]
        address = f"{self._url}/files/{file.id}/{file.name}"
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
            "url_private": address,
            "url_private_download": address,
            "permalink": address,
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
            unanswered = {"reply_users": [], "reply_users_count": 0, "reply_count": 0}
            yield channel.id, [share | unanswered]

    def _make_room(self) -> None:
        held = [each for each in self._files.values() if each.content]
        total = sum(len(each.content or b"") for each in held)
        for oldest in held[:-1]:
            if total <= MOST_BYTES:
                return
            total -= len(oldest.content or b"")
            oldest.content = b""

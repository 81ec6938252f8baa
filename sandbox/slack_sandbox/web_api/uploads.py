"""Routes that upload and download the content of files."""

from email import message_from_bytes, policy

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from slack_sandbox.model.errors import SlackError
from slack_sandbox.slack import Slack


class Uploads:
    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/upload/v1/{key}", self.upload, methods=["POST"]),
            Route("/files/{file_id}/{name}", self.download),
        ]

    async def upload(self, request: Request) -> Response:
        """Store the content of a file: the body itself, or the only part of a multipart form."""
        content = await request.body()
        content_type = request.headers.get("content-type", "")
        if content_type.startswith("multipart/form-data"):
            content = _only_part(content_type, content)
        try:
            file = self._slack.files.receive(request.path_params["key"], content)
        except SlackError as error:
            return PlainTextResponse(error.error, 404)
        self._slack.traffic.record("app", "api", "upload", request={"name": file.name})
        return PlainTextResponse(f"OK - {len(content)}")

    async def download(self, request: Request) -> Response:
        """Return a file to the page, or to the app if its token has the scope files:read."""
        try:
            file = self._slack.files.find(request.path_params["file_id"])
            if request.headers.get("sec-fetch-site") != "same-origin":
                self._check_app(request)
        except SlackError as error:
            return PlainTextResponse(error.error, 404 if error.error == "file_not_found" else 403)
        # Browsers must not render a file as a page of this origin.
        headers = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
        return Response(file.content, media_type=file.mimetype, headers=headers)

    def _check_app(self, request: Request) -> None:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        self._slack.installation.check(token, app_level=False)
        if "files:read" not in self._slack.installation.scopes:
            raise SlackError("missing_scope")


def _only_part(content_type: str, body: bytes) -> bytes:
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    form = message_from_bytes(head + body, policy=policy.HTTP)
    for part in form.iter_parts():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            return content
    return b""

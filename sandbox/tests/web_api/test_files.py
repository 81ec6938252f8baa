"""Files: uploads through slack_sdk, messages and threads that share them, and downloads."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient

from slack_sandbox.client.client import Person, SandboxClient
from slack_sandbox.model.files import MAX_TOTAL_BYTES
from slack_sandbox.server import Sandbox
from support.app_connection import MANIFEST, connect_app

Json = dict[str, Any]
OPS = "C0OPS00001"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    manifest = deepcopy(MANIFEST)
    manifest["oauth_config"]["scopes"]["bot"].append("files:read")
    with Sandbox(manifest) as running:
        slack = SandboxClient(running.url)
        slack.person("mia").invites(slack.app_user_id, "ops")
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> WebClient:
    return WebClient(sandbox.bot_token, base_url=sandbox.api_url)


@pytest.fixture
def mia(sandbox: Sandbox) -> Person:
    return SandboxClient(sandbox.url).person("mia")


def download(url: str, **headers: str) -> bytes:
    with urlopen(Request(url, headers=headers), timeout=5) as response:  # noqa: S310 — our sandbox
        content: bytes = response.read()
    return content


def test_upload_with_comment__posts_one_message(client: WebClient, mia: Person) -> None:
    response = client.files_upload_v2(
        channel=OPS,
        filename="plan.csv",
        content="a,b\n1,2\n",
        title="The plan",
        initial_comment="For *all*",
    )
    file = response["file"]
    assert (file["name"], file["title"], file["size"]) == ("plan.csv", "The plan", 8)
    assert (file["mimetype"], file["filetype"]) == ("text/csv", "csv")
    message = mia.sees("For all")
    assert message.ts == file["shares"]["public"][OPS][0]["ts"]
    assert [shared["id"] for shared in message.raw["files"]] == [file["id"]]


def test_upload_in_thread__posts_reply(client: WebClient, mia: Person) -> None:
    client.chat_postMessage(channel=OPS, text="The first")
    parent = mia.sees("The first")
    client.files_upload_v2(
        channel=OPS, thread_ts=parent.ts, filename="a.txt", content="abc", initial_comment="below"
    )
    mia.sees_in_thread("below", of=parent)
    messages = client.conversations_replies(channel=OPS, ts=parent.ts)["messages"]
    assert messages[1]["files"][0]["name"] == "a.txt"


def test_several_files__make_one_message_and_event(sandbox: Sandbox, client: WebClient) -> None:
    with connect_app(sandbox) as connection:
        client.files_upload_v2(
            channel=OPS,
            file_uploads=[{"filename": name, "content": name} for name in ("a.txt", "b.txt")],
        )
        event = connection.event("message")
    assert event["subtype"] == "file_share"
    assert [file["name"] for file in event["files"]] == ["a.txt", "b.txt"]


def test_upload_without_channel__is_in_no_channel(client: WebClient, mia: Person) -> None:
    before = len(mia.messages("ops"))
    file = client.files_upload_v2(filename="a.txt", content="abc")["file"]
    assert file["shares"] == {}
    assert len(mia.messages("ops")) == before


def test_download__needs_token(sandbox: Sandbox, client: WebClient) -> None:
    url = client.files_upload_v2(filename="a.bin", file=b"\x00\xff\n")["file"]["url_private"]
    assert download(url, Authorization=f"Bearer {sandbox.bot_token}") == b"\x00\xff\n"
    for headers in ({}, {"Authorization": "Bearer xoxb-made-up"}):
        with pytest.raises(HTTPError) as error:
            download(url, **headers)
        assert error.value.code == 403
        error.value.close()


def test_multipart_upload__stores_content(sandbox: Sandbox, client: WebClient) -> None:
    upload = client.files_getUploadURLExternal(filename="a.txt", length=5)
    form = (
        b"--x\r\n"
        b'Content-Disposition: form-data; name="filename"; filename="a.txt"\r\n'
        b"Content-Type: text/plain\r\n\r\nhello\r\n--x--\r\n"
    )
    with urlopen(  # noqa: S310 — our sandbox
        Request(  # noqa: S310
            str(upload["upload_url"]), form, {"Content-Type": "multipart/form-data; boundary=x"}
        ),
        timeout=5,
    ) as response:
        assert response.read() == b"OK - 5"
    file = client.files_completeUploadExternal(files=[{"id": upload["file_id"]}])["files"][0]
    url = file["url_private"]
    assert download(url, Authorization=f"Bearer {sandbox.bot_token}") == b"hello"


def test_second_upload_to_url__fails(client: WebClient) -> None:
    url = str(client.files_getUploadURLExternal(filename="a.txt", length=3)["upload_url"])
    with urlopen(Request(url, b"abc"), timeout=5) as response:  # noqa: S310 — our sandbox
        assert response.status == 200
    with pytest.raises(HTTPError) as error:
        urlopen(Request(url, b"abc"), timeout=5)  # noqa: S310
    assert error.value.code == 404
    error.value.close()


def test_too_many_bytes__drops_oldest_content(sandbox: Sandbox, client: WebClient) -> None:
    token = {"Authorization": f"Bearer {sandbox.bot_token}"}
    first = client.files_upload_v2(filename="first.txt", content="abc")["file"]["url_private"]
    big = b"x" * (MAX_TOTAL_BYTES // 2 + 1)
    last = [
        client.files_upload_v2(filename="big.bin", file=big)["file"]["url_private"]
        for _ in range(2)
    ][-1]
    assert download(first, **token) == b""
    assert download(last, **token) == big

"""Files of messages: names, sizes and image previews."""

import struct
import zlib

import pytest
from conftest import MANIFEST
from playwright.sync_api import Page, expect

from support.sample_app import OPS, Json, SampleApp, message

pytestmark = pytest.mark.long


def png() -> bytes:
    """Return an image of one red pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        sum_ = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", sum_)

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    data = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
    return b"\x89PNG\r\n\x1a\n" + data + chunk(b"IEND", b"")


def with_scopes(*scopes: str) -> Json:
    granted = [*MANIFEST["oauth_config"]["scopes"]["bot"], *scopes]
    return {**MANIFEST, "oauth_config": {"scopes": {"bot": granted}}}


@pytest.fixture
def sandbox_manifest() -> Json:
    return with_scopes("files:write")


def test_shared_file__shows_type_and_size(page: Page, parrot: SampleApp) -> None:
    parrot.client.files_upload_v2(
        channel=OPS, filename="plan.csv", title="The plan", content="a,b\n" * 512
    )
    shared = message(page, "The plan")
    expect(shared).to_contain_text("plan.csv · CSV · 2.0 KB")
    expect(shared.get_by_role("link", name="The plan")).to_have_attribute("target", "_blank")


def test_shared_image__shows_preview(page: Page, parrot: SampleApp) -> None:
    parrot.client.files_upload_v2(
        channel=OPS, filename="dot.png", title="A dot", file=png(), alt_txt="One red dot"
    )
    image = page.get_by_role("img", name="One red dot")
    expect(image).to_be_visible()
    assert image.evaluate("node => node.decode().then(() => node.naturalWidth)") == 1

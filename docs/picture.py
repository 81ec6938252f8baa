"""`make picture`: the README's picture of the digest, taken from the demo in Chromium."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

PICTURE = Path(__file__).with_name("digest.png")
SIZE: ViewportSize = {"width": 1180, "height": 1190}


def main() -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("There is no `chromium` on the PATH.")
    needle = Path(sys.executable).with_name("needle")
    demo = subprocess.Popen([needle, "demo"], stdout=subprocess.PIPE, text=True)  # noqa: S603 — ours
    try:
        take(_address(demo), chromium)
    finally:
        demo.terminate()
        demo.wait()


def take(address: str, chromium: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, device_scale_factor=1.5)
        page.goto(address)
        digest = page.get_by_role("article").filter(has_text="Digest of #ops").last
        digest.evaluate("message => message.scrollIntoView({block: 'start'})")
        page.screenshot(path=PICTURE)
        browser.close()


def _address(demo: subprocess.Popen[str]) -> str:
    """Return the page's address when the demo has played its story."""
    address = ""
    for line in demo.stdout or ():
        found = re.search(r"The page: (\S+)", line)
        address = found.group(1) if found else address
        if address and "Ctrl-C" in line:
            return address
    raise RuntimeError("the demo ended early")


if __name__ == "__main__":
    main()

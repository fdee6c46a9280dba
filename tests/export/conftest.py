"""A browser for the tests of the page: one for the whole run, a fresh context for every page that is opened."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.export import html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.model import KnowledgeBase

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")
AXE = Path(__file__).resolve().parents[1] / "browser" / "node_modules" / "axe-core" / "axe.min.js"

WATCH = """
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) => violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""


def missing(reason: str) -> None:
    """Skip with a reason; in CI, where everything has to be there, fail."""
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not program:
        missing("needs Chromium: run .ci/chromium, or name its program in CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield chromium
        chromium.close()


class Opener:
    """Opens pages and keeps what they must never do: ask for anything, break their own policy, raise an error, open a dialog."""

    def __init__(self, browser, file) -> None:
        self.browser, self.file = browser, file
        self.sins: list[str] = []
        self.contexts = []

    def __call__(self, kb: KnowledgeBase | Path, hash_: str = "", *, width: int = 1440, height: int = 900, dark: bool = False):
        context = self.browser.new_context(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", accept_downloads=True)
        self.contexts.append(context)
        page = context.new_page()
        page.add_init_script(WATCH)
        address = (kb if isinstance(kb, Path) else self.file(kb)).as_uri()
        page.on("request", lambda request: request.url.split("#")[0] == address or request.url.startswith(("data:", "blob:")) or self.sins.append(f"asked for {request.url}"))
        page.on("pageerror", lambda error: self.sins.append(f"error {error}"))
        page.on("console", lambda message: self.sins.append(f"console {message.text}") if message.type in {"error", "warning"} else None)
        page.on("dialog", lambda dialog: (self.sins.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.goto(address + (f"#{hash_}" if hash_ else ""))
        assert page.evaluate("window.casegraph !== undefined")
        return page

    def close(self) -> list[str]:
        for context in self.contexts:
            for page in context.pages:
                self.sins += page.evaluate("window.violations") or []
            context.close()
        return self.sins


@pytest.fixture(scope="session")
def page_file(tmp_path_factory):
    """The file of a knowledge base, written once for all tests."""
    folder = tmp_path_factory.mktemp("pages")
    written: dict[int, tuple[KnowledgeBase, Path]] = {}

    def file(kb: KnowledgeBase) -> Path:
        if id(kb) not in written:
            written[id(kb)] = kb, folder / f"graph-{len(written)}.html"
            html.write(kb, written[id(kb)][1])
        return written[id(kb)][1]

    return file


@pytest.fixture
def open_page(browser, page_file) -> Iterator[Opener]:
    """Open a knowledge base in the browser; whatever the test does, the page asks for nothing and breaks no policy."""
    opener = Opener(browser, page_file)
    yield opener
    assert opener.close() == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    if not AXE.is_file():
        missing("needs axe-core: run .ci/axe")
    return AXE.read_text("utf-8")

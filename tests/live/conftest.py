"""The published book in a laptop's browser, and copies of it that are broken on purpose.

To test one already built: BOOK=site make test ARGS=tests/live
"""

import contextlib
import functools
import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browsing import Quiet

LAPTOP = {"width": 1280, "height": 800}
PATIENCE = 60_000
"""Milliseconds that Python may take to answer before a test calls it endless; generous, for slow machines."""
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def book(request: pytest.FixtureRequest) -> Path:
    """The folder of the published site."""
    if built := os.environ.get("BOOK"):
        return Path(built).resolve()
    return request.getfixturevalue("sites")["mkdocs"].folder


@pytest.fixture(scope="session")
def home(book: Path) -> Iterator[str]:
    """Where it is served."""
    with serving(book) as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader who has never been here. No service worker: it would answer in the site's place."""
    with browser.new_context(viewport=LAPTOP, reduced_motion="reduce", service_workers="block") as context:
        context.set_default_timeout(PATIENCE)
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@contextlib.contextmanager
def serving(folder: Path, headers: Mapping[str, Mapping[str, str]] | None = None) -> Iterator[str]:
    """Serve a folder; some files with more headers: {"sandbox.html": {"Content-Security-Policy": ...}}."""

    class Handler(Quiet):
        def end_headers(self) -> None:
            name = self.path.split("?")[0].rsplit("/", 1)[-1]
            for header, value in (headers or {}).get(name, {}).items():
                self.send_header(header, value)
            super().end_headers()

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def copied(book: Path, tmp_path: Path) -> Callable[..., contextlib.AbstractContextManager[str]]:
    """Serve a copy of the book in which something is other: `with copied(change) as address`.

    `change` gets the copy's folder.
    """

    @contextlib.contextmanager
    def served(change: Callable[[Path], object] = lambda folder: None, headers=None) -> Iterator[str]:
        folder = tmp_path / "copy"
        shutil.copytree(book, folder)
        change(folder)
        with serving(folder, headers) as address:
            yield address

    return served

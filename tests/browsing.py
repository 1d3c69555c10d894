"""A real browser, if there is one, and the built book served to it."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright, Response, sync_playwright
from tests.undebugged import launcher

if TYPE_CHECKING:
    from tests.conftest import Site

NO_BROWSER = "There is no Chrome or Chromium on this machine, and Playwright's could not be had."
NAMES = ("google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome", "msedge")
MACOS = ("Google Chrome", "Chromium")
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""Nothing is looked up or fetched that no page asks for."""
READY = """() => document.documentElement.dataset.elements === "ready"
    || !document.querySelector("script[src*='elements/elements.js']")"""
"""What a page of the book does in a browser has been fetched, which it is only after the page has loaded."""


def installed() -> str | None:
    """An installed Chrome or Chromium."""
    places = [shutil.which(name) for name in NAMES]
    places += [f"/Applications/{name}.app/Contents/MacOS/{name}" for name in MACOS]
    return next((place for place in places if place and os.path.exists(place)), None)


def launched(playwright: Playwright) -> Browser:
    """The installed browser, else Playwright's own, fetched if need be; its service workers undisturbed."""
    flags = FLAGS + ["--no-sandbox"] * (hasattr(os, "geteuid") and os.geteuid() == 0)
    path = installed() or playwright.chromium.executable_path
    if not os.path.exists(path):
        subprocess.run(
            [sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True, timeout=600
        )
    with tempfile.TemporaryDirectory() as folder:
        return playwright.chromium.launch(executable_path=launcher(path, Path(folder)), args=flags)


def until_ready(navigate: Callable[..., Response | None]) -> Callable[..., Response | None]:
    """Navigate and wait for all that the page does, unless it is said what to wait for."""

    @functools.wraps(navigate)
    def navigated(page: Page, *arguments: object, **options: object) -> Response | None:
        answer = navigate(page, *arguments, **options)
        if "wait_until" not in options:
            page.wait_for_function(READY)
        return answer

    return navigated


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Without one the tests are skipped, and said to be; but CI must not pass without them."""
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        for name in ("goto", "reload"):
            patch.setattr(Page, name, until_ready(getattr(Page, name)))
        try:
            browser = launched(playwright)
        except (Error, OSError, subprocess.TimeoutExpired) as error:
            give_up = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
            give_up(f"{NO_BROWSER} {str(error).splitlines()[0]}")
        yield browser
        browser.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and does not talk about it."""

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(scope="session")
def addresses(sites: dict[str, "Site"]) -> Iterator[dict[str, str]]:
    """Where each of the two sites is served."""
    servers = {
        builder: http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(Quiet, directory=site.folder)
        )
        for builder, site in sites.items()
    }
    for server in servers.values():
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield {builder: f"http://127.0.0.1:{server.server_port}/" for builder, server in servers.items()}
    for server in servers.values():
        server.shutdown()
        server.server_close()

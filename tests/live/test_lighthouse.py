"""What Lighthouse says of three chapters, with its settings for a phone, before anything is run."""

import functools
import gzip
import http.server
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browsing import Quiet, installed
from tests.site.book import PATIENCE, ROOT

LIGHTHOUSE = ROOT / "node_modules" / "lighthouse" / "cli" / "index.js"
WANTED = ["accessibility", "best-practices", "seo"]
AS_READERS_HAVE_IT = "--disable-features=Translate,OptimizationHints,MediaRouter"
"""In the place of the features that Lighthouse switches off. RenderDocument is one of them, which a reader's
Chrome has on; without it the first frame without a window comes a whole second or two after it is ready
(github.com/GoogleChrome/lighthouse/issues/17148), and every request until then counts as waited for."""
TEXT = (".html", ".css", ".js", ".json", ".svg", ".xml")


class Compressing(Quiet):
    """As any host of static sites does: text compressed, the connection kept."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> BytesIO | None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return None
        content, zipped = path.read_bytes(), path.suffix in TEXT
        content = gzip.compress(content) if zipped else content
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(content)))
        if zipped:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        return BytesIO(content)


@contextmanager
def hosted(site: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Compressing, directory=str(site))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def home(book: Path) -> Iterator[str]:
    with hosted(book) as home:
        yield home


def report(address: str, chrome: str, to: Path, categories: list[str], *options: str) -> dict:
    flags = f"--headless=new --disable-gpu {AS_READERS_HAVE_IT}"
    flags += " --no-sandbox" * (hasattr(os, "geteuid") and os.geteuid() == 0)
    command = [Path(sys.executable).with_name("node"), LIGHTHOUSE, address, "--quiet", "--output=json"]
    command += [
        f"--output-path={to}",
        f"--chrome-flags={flags}",
        f"--only-categories={','.join(categories)}",
        *options,
    ]
    run = subprocess.run(
        command,
        env={**os.environ, "CHROME_PATH": chrome},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(to.read_text("utf-8"))


@pytest.mark.parametrize("chapter", ["neurons/", "backpropagation/", "descent/"])
def test_lighthouse_has_nothing_to_complain_about(browser: Browser, home: str, tmp_path: Path, chapter: str):
    """But for speed, which hangs on how fast this machine happens to be: make bench-web measures that."""
    chrome = installed() or browser.browser_type.executable_path
    said = report(home + chapter, chrome, tmp_path / "report.json", WANTED)
    wrong = [
        f"{audit['title']} {audit.get('displayValue', '')}"
        for category in WANTED
        for item in said["categories"][category]["auditRefs"]
        if (audit := said["audits"][item["id"]])["score"] == 0 and item["weight"]
    ]
    assert {name: said["categories"][name]["score"] for name in WANTED} == dict.fromkeys(WANTED, 1), wrong

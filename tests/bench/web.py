"""What a reader waits for: bytes before the first Run, seconds from there to output and to changed numbers.

And what Lighthouse says of a chapter that opens.

python tests/bench/web.py                    a table, and exit status 1 if a target is missed
python tests/bench/web.py --write README.md  that table, put between the markers in the README too
"""

import argparse
import gzip
import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.browsing import installed, launched  # noqa: E402, found by the line above
from tests.live.conftest import serving  # noqa: E402, found by the line above
from tests.live.test_lighthouse import hosted, report  # noqa: E402, found by the line above

ROUNDS = 5
CHAPTERS = ("neurons/", "backpropagation/", "descent/")
INDEX, SLOWDOWN = (150, 800, 1300, 1533, 1766, 2000), (1, 2, 3, 4, 5, 6)
"""How many times slower than a machine of that benchmark index the phone is that Lighthouse means, from the
calculator that its documentation names (github.com/patrickhulce/lighthouse-cpu-throttling-calculator). Its
own setting, 4, is for a fast desktop; on a slower one it warns that the score is too low."""
PAGE = "neurons/"
PLAIN, WITH_NUMPY, EDITED = (
    2,
    5,
    1,
)  # cells: of arithmetic; the first that draws; the one that all others hang on
CHANGE = ("w1, w2 = 0, 1", "w1, w2 = 0, 2")
MARKED = re.compile(r"(<!-- bench: web -->\n).*?(<!-- /bench: web -->)", re.DOTALL)
DONE = "document.getElementById('cell-{}').getAttribute('state') === 'done'"
IDLE = """[...document.querySelectorAll('live-cell')].every(
    (cell) => !['waiting', 'loading', 'running'].includes(cell.getAttribute('state')))"""
TIMED = """() => new Promise((resolve) => {
    const start = performance.now();
    new MutationObserver((_, observer) => {
        if (!(ENDED)) return;
        observer.disconnect();
        requestAnimationFrame(() => resolve((performance.now() - start) / 1000));
    }).observe(document.body, { attributes: true, childList: true, subtree: true, characterData: true });
    document.querySelector("#cell-NUMBER .cell-bar button").click();
})"""


class Result(NamedTuple):
    """One line of the table."""

    what: str
    shown: str
    value: float
    most: float | None = None
    target: str = ""
    least: float | None = None

    @property
    def reached(self) -> bool:
        return (self.most is None or self.value <= self.most) and (
            self.least is None or self.value >= self.least
        )


def site(folder: Path) -> Path:
    """The book as it is published."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "NO_MKDOCS_2_WARNING": "1"}
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    subprocess.run(build, cwd=ROOT, env=environment, check=True)
    subprocess.run([sys.executable, ROOT / "docs" / "seal.py", folder], check=True, capture_output=True)
    return folder


def timed(page: Page, cell: int, ended: str) -> float:
    """Seconds from pressing a cell's Run until the page is as `ended` says."""
    return page.evaluate(TIMED.replace("ENDED", ended).replace("NUMBER", str(cell)))


def opened(page: Page, home: str) -> None:
    page.goto(home + PAGE, wait_until="networkidle")
    page.locator("live-cell .cell-bar").last.wait_for()


def counted(context: BrowserContext) -> list[Response]:
    """Where every answer that the browser gets is put."""
    answers: list[Response] = []
    context.on("response", lambda response: answers.append(response))
    return answers


def compressed(answers: list[Response]) -> int:
    """Their bytes, as a server sends them that compresses what can be; no longer counted afterwards."""
    bodies = {answer.url.split("?")[0]: answer.body() for answer in answers if answer.ok}
    answers.clear()
    return sum(min(len(body), len(gzip.compress(body))) for body in bodies.values())


def visit(browser: Browser, home: str) -> dict[str, float]:
    """One reader's first visit, and the second."""
    seen = {}
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        answers = counted(context)
        opened(page, home)
        seen["read"] = compressed(answers)
        seen["cold"] = timed(page, WITH_NUMPY, DONE.format(WITH_NUMPY))
        seen["runtime"] = compressed(answers)
        seen["again"] = timed(page, PLAIN, DONE.format(PLAIN))
        page.close()

        page = context.new_page()
        opened(page, home)
        seen["plain"] = timed(page, PLAIN, DONE.format(PLAIN))
        page.close()

        page = context.new_page()
        opened(page, home)
        seen["warm"] = timed(page, WITH_NUMPY, DONE.format(WITH_NUMPY))
        timed(page, 14, IDLE)
        page.get_by_role("button", name=f"Edit cell {EDITED}", exact=True).click()
        editor = page.get_by_role("textbox", name=f"Code of cell {EDITED}")
        source = page.locator(f"#cell-{EDITED} .highlight code").text_content()
        editor.fill(source.replace(*CHANGE))
        seen["follow"] = timed(page, EDITED, IDLE)
    return seen


def performance(book: Path, chrome: str, folder: Path) -> dict[str, float]:
    """Lighthouse's score of each chapter, before anything is run, on the phone that it means."""
    only, scores = ["performance"], {chapter: [] for chapter in CHAPTERS}
    with hosted(book) as home:
        index = report(home, chrome, folder / "index.json", only)["environment"]["benchmarkIndex"]
        for _ in range(ROUNDS):  # interleaved, for a machine is not equally fast all the time
            for chapter, found in scores.items():
                slower = f"--throttling.cpuSlowdownMultiplier={np.interp(index, INDEX, SLOWDOWN):.2f}"
                said = report(home + chapter, chrome, folder / "report.json", only, slower)
                found.append(100 * said["categories"]["performance"]["score"])
                index = said["environment"]["benchmarkIndex"]
    return {chapter: statistics.median(found) for chapter, found in scores.items()}


def measure() -> list[Result]:
    """The medians of several readers."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launched(playwright)
        chrome = installed() or browser.browser_type.executable_path
        book = site(Path(folder) / "site")
        with serving(book) as home:
            visits = [visit(browser, home) for _ in range(ROUNDS)]
        browser.close()
        scores = performance(book, chrome, Path(folder))
    middle = {what: statistics.median(visit[what] for visit in visits) for what in visits[0]}

    def size(what: str, of: str, most: float | None = None) -> Result:
        return Result(
            what, f"{middle[of] / 1e6:.2f} MB", middle[of] / 1e6, most, f"at most {most} MB" if most else ""
        )

    def seconds(what: str, of: str, most: float | None = None) -> Result:
        shown = f"{middle[of]:.2f} s" if middle[of] >= 0.1995 else f"{middle[of] * 1000:.0f} ms"
        return Result(what, shown, middle[of], most, f"at most {most} s" if most else "")

    return [
        size("fetched to read a chapter, compressed", "read"),
        size("fetched by the first Run, compressed", "runtime", 12),
        seconds("Run to the first drawing, five cells with NumPy, first visit", "cold", 4),
        seconds("the same from the browser's cache", "warm", 1.5),
        seconds("Run to the first sum, two cells, from the cache", "plain", 1.5),
        seconds("a cell of arithmetic run again", "again", 0.1),
        seconds("an edit to every number and drawing below it", "follow"),
        Result(
            "Lighthouse, performance on a phone of three chapters",
            ", ".join(f"{score:.0f}" for score in scores.values()),
            min(scores.values()),
            target="at least 95 each",
            least=95,
        ),
    ]


def as_markdown(results: list[Result]) -> str:
    rows = [("what", "measured", "target"), ("---", "--:", "---")]
    rows += [(result.what, result.shown, result.target) for result in results]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", type=Path, metavar="FILE", help="also put the table into this file")
    options = parser.parse_args()
    results = measure()
    print(as_markdown(results))
    if options.write:
        text, places = MARKED.subn(
            lambda marks: f"{marks[1]}{as_markdown(results)}\n{marks[2]}", options.write.read_text("utf-8")
        )
        if places != 1:
            raise SystemExit(
                f"bench: {options.write} needs the two bench: web markers once, it has them {places} times"
            )
        options.write.write_text(text, "utf-8")
    missed = [result for result in results if not result.reached]
    for result in missed:
        print(f"bench: target missed by {result.what}: {result.shown}", file=sys.stderr)
    return len(missed) > 0


if __name__ == "__main__":
    sys.exit(main())

"""The two built sites, which most tests of the book share, and the last lines of a run without a browser."""

from collections.abc import Generator
from pathlib import Path

import pytest
from tests.browsing import NO_BROWSER, addresses, browser
from tests.site.book import BUILDERS, copy_of_the_tree, finish, pages_of, seal, start

collect_ignore = ["bench", "mutants.py"]
__all__ = ["addresses", "browser"]  # fixtures


class Site:
    """A built site, and how building it went."""

    def __init__(self, builder: str, folder: Path, code: int, output: str) -> None:
        self.builder, self.folder, self.code, self.output = builder, folder, code, output
        self.pages = pages_of(folder)

    def __repr__(self) -> str:
        return self.builder


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    """Both builds, side by side, from copies of the tree; how they ended is for test_builds to judge.

    Both are sealed, as the published one is.
    """
    trees = {builder: copy_of_the_tree(tmp_path_factory.mktemp(builder)) for builder in BUILDERS}
    builds = {builder: start(builder, tree) for builder, tree in trees.items()}
    ended = {builder: finish(build) for builder, build in builds.items()}
    for builder, (code, _) in ended.items():
        if code == 0:
            seal(trees[builder] / "site")
    return {builder: Site(builder, trees[builder] / "site", *ended[builder]) for builder in BUILDERS}


@pytest.fixture(scope="session")
def sites(builds: dict[str, Site]) -> dict[str, Site]:
    """Both sites, whole: nothing that looks through their pages may be content with none."""
    if broken := [builder for builder, site in builds.items() if site.code or not site.pages]:
        pytest.fail(f"there is no site by {' and '.join(broken)}; test_builds says why", pytrace=False)
    return builds


@pytest.fixture(scope="session", params=BUILDERS)
def site(sites: dict[str, Site], request: pytest.FixtureRequest) -> Site:
    """Each of the two in turn."""
    return sites[request.param]


@pytest.hookimpl(wrapper=True, tryfirst=True)  # after everything else that is said at the end
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None, None, None]:
    yield
    skipped = terminalreporter.getreports("skipped")
    if any(NO_BROWSER in str(report.longrepr) for report in skipped):
        terminalreporter.section("the browser tests did not run", red=True)
        terminalreporter.write_line(f"{NO_BROWSER} Install Chrome or Chromium and run make test again.")

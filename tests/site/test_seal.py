"""The seal on a built site. What it keeps out, a browser shows: tests/live/test_policy.py."""

import json
import re
import runpy
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from tests.conftest import Site
from tests.site.book import ROOT

SEAL = runpy.run_path(str(ROOT / "docs" / "seal.py"))
PAGE = """
<!doctype html>
<html lang="en">
  <head>
      <meta charset="utf-8">
      <link rel="stylesheet" href="page.css">
      <script>here = "1 < 2"</script>
      <script type="application/json">{}</script>
      <script src="page.js"></script>
  </head>
  <body><table><tr><td style="text-align: right;">1</td></tr></table></body>
</html>
"""
HERE = "'sha256-K1l1+t37XSedQJAMz8LlhKSqRptwPsyAjZDA42dwNso='"
"""Of `here = "1 < 2"`, by openssl: printf 'here = "1 < 2"' | openssl dgst -sha256 -binary | base64."""


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., Path]:
    """A small site as a builder leaves it; the same each time, but for what is said to be other."""

    def make(name: str, **other: str) -> Path:
        site = tmp_path / name
        files = {"index.html": PAGE, "a/index.html": PAGE, "page.css": "p {}", "sitemap.xml": name}
        files |= {
            "404.html": PAGE.replace("<body>", "<body><h1>There is no such page</h1><template>Off</template>")
        }
        files |= {path.replace("__", "."): content for path, content in other.items()}
        for path, content in files.items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(content, "utf-8")
        (site / "elements").mkdir()
        for file in ("service-worker.js", "elements/sandbox.html"):
            (site / file).write_text((ROOT / "docs" / file).read_text("utf-8"), "utf-8")
        return site

    return make


def contents(site: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(site)): file.read_bytes()
        for file in site.rglob("*")
        if file.is_file() and not file.name.startswith("sitemap")
    }


def policy_of(page: str) -> dict[str, list[str]]:
    (policy,) = re.findall('<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    return {directive: values for directive, *values in map(str.split, policy.split(";"))}


def test_a_page_may_run_its_own_inline_script_and_no_other(made: Callable[..., Path]):
    site = made("site")
    SEAL["seal"](site)
    page = policy_of((site / "index.html").read_text("utf-8"))
    frame = policy_of((site / "elements/sandbox.html").read_text("utf-8"))
    hashes = [source for source in page["script-src"] if source.startswith("'sha256-")]
    assert sorted(hashes) == sorted([HERE, *(source for source in frame["script-src"] if "sha256" in source)])


def test_nothing_is_allowed_by_and_large():
    for sources in SEAL["POLICY"].values():
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"} & set(sources)
    assert SEAL["POLICY"]["default-src"] == ["'none'"]


def test_sealing_twice_changes_nothing(made: Callable[..., Path]):
    site = made("site")
    build = SEAL["seal"](site)
    once = contents(site)
    assert SEAL["seal"](site) == build
    assert contents(site) == once


def test_the_same_site_is_the_same_build_and_any_change_is_another(made: Callable[..., Path]):
    build = SEAL["seal"](made("one"))
    assert SEAL["seal"](made("two")) == build  # though its sitemap has another date
    others = [
        made("three", page__css="p { }"),
        made("four", more__js="1"),
        made("five", index__html=PAGE + " "),
    ]
    assert len({build, *map(SEAL["seal"], others)}) == 4


def test_another_service_worker_is_another_build(made: Callable[..., Path]):
    build, site = SEAL["seal"](made("one")), made("two")
    with (site / "service-worker.js").open("a", encoding="utf-8") as script:
        script.write("// more\n")
    assert SEAL["seal"](site) != build


def test_a_page_that_could_load_before_its_policy_is_refused(made: Callable[..., Path]):
    for early in (
        PAGE.replace('<meta charset="utf-8">', ""),
        PAGE.replace("<head>", "<head><script>1</script>"),
    ):
        with pytest.raises(ValueError, match="the head of a page must begin"):
            SEAL["sealed"](early, "0", {})


def test_the_service_worker_lists_every_file_as_it_is(site: Site):
    script = (site.folder / "service-worker.js").read_text("utf-8")
    build, files = (
        json.loads(re.search(rf"^const {name} = (.*);$", script, re.MULTILINE)[1])
        for name in ("BUILD", "FILES")
    )
    there = {
        path: sha256(content).hexdigest()
        for path, content in contents(site.folder).items()
        if path != "service-worker.js"
    }
    assert files == there
    assert {page.tree.xpath("string(//meta[@name='build']/@content)") for page in site.pages.values()} == {
        build
    }


def test_every_page_has_its_policy_before_all_that_loads(site: Site):
    for url, page in site.pages.items():
        first = page.tree.head.xpath(
            "*[self::meta[@http-equiv] or self::script or self::link or self::style]"
        )[0]
        assert first.get("http-equiv") == "Content-Security-Policy", url
        assert page.text.index("charset=") < 1024, url  # beyond it, browsers no longer look


def test_who_is_offline_is_told_so(site: Site):
    assert site.pages["offline.html"].tree.xpath("string(//article//h1)") == "You are offline"
    assert site.pages["404.html"].tree.xpath("string(//article//h1)") == "There is no such page"


def test_no_rule_of_the_theme_styles_every_element_while_a_page_opens(site: Site):
    sheet = (site.folder / "styles" / "book.css").read_text("utf-8")
    assert re.findall(r"[^{}]*-color-switching[^{}]*", sheet) == []


def test_no_script_keeps_the_text_waiting(site: Site):
    """But for the short ones written into the page: the book's own are modules, and fetch the theme's."""
    for url, page in site.pages.items():
        (theme,) = page.tree.xpath("//script/@data-src")
        assert (site.folder / theme[theme.index("assets/") :]).is_file(), url
        assert page.tree.xpath("//script[@src][not(@type='module')]/@src") == [], url


def test_the_theme_styles_a_page_once_and_fetches_no_words_before_a_search(site: Site):
    """What the theme's script does by itself, as the site has it."""
    (script,) = [file.read_text("utf-8") for file in site.folder.glob("assets/javascripts/bundle.*.js")]
    assert 'name:"color-scheme"' not in script
    assert re.findall(r"!==\"file:\"\),\w+\(\"search\"\)", script) == []
    assert re.findall(r"""\("(?:table|pre):not\([^)]*\)[^"]*",\w+\)\.map""", script) == []
    for url, page in site.pages.items():
        assert page.tree.xpath("//table[not(@class)][not(parent::*[@class='md-typeset__table'])]") == [], url

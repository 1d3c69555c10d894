"""Every page is valid HTML, by html-validate's rules for the standard."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.conftest import Site
from tests.site.book import PATIENCE, ROOT

CHECKER = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
CONFIG = Path(__file__).with_name("htmlvalidate.json")


def complaints(folder: Path) -> list[dict]:
    """What the checker says of all the pages in a folder: file, line, rule, message."""
    assert CHECKER.exists(), "html-validate is not installed; run: make assets"
    node = Path(sys.executable).with_name("node")
    command = [node, CHECKER, "--config", CONFIG, "--formatter", "json", "--ext", "html", folder]
    with tempfile.TemporaryFile() as answer:  # not a pipe: node ends before it has emptied one
        run = subprocess.run(command, stdout=answer, stderr=subprocess.PIPE, timeout=PATIENCE)
        answer.seek(0)
        files = json.loads(answer.read() or run.stderr)
    return [
        {"file": Path(file["filePath"]).relative_to(folder).as_posix(), **message}
        for file in files
        for message in file["messages"]
    ]


THEMES_OWN = {
    'autocomplete attribute cannot be used on <input type="checkbox">',  # forgets the open drawer on reload
    'Attribute "tabindex" has invalid value ""',  # on the labels of its folding sections, read as 0
    '"rel" attribute cannot be used on <a> in this context: <a> does not allow rel="edit"',  # unheard of
}
"""Markup that both themes set around every page. It is not ours to mend, and no reader minds it."""


def test_every_page_is_valid(site: Site):
    found = [complaint for complaint in complaints(site.folder) if complaint["message"] not in THEMES_OWN]
    assert [f"{said['file']}:{said['line']}: {said['message']} ({said['ruleId']})" for said in found] == []


def test_the_checker_sees_what_is_wrong(tmp_path: Path):
    body = '<p id="a">A</p><p id="a"><div></p>'
    page = f'<!doctype html><html lang="en"><head><title>T</title></head><body>{body}</body></html>'
    (tmp_path / "bad.html").write_text(page, "utf-8")
    assert {"no-dup-id", "close-order"} <= {message["ruleId"] for message in complaints(tmp_path)}

"""Where a page's text comes from, under each host."""

import sys
from types import ModuleType, SimpleNamespace

import pytest
from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from provenum.errors import Finding, ProofError
from provenum.host import Place, first_line, is_inner, place_of, read, stop, without_front_matter


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("one\ntwo\n", "one\ntwo\n", 1),
        ("---\ntitle: x\n---\n\none\n", "one", 5),
        ("---\ntitle: x\n---\n\none\n", "\none\n\n", 4),
        ("\ufeffone", "one", 1),
        ("---\ntitle: one\n---\none\n", "one", 4),
        ("one\r\ntwo", "two", 2),
        ("---\na: b\n---\nXylophone", "Xylophone", 4),
        ("a page that another extension has changed", "something else", 1),
    ],
)
def test_the_line_of_the_file_on_which_the_text_begins(file, text, line):
    assert first_line(file.lstrip("\ufeff"), text) == line


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("text", "text"),
        ("---\ntitle: x\n---\ntext", "text"),
        ("---\ntitle: x\n...\n\ntext", "\ntext"),
        ("---\ntitle: x\ndescription: y\n---\ntext", "text"),
        ("text\n---\nmore\n---\n", "text\n---\nmore\n---\n"),
        ("---\nnever closed", "---\nnever closed"),
    ],
)
def test_front_matter_is_taken_off(file, text):
    assert without_front_matter(file) == text


def test_a_file_is_read_as_markdown_is_given_it(tmp_path):
    (tmp_path / "page.md").write_bytes(b"\xef\xbb\xbf" + "größer\r\nals\n".encode())
    assert read(tmp_path / "page.md") == "größer\nals\n"


def test_mkdocs_is_stopped_by_an_exception_of_its_own(monkeypatch):
    mkdocs = ModuleType("mkdocs.exceptions")
    mkdocs.PluginError = type("PluginError", (Exception,), {})
    error = ProofError("page.md", [])
    monkeypatch.setitem(sys.modules, "mkdocs.exceptions", mkdocs)
    monkeypatch.delitem(sys.modules, "mkdocs.commands.build", raising=False)
    assert stop(error) is error
    monkeypatch.setitem(sys.modules, "mkdocs.commands.build", ModuleType("mkdocs.commands.build"))
    assert isinstance(stop(error), mkdocs.PluginError)
    assert str(stop(ProofError("page.md", [Finding(1, "wrong", "quote")]))) == "page.md:1: wrong\n      quote"


def test_a_bare_text_has_no_file():
    assert place_of(Markdown(), "text") == Place("<markdown>", 1)


def test_mkdocs_leaves_the_file_with_its_links(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.md").write_text("---\na: b\n---\ntext", "utf-8")
    processor = Treeprocessor()
    processor.file = SimpleNamespace(abs_src_path=str(tmp_path / "page.md"))
    md = Markdown()
    md.treeprocessors.register(processor, "relpath", 0)
    assert place_of(md, "text") == Place("page.md", 4)


def test_what_is_wrong_is_told_by_the_line_of_the_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.md").write_text("---\na: b\n---\nSo [[5 = 2 + 2]].", "utf-8")
    processor = Treeprocessor()
    processor.file = SimpleNamespace(abs_src_path=str(tmp_path / "page.md"))
    md = Markdown(extensions=["provenum"])
    md.treeprocessors.register(processor, "relpath", 0)
    with pytest.raises(Exception, match=r"^page\.md:4: "):
        md.convert("So [[5 = 2 + 2]].")


def test_zensical_leaves_the_page_with_its_context(tmp_path, monkeypatch):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text("\n\ntext", "utf-8")
    processor = Preprocessor()
    processor.config, processor.page = {"docs_dir": str(tmp_path / "docs")}, SimpleNamespace(path="page.md")
    md = Markdown()
    md.preprocessors.register(processor, "rendering_context", 0)
    assert place_of(md, "text") == Place((tmp_path / "docs" / "page.md").as_posix(), 3)


def test_fragments_that_others_convert_are_no_pages():
    md = Markdown(extensions=["provenum"])
    assert not is_inner(md)
    md.treeprocessors.register(Treeprocessor(), "mkdocstrings_strip_paragraph", 0)
    assert is_inner(md)
    # A docstring's formulas are set, its numerals are its own affair.
    html = md.convert("Of 9 weights $w_1$ and $y = [[given 1]]$, [[5 = 6]].")
    assert html.count("<math>") == 1
    assert "[[given 1]]" in html
    assert "[[5 = 6]]" in html

"""What `make serve` makes anew after an edit: the page, and what shares something with it."""

import importlib.util
import os

import jinja2
import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import get_files
from tests.site.book import ROOT

NOW = 1_800_000_000
LEDGER = '```python exec="on"\nLedger.of_book()\n```'


@pytest.fixture
def serving():
    """The hook, as a process has it that has built nothing yet."""
    spec = importlib.util.spec_from_file_location("serving", ROOT / "docs" / "serving.py")
    hook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hook)
    return hook


@pytest.fixture
def book(tmp_path, serving):
    """A book that has just been built."""
    for name, text in {
        "docs/index.md": "One is [[1 = 1]].",
        "docs/two.md": "Two.",
        "docs/ledger.md": LEDGER,
        "docs/glossary.md": "Words.",
        "docs/theme/main.html": "",
        "docs/styles/page.css": "",
        "src/library/__init__.py": "",
        "mkdocs.yml": "site_name: Book\nwatch: [src]\nexclude_docs: /theme/\n",
    }.items():
        write(tmp_path / name, text, NOW)
    build(tmp_path, serving, NOW + 1)
    return tmp_path


def write(file, text, when):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    os.utime(file, (when, when))


def build(book, serving, when):
    """The pages that a dirty build makes, by name."""
    config = load_config(str(book / "mkdocs.yml"), site_dir=str(book / "site"))
    files = serving.on_files(get_files(config), config=config)
    modified = [page for page in files.documentation_pages() if page.is_modified()]
    for page in modified:
        write(book / "site" / page.dest_uri, "", when)
    return {page.src_uri.removesuffix(".md") for page in modified}


def edited(book, serving, name, text):
    write(book / name, text, NOW + 2)
    return build(book, serving, NOW + 3)


EVERYTHING = {"index", "two", "ledger", "glossary"}


def test_nothing_is_made_anew_when_nothing_has_changed(book, serving):
    assert build(book, serving, NOW + 2) == set()


def test_an_edit_to_prose_makes_its_page_anew(book, serving):
    assert edited(book, serving, "docs/index.md", "It is [[1 = 1]].") == {"index"}
    assert build(book, serving, NOW + 4) == set()


@pytest.mark.parametrize(
    "text", ["One is [[1.0 = 1]].", "One is [[1 = 2 - 1]].", 'One is [[1 = 1]].\n```python exec="on"\n```']
)
def test_another_number_or_cell_makes_the_ledger_anew_too(book, serving, text):
    assert edited(book, serving, "docs/index.md", text) == {"index", "ledger"}


@pytest.mark.parametrize(
    "name", ["docs/glossary.md", "docs/theme/main.html", "src/library/__init__.py", "src/library/new.py"]
)
def test_what_all_pages_share_makes_all_anew(book, serving, name):
    assert edited(book, serving, name, "other") == EVERYTHING
    assert build(book, serving, NOW + 4) == set()


def test_so_do_the_settings(book, serving):
    text = (book / "mkdocs.yml").read_text("utf-8") + "copyright: ours\n"
    assert edited(book, serving, "mkdocs.yml", text) == EVERYTHING


def test_so_does_a_new_page_and_one_that_goes(book, serving):
    assert edited(book, serving, "docs/new.md", "New.") == {*EVERYTHING, "new"}
    (book / "docs" / "new.md").unlink()
    assert build(book, serving, NOW + 4) == EVERYTHING


def test_a_style_is_no_page(book, serving):
    assert edited(book, serving, "docs/styles/page.css", "p {}") == set()


def test_a_page_that_was_refused_is_made_anew_until_it_is_right(book, serving):
    write(book / "docs" / "index.md", "One is [[2 = 1]].", NOW + 2)
    config = load_config(str(book / "mkdocs.yml"), site_dir=str(book / "site"))
    serving.on_files(get_files(config), config=config)  # and the build stops here
    assert build(book, serving, NOW + 3) == {"index", "ledger"}


def test_templates_are_compiled_once_and_when_they_change(serving):
    def render(source):
        env = jinja2.Environment(loader=jinja2.DictLoader({"a": source}))
        return serving.on_env(env, config=None, files=None).get_template("a").render(x=1)

    assert [render("{{ x }}"), render("{{ x }}"), render("{{ x + 1 }}")] == ["1", "1", "2"]
    assert len(serving._compiled.by_key) == 1  # of one name: the new one takes the place of the old


def test_the_book_is_served_so():
    assert "mkdocs serve --dirty" in (ROOT / "Makefile").read_text("utf-8")
    assert "hooks: [docs/serving.py, " in (ROOT / "mkdocs.yml").read_text("utf-8")

"""Runs that are kept: when one is used again, and when nothing but a new run will do."""

import itertools
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from provenum import ProofError, inputs, kept
from provenum.ledger import Ledger
from provenum.proof import Options, prove

PAGE = """
Before.

```python exec="on"
import kept_library
from pathlib import Path

with open("runs", "a") as file: pass
x = kept_library.twice(2)
```

There is [[4 = x]].

```python exec="on"
print(x + 1)
```

And [[5.0 = x + 1.0]].
"""
SECONDS = itertools.count(int(time.time()) - 1_000_000)
COUNTS = PAGE.replace('with open("runs", "a") as file: pass', "kept_library.count()")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a library, in which no run says how often it was one but through a list of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("PROVENUM_CACHE", raising=False)
    (tmp_path / "lib").mkdir()
    write_library(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path / "lib"))
    monkeypatch.setattr(sys, "runs_of_cells", [], raising=False)
    yield tmp_path
    sys.modules.pop("kept_library", None)


def write_library(folder, factor="2"):
    source = (
        "import sys\n\n\ndef count():\n    sys.runs_of_cells.append(1)\n\n\n"
        f"def twice(x):\n    return {factor} * x\n"
    )
    file = folder / "lib" / "kept_library.py"
    file.write_text(source, "utf-8")
    earlier(file)
    sys.modules.pop("kept_library", None)


def earlier(*paths):
    """As old as files are that nobody has just written, and each in a second of its own: Python takes a
    module from its cache if the file has the size and the second that it had."""
    for path in paths:
        stamp = next(SECONDS) * 1_000_000_000
        os.utime(path, ns=(stamp, stamp))


def runs(text=COUNTS, page="docs/page.md", **options):
    """How often the page's first cell ran while the page was proven once."""
    before = len(sys.runs_of_cells)
    prove(text, page, options=Options(**{"cache": "kept", **options}))
    return len(sys.runs_of_cells) - before


def entries(folder):
    return sorted((folder / "kept").glob("*.json"))


def test_a_page_runs_once(folder):
    assert [runs(), runs(), runs()] == [1, 0, 0]


def test_what_is_kept_is_what_ran(folder):
    ran, again = (prove(COUNTS, "docs/page.md", options=Options(cache="kept")) for _ in range(2))
    assert again == ran
    assert again.outputs == {1: "", 2: '<pre class="cell-text">5\n</pre>'}
    assert [proven.value for proven in again.proven.values()] == ["4", "5.0"]
    assert prove(COUNTS, "docs/page.md") == ran


def test_without_a_folder_nothing_is_kept(folder):
    assert [runs(cache=""), runs(cache="")] == [1, 1]
    assert list(folder.iterdir()) == [folder / "lib"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Before.", "Before, in other words, and in more lines.\n\nTwo of them."),
        ("There is", "There certainly is"),
        ("[[4 = x]]", "[[4 lb = x]]"),
        ("[[4 = x]]", "[[4 ~ x +- 1]]"),
        ("[[5.0 = x", "[[5.00 = x"),
    ],
)
def test_words_and_literals_cost_no_run(folder, before, after):
    runs()
    assert runs(COUNTS.replace(before, after)) == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("twice(2)", "twice(1 + 1)"),
        ("print(x + 1)", "print(x + 1.0)"),
        ("= x]]", "= x + 0]]"),
        ('```python exec="on"\nprint', '```python exec="on" width="70"\nprint'),
        ("There is [[4 = x]].", ""),
        ("\nAnd [[5.0 = x + 1.0]].\n", ""),
    ],
)
def test_cells_expressions_and_options_are_what_a_run_is_known_by(folder, before, after):
    runs()
    changed = COUNTS.replace(before, after)
    assert changed != COUNTS
    assert [runs(changed), runs(changed), runs()] == [1, 0, 0]


def test_so_is_their_order(folder):
    runs()
    first, second = "There is [[4 = x]].", "print(x + 1)\n```"
    moved = COUNTS.replace(first, "").replace(second, f"{second}\n\n{first}")
    assert runs(moved) == 1


def test_so_are_the_page_and_the_limit_in_time(folder):
    runs()
    assert runs(page="docs/other.md") == 1
    assert runs(seconds=29) == 1
    assert runs(seconds=30) == 0


def test_so_is_the_library_and_a_wrong_one_is_found_out(folder):
    runs()
    write_library(folder, "3")
    with pytest.raises(ProofError, match="its code does not compute"):
        runs()
    write_library(folder, "1 + 1")
    with pytest.raises(ProofError, match="its code does not compute"):
        runs()
    write_library(folder, "2")
    assert [runs(), runs()] == [1, 0]


def test_so_is_what_could_be_imported_in_its_place(folder, monkeypatch):
    runs()
    other = folder / "other"
    other.mkdir()
    (other / "kept_library.py").write_text("count = lambda: None\ntwice = lambda x: 4\n", "utf-8")
    monkeypatch.syspath_prepend(str(other))
    sys.modules.pop("kept_library", None)
    runs()
    assert sys.modules["kept_library"].__file__ == str(other / "kept_library.py")


def test_so_is_a_module_that_appears_beside_those_that_were_there(folder):
    earlier(folder / "lib")
    assert [runs(), runs()] == [1, 0]
    (folder / "lib" / "other.py").touch()
    earlier(folder / "lib")
    assert runs() == 1


def test_so_is_the_version_of_what_is_installed(folder, monkeypatch):
    site, is_installed = folder / "site", inputs.is_installed
    monkeypatch.setattr(inputs, "is_installed", lambda path: path == str(site) or is_installed(path))
    monkeypatch.syspath_prepend(str(site))
    (site / "package-1.0.dist-info").mkdir(parents=True)
    earlier(site)
    assert [runs(), runs()] == [1, 0]
    (site / "package-1.0.dist-info").rename(site / "package-1.1.dist-info")
    earlier(site)
    assert runs() == 1


@pytest.mark.parametrize("name", ["PYTHONHASHSEED", "OMP_NUM_THREADS"])
def test_so_is_the_environment(folder, monkeypatch, name):
    runs()
    monkeypatch.setenv(name, "17")
    assert runs() == 1


def test_so_is_the_place_of_cells_where_a_traceback_tells_it(folder):
    text = COUNTS.replace(
        "print(x + 1)",
        "import traceback\ntry:\n    1 / 0\nexcept ArithmeticError:\n    traceback.print_exc()",
    )
    assert [runs(text), runs(text), runs("\n" + text)] == [1, 0, 1]
    assert "line 18," in prove("\n" + text, "docs/page.md", options=Options(cache="kept")).outputs[2]
    further_down = prove("\n\n" + text, "docs/page.md", first_line=2, options=Options(cache="kept"))
    assert "line 20," in further_down.outputs[2]


def test_a_file_that_a_cell_reads(folder):
    (folder / "data").write_text("4", "utf-8")
    earlier(folder / "data")
    text = COUNTS.replace("kept_library.twice(2)", 'int(Path("data").read_text())')
    assert [runs(text), runs(text)] == [1, 0]
    (folder / "data").write_text("5", "utf-8")
    with pytest.raises(ProofError):
        runs(text)
    (folder / "data").unlink()
    with pytest.raises(ProofError, match="FileNotFoundError"):
        runs(text)


def test_a_folder_that_a_cell_lists(folder):
    (folder / "data").mkdir()
    for name in "abcd":
        (folder / "data" / name).touch()
    earlier(folder / "data")
    text = COUNTS.replace("kept_library.twice(2)", 'len(list(Path("data").iterdir()))')
    assert [runs(text), runs(text)] == [1, 0]
    (folder / "data" / "e").touch()
    with pytest.raises(ProofError):
        runs(text)


def test_the_folder_that_a_cell_is_in_and_lists(folder):
    (folder / "data").mkdir()
    (folder / "data" / "a").touch()
    earlier(folder / "data")
    does = 'kept_library.count()\nimport os\nos.chdir("data")\nlisted = os.listdir()\nos.chdir("..")'
    text = COUNTS.replace("kept_library.count()", does)
    assert [runs(text), runs(text)] == [1, 0]
    (folder / "data" / "b").touch()
    earlier(folder / "data")
    assert runs(text) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name here")
def test_what_has_no_content_that_stays(folder):
    os.mkfifo(folder / "pipe")
    earlier(folder / "pipe")
    does = 'kept_library.count()\nimport os\nos.close(os.open("pipe", os.O_RDONLY | os.O_NONBLOCK))'
    text = COUNTS.replace("kept_library.count()", does)
    assert [runs(text), runs(text)] == [1, 1]


def test_bytecode_that_python_stores_is_nothing_that_the_run_has_made(folder, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    assert [runs(), runs()] == [1, 0]
    assert list((folder / "lib" / "__pycache__").iterdir())


def test_a_file_that_changes_while_it_is_read(folder):
    (folder / "data").write_text("4", "utf-8")
    os.utime(folder / "data", (time.time() + 60,) * 2)
    text = COUNTS.replace("kept_library.twice(2)", 'int(Path("data").read_text())')
    assert [runs(text), runs(text)] == [1, 1]


def test_a_module_that_changes_after_it_was_imported(folder):
    import kept_library

    with inputs.watched():
        pass
    Path(kept_library.__file__).write_text("raise SystemError", "utf-8")
    earlier(Path(kept_library.__file__))
    os.utime(kept_library.__file__, ns=(1, 1))
    assert runs() == 1
    assert entries(folder) == []


@pytest.mark.parametrize(
    "does",
    [
        'open("new", "w").close()',
        'open("there", "a").close()',
        'import os; os.remove("there")',
        'import os; os.mkdir("new")',
        'import os; os.rename("there", "new")',
        'import os; os.system("true")',
        'import subprocess; subprocess.run(["true"])',
        "import socket\nwith socket.socket(type=socket.SOCK_DGRAM) as s: s.connect(('127.0.0.1', 9))",
    ],
)
def test_a_run_that_does_something_to_the_world_is_not_kept(folder, does):
    (folder / "there").touch()
    earlier(folder / "there")
    runs(COUNTS.replace("kept_library.count()", f"kept_library.count()\n{does}"))
    assert entries(folder) == []


def test_a_run_that_tidies_up_after_itself_is(folder):
    does = """kept_library.count()
import tempfile
with tempfile.TemporaryDirectory() as new:
    (Path(new) / "a").write_text("3")
    (Path(new) / "a").write_text("4")
    (Path(new) / "a").rename(Path(new) / "b")
    assert (Path(new) / "b").read_text() == "4" """
    text = COUNTS.replace("kept_library.count()", does)
    assert [runs(text), runs(text)] == [1, 0]


@pytest.mark.parametrize(
    "does",
    [
        'import os; os.makedirs("there", exist_ok=True)',
        'import os; open(os.devnull, "w").close()',
        "import os; open(os.devnull).close()",
    ],
)
def test_a_run_that_changes_nothing_is_too(folder, does):
    (folder / "there").mkdir()
    earlier(folder / "there")
    text = COUNTS.replace("kept_library.count()", f"kept_library.count()\n{does}")
    assert [runs(text), runs(text)] == [1, 0]


def test_what_it_moves_out_of_the_way_stays_behind(folder):
    does = """kept_library.count()
import tempfile
with tempfile.TemporaryDirectory() as new:
    (Path(new) / "a").write_text("4")
    (Path(new) / "a").rename("out")"""
    runs(COUNTS.replace("kept_library.count()", does))
    assert entries(folder) == []


def test_what_other_threads_do_meanwhile_is_not_the_runs(folder, monkeypatch):
    begun, done = threading.Event(), threading.Event()

    def write():
        begun.wait(10)
        (folder / "theirs").write_text("", "utf-8")
        done.set()

    monkeypatch.setattr(sys, "meanwhile", lambda: begun.set() or done.wait(10), raising=False)
    thread = threading.Thread(target=write)
    thread.start()
    runs(COUNTS.replace("kept_library.count()", "import sys\nsys.meanwhile()\nkept_library.count()"))
    thread.join()
    assert len(entries(folder)) == 1


def test_looking_for_a_module_is_not_reading_the_folders_it_may_be_in(folder):
    earlier(folder / "lib")
    runs()
    (folder / "lib" / "notes.txt").touch()
    assert runs() == 0


@pytest.mark.parametrize("literal", ["[[5 = x]]", "[[4.1 = x]]", "[[5 ~ x +- 0.5]]"])
def test_a_wrong_literal_is_refused_by_what_is_kept(folder, literal):
    runs()
    with pytest.raises(ProofError, match="its code does not compute") as kept_says:
        runs(COUNTS.replace("[[4 = x]]", literal))
    assert len(sys.runs_of_cells) == 1
    with pytest.raises(ProofError) as run_says:
        runs(COUNTS.replace("[[4 = x]]", literal), cache="")
    assert str(kept_says.value) == str(run_says.value)


def test_a_numeral_that_nobody_vouches_for_is_too(folder):
    runs()
    with pytest.raises(ProofError, match="nobody vouches"):
        runs(COUNTS.replace("Before.", "Before 7."))
    assert len(sys.runs_of_cells) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("print(x + 1)", "print(x / 0)"),
        ("= x + 1.0]]", "= x / 0]]"),
        ("= x + 1.0]]", "= 'five']]"),
        ("print(x + 1)", "while True: pass"),
        ('```python exec="on"\nprint', '```python exec="on" raises="ValueError"\nprint'),
    ],
)
def test_a_failure_is_never_kept(folder, before, after):
    for _ in range(2):
        with pytest.raises(ProofError):
            runs(COUNTS.replace(before, after), seconds=1)
    assert len(sys.runs_of_cells) == 2
    assert entries(folder) == []


def test_an_error_that_a_cell_must_end_with_is_no_failure(folder):
    text = COUNTS.replace(
        '```python exec="on"\nprint(x + 1)', '```python exec="on" raises="ZeroDivisionError"\nx / 0'
    )
    assert [runs(text), runs(text)] == [1, 0]


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"",
        lambda whole: whole[:-1],
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole.replace(b"5\\n", b"6\\n"),
        lambda whole: b"\xff" + whole,
        lambda whole: b"null",
    ],
)
def test_a_damaged_entry_is_as_good_as_none(folder, damage):
    runs()
    (entry,) = entries(folder)
    whole = entry.read_bytes()
    assert damage(whole) != whole
    entry.write_bytes(damage(whole))
    assert [runs(), runs()] == [1, 0]


def test_an_entry_is_text_that_runs_nothing(folder):
    runs()
    checksum, _, text = entries(folder)[0].read_text("utf-8").partition("\n")
    assert len(checksum) == 64
    assert json.loads(text)["yields"] == ["", ["4", "4"], '<pre class="cell-text">5\n</pre>', ["5.0", "5"]]


@pytest.mark.parametrize("said", ["off", "0", "OFF", "no", "false"])
def test_a_switch_in_the_environment(folder, monkeypatch, said):
    runs()
    monkeypatch.setenv("PROVENUM_CACHE", said)
    (entry,) = entries(folder)
    entry.unlink()
    assert [runs(), runs()] == [1, 1]
    assert entries(folder) == []


def test_where_a_site_is_published_each_process_runs_each_page_once(folder, monkeypatch):
    runs()
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(kept, "_of_this_process", kept.Memory())
    assert [runs(), runs()] == [1, 0]
    assert len(entries(folder)) == 1


@pytest.mark.parametrize("said", ["false", "0", "no", ""])
def test_ci_may_be_said_to_be_false(folder, monkeypatch, said):
    monkeypatch.setenv("CI", said)
    runs()
    assert len(entries(folder)) == 1


def test_the_folder_may_be_deep_inside_others(folder):
    assert [runs(cache="deep/down/kept"), runs(cache="deep/down/kept")] == [1, 0]


def test_what_a_broken_off_write_leaves_behind_goes_after_a_month(folder, monkeypatch):
    def break_off(*_):
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", break_off)
        runs()
    (left,) = (folder / "kept").glob("*.new")
    os.utime(left, (1, 1))
    runs()
    assert not left.exists()


def test_the_folder_can_be_thrown_away_and_need_not_be_writable(folder):
    runs()
    for file in (folder / "kept").iterdir():
        file.unlink()
    (folder / "kept").rmdir()
    (folder / "kept").write_text("in the way", "utf-8")
    assert [runs(), runs()] == [1, 1]


def test_git_is_told_to_leave_it_alone(folder):
    runs()
    assert (folder / "kept" / ".gitignore").read_text("utf-8") == "*\n"


def test_of_each_page_only_the_newest_runs_stay(folder):
    runs(page="docs/other.md")
    for k in range(kept.MOST_OF_A_PAGE + 3):
        for age, entry in enumerate(entries(folder)):
            del age
            os.utime(entry, (entry.stat().st_mtime - 60,) * 2)
        runs(COUNTS.replace("x + 1)", f"x + {k})"))
    assert len(entries(folder)) == kept.MOST_OF_A_PAGE + 1
    assert runs(COUNTS.replace("x + 1)", f"x + {kept.MOST_OF_A_PAGE + 2})")) == 0
    assert runs(COUNTS.replace("x + 1)", "x + 0)")) == 1


def test_what_nobody_has_asked_for_in_a_month_goes(folder):
    runs(page="docs/other.md")
    (old,) = entries(folder)
    half = folder / "kept" / "half.new"
    half.touch()
    (folder / "kept" / "mine.txt").touch()
    for file in (folder / "kept").iterdir():
        os.utime(file, (time.time() - (kept.MOST_DAYS + 1) * 86_400,) * 2)
    runs()
    assert not old.exists()
    assert not half.exists()
    assert (folder / "kept" / "mine.txt").exists()


def test_what_is_asked_for_stays(folder):
    runs()
    (entry,) = entries(folder)
    os.utime(entry, (time.time() - (kept.MOST_DAYS + 1) * 86_400,) * 2)
    assert runs() == 0
    runs(page="docs/other.md")
    assert entry.exists()


def test_the_ledger_runs_what_has_not_run_and_nothing_else(folder):
    (folder / "docs").mkdir()
    (folder / "docs" / "page.md").write_text(COUNTS, "utf-8")
    (folder / "mkdocs.yml").write_text("markdown_extensions: [provenum: {cache: kept}]\n", "utf-8")
    earlier(folder / "docs" / "page.md", folder / "docs", folder / "mkdocs.yml")
    runs()
    assert [entry.value for entry in Ledger.of_book()] == ["4", "5.0"]
    assert len(sys.runs_of_cells) == 1


def test_a_page_that_shows_the_ledger_follows_the_other_pages(folder):
    (folder / "docs").mkdir()
    (folder / "docs" / "page.md").write_text(COUNTS, "utf-8")
    (folder / "mkdocs.yml").write_text("markdown_extensions: [provenum: {cache: kept}]\n", "utf-8")
    earlier(folder / "docs" / "page.md", folder / "docs", folder / "mkdocs.yml")
    cell = "import kept_library\nkept_library.count()\nfrom provenum import Ledger\nlen(Ledger.of_book())"
    ledger = f'```python exec="on"\n{cell}\n```'
    assert [runs(ledger, "ledger.md"), runs(ledger, "ledger.md")] == [2, 0]  # itself, and the page
    (folder / "docs" / "page.md").write_text(COUNTS.replace("Before", "Ere"), "utf-8")
    earlier(folder / "docs" / "page.md")
    assert [runs(ledger, "ledger.md"), runs(ledger, "ledger.md")] == [1, 0]
    (folder / "docs" / "other.md").write_text("[[1 = 1]]", "utf-8")
    earlier(folder / "docs" / "other.md", folder / "docs")
    assert runs(ledger, "ledger.md") == 1
    write_library(folder, "1 * 2")
    assert runs(ledger, "ledger.md") == 2


def test_two_processes_at_once(folder):
    code = (
        "import sys; sys.runs_of_cells = []\n"
        "from provenum.proof import Options, prove\n"
        "from pathlib import Path\n"
        "for k in range(20):\n"
        "    text = Path('page').read_text().replace('x + 1)', f'x + {k % 4})')\n"
        "    proof = prove(text, 'docs/page.md', options=Options(cache='kept'))\n"
        "    assert proof.outputs[2] == f'<pre class=\"cell-text\">{4 + k % 4}\\n</pre>', proof.outputs\n"
    )
    (folder / "page").write_text(COUNTS, "utf-8")
    path = os.pathsep.join([str(folder / "lib"), *filter(None, sys.path)])
    command = [sys.executable, "-c", code]
    both = [subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path}) for _ in range(2)]
    assert [process.wait(120) for process in both] == [0, 0]
    assert len(entries(folder)) == 4
    assert not list((folder / "kept").glob("*.new"))


@pytest.mark.parametrize(
    ("said", "holds"),
    [("docs/page.md", False), ("ocs/page.md", True), ("docs/page.m", True), ("null", True)],
)
def test_where_cells_begin_matters_only_to_a_page_that_tells_its_name(said, holds):
    """A traceback tells it, with the line."""
    store, nothing_read = kept.Memory(), inputs.Inputs()
    kept.Run(store, "docs/page.md", "asked", lines=[3]).keep([said], nothing_read)
    assert kept.Run(store, "docs/page.md", "asked", lines=[3]).yielded() == [said]
    assert (kept.Run(store, "docs/page.md", "asked", lines=[4]).yielded() == [said]) is holds

"""Cells behave as in plain Python, each page starts afresh, and nothing leaks out."""

import subprocess
import sys
import threading
import time

import pytest

from provenum.deadline import deadline
from provenum.session import CellError, Overtime, Session, display, last_line, makers, names_in


@pytest.fixture
def session():
    return Session("page.md", "one\ntwo\nthree\n", deadline=deadline)


def run(session, source, **options):
    return session.run(source, 1, **{"seconds": 5, **options})


def test_a_name_lives_on_in_the_next_cell(session):
    run(session, "x = 2")
    assert run(session, "print(x)") == '<pre class="cell-text">2\n</pre>'


def test_another_session_knows_nothing_of_it(session):
    run(session, "x = 2")
    with pytest.raises(CellError, match="NameError: name 'x' is not defined"):
        run(Session("other.md", ""), "x")


def test_print_can_be_redefined_and_deleted_as_in_python(session):
    run(session, "def print(*values): sys.stdout.write('mine')\nimport sys\nprint(1)")
    assert "mine" in run(session, "print(2)")


def test_output_comes_in_the_order_written(session):
    source = "import sys\nprint(1)\nprint(2, file=sys.stderr)\nprint(3, flush=True)\n4"
    assert run(session, source) == '<pre class="cell-text">1\n2\n3\n</pre><pre class="cell-text">4\n</pre>'


def test_the_process_gets_its_own_streams_and_main_back(session):
    before = sys.stdout, sys.stderr, sys.stdin, sys.modules["__main__"]
    run(session, "print(1)")
    with pytest.raises(CellError):
        run(session, "1 / 0")
    assert (sys.stdout, sys.stderr, sys.stdin, sys.modules["__main__"]) == before


def test_a_class_of_a_cell_can_be_pickled_in_it(session):
    run(session, "import pickle\nclass A: pass\nassert isinstance(pickle.loads(pickle.dumps(A())), A)")


def test_an_error_names_the_line_of_the_file(session):
    session.first_line = 5
    with pytest.raises(CellError) as error:
        session.run("x = 1\n1 / 0", 2, seconds=5)
    assert (error.value.line, str(error.value)) == (7, "ZeroDivisionError: division by zero")


def test_a_trace_begins_in_the_cell_and_names_what_it_called(session):
    with pytest.raises(CellError) as error:
        run(session, "import json\njson.loads('{')")
    assert error.value.trace.startswith('File "page.md", line 2, in <module>\n')
    assert "decode" in error.value.trace
    assert "provenum" not in error.value.trace


def test_a_trace_quotes_the_files_own_lines():
    session = Session("page.md", "def f():\n    return 1 / 0\nf()\n", 5)
    with pytest.raises(CellError) as error:
        session.run("def f():\n    return 1 / 0\nf()", 1)
    lines = [line.strip() for line in error.value.trace.splitlines()]
    assert lines[:2] == ['File "page.md", line 7, in <module>', "f()"]
    assert lines[lines.index('File "page.md", line 6, in f') + 1] == "return 1 / 0"


def test_bytes_that_are_no_text_are_shown_as_such(session):
    source = "import sys\nnone = sys.stdout.buffer.write(b'a\\xffb')"
    assert run(session, source) == '<pre class="cell-text">a\N{REPLACEMENT CHARACTER}b</pre>'


def test_a_syntax_error_names_its_own_line(session):
    with pytest.raises(CellError, match="SyntaxError") as error:
        run(session, "x = 1\ny = = 2")
    assert error.value.line == 2


def test_a_syntax_error_of_an_expression_has_no_trace(session):
    with pytest.raises(CellError, match="SyntaxError: invalid syntax") as error:
        session.evaluate("1 +", seconds=5)
    assert error.value.trace == ""


def test_the_notes_of_an_error_are_told(session):
    source = "error = ValueError('no')\nerror.add_note('mind this')\nraise error"
    with pytest.raises(CellError) as error:
        run(session, source)
    assert str(error.value) == "ValueError: no\nmind this"


def test_an_error_that_no_line_of_the_cell_raised_is_told_all_the_same(session):
    with pytest.raises(CellError, match="null byte"):
        run(session, "x = '\0'")


@pytest.mark.parametrize(("seconds", "words"), [(1, "1 second"), (0.5, "0.5 seconds"), (2, "2 seconds")])
def test_a_time_limit_is_told_in_words(session, seconds, words):
    failure = session._failure(Overtime(), 4, seconds)
    assert (str(failure), failure.line) == (f"did not end within {words}", 4)


def test_an_endless_cell_is_stopped_and_the_session_goes_on(session):
    started = time.perf_counter()
    with pytest.raises(CellError, match=r"did not end within 0\.1 seconds"):
        run(session, "x = 1\nwhile True: pass", seconds=0.1)
    assert time.perf_counter() - started < 5
    assert "1" in run(session, "x")


def test_an_endless_expression_is_stopped(session):
    with pytest.raises(CellError, match=r"did not end within 0\.1 seconds"):
        session.evaluate("next(x for x in iter(int, 1) if x)", seconds=0.1)


def test_a_cell_that_keeps_even_the_stop_is_stopped_again(session):
    source = "try:\n    while True: pass\nexcept:\n    while True: pass"
    with pytest.raises(CellError, match=r"did not end within 0\.1 seconds"):
        run(session, source, seconds=0.1)


def test_what_never_returns_to_python_ends_the_build_with_a_message():
    program = (
        "from provenum import deadline, session\ndeadline.GRACE = 1\n"
        "session.Session('page.md', '', deadline=deadline.deadline).run('sum(iter(int, 1))', 7, seconds=0.1)"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert ended.stderr.startswith("Timeout (0:00:01.100000)!\n")
    assert '  File "page.md", line 7 in <module>\n' in ended.stderr


def test_cells_run_in_any_thread(session):
    shown = []
    worker = threading.Thread(target=lambda: shown.append(run(session, "print(1)")))
    worker.start()
    worker.join()
    assert shown == ['<pre class="cell-text">1\n</pre>']


def test_an_expression_may_span_lines(session):
    assert session.evaluate("1 +\n1", seconds=5) == 2


def test_what_an_expression_prints_is_not_shown(session, capsys):
    session.evaluate("print(1)", seconds=5)
    assert capsys.readouterr().out == ""


def test_a_page_can_not_interrupt_the_build_but_its_author_can(session):
    with pytest.raises(KeyboardInterrupt):
        run(session, "raise KeyboardInterrupt")


def test_a_class_itself_is_not_drawn():
    class Drawing:
        def _repr_svg_(self):
            return "<svg></svg>"

    assert display(Drawing).startswith('<pre class="cell-text">&lt;class')
    assert display(Drawing()) == '<div class="cell-figure" data-search-exclude><svg></svg></div>'


def test_html_is_preferred_to_svg_and_none_falls_through():
    class Both:
        html = "<b>x</b>"

        def _repr_html_(self):
            return self.html

        def _repr_svg_(self):
            return "<svg></svg>"

    both = Both()
    assert display(both) == '<div class="cell-figure" data-search-exclude><b>x</b></div>'
    both.html = None
    assert display(both) == '<div class="cell-figure" data-search-exclude><svg></svg></div>'


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("x = 1", {"x"}),
        ("x, (y, *z) = 1, (2, 3)", {"x", "y", "z"}),
        ("x += 1", {"x"}),
        ("x: int = 1", {"x"}),
        ("x.a = 1\ny[0] = 2\nz.b[1].c = 3", {"x", "y", "z"}),
        ("import a.b, c as d\nfrom e import f as g, h", {"a", "d", "g", "h"}),
        ("def f(): ...\nclass C: ...\nasync def g(): ...", {"f", "C", "g"}),
        ("network.train(data)", {"network"}),
        ("for i in range(3): pass", {"i"}),
        ("with open(p) as f: pass", {"f"}),
        ("(n := 5)", {"n"}),
        ("print(x)", set()),
        ("f()[0].method()", set()),
    ],
)
def test_what_a_cell_may_have_made(source, names):
    assert makers(source) == names


def test_names_that_an_expression_reads():
    assert names_in("f(x.a, y[0]) + len('z')") == {"f", "x", "y", "len"}


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("x = = 1", "SyntaxError: invalid syntax"),
        ("if True:\n    x\n  y", "IndentationError: unindent does not match any outer indentation level"),
    ],
)
def test_an_expected_syntax_error_is_told_without_its_place(session, source, said):
    assert run(session, source, raises=said.partition(":")[0]) == f'<pre class="cell-text">{said}\n</pre>'


def test_code_may_come_from_a_file_of_another_name(session):
    assert "&lt;cell 3&gt;" in session.run(
        "import sys\nsys._getframe().f_code.co_filename", 1, file="<cell 3>"
    )


def test_a_session_without_a_deadline_waits():
    assert Session("page.md", "").run("1", 1, seconds=0) == '<pre class="cell-text">1\n</pre>'


def test_an_errors_last_line_has_its_notes_below_it():
    error = ValueError("a")
    error.add_note("note")
    assert last_line(error) == "ValueError: a\nnote\n"

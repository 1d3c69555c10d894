"""A page as the browser runs it: as the build did, in any order, whatever a cell has done."""

import json
import weakref
from itertools import count

import pytest

from provenum import live
from provenum.live import LivePage


class Page:
    """A live page whose answers are data."""

    def __init__(self):
        self.said = []
        self.page = LivePage("page", self.said.append)

    def run(self, cell, source, raises=None):
        return json.loads(self.page.run(cell, source, raises))

    def shows(self, cell, source):
        return self.run(cell, source)["html"].removeprefix('<pre class="cell-text">').removesuffix("\n</pre>")

    def evaluate(self, after, *numbers):
        wanted = [
            dict(zip(("id", "expression", "literal", "tolerance"), number, strict=False))
            for number in numbers
        ]
        return json.loads(self.page.evaluate(after, json.dumps(wanted)))

    def value(self, after, expression):
        (answer,) = self.evaluate(after, ("a", expression, "1"))
        return answer.get("value") or answer["error"]


@pytest.fixture
def page():
    return Page()


def test_a_cell_run_twice_shows_the_same_twice(page):
    page.run(1, "x = [1]")
    assert [page.shows(2, "x.append(2)\nx") for _ in range(3)] == ["[1, 2]"] * 3


def test_a_cell_sees_nothing_of_the_cells_below(page):
    page.run(1, "x = 1")
    page.run(2, "y = 2\nx = 3")
    assert page.run(1, "x")["error"]["kind"] == "NameError"
    assert page.shows(1, "x = 4\nx") == "4"
    assert page.run(2, "y")["error"]["kind"] == "NameError"


def test_a_cell_that_was_left_out_is_as_if_it_were_not_there(page):
    page.run(1, "x = 1")
    assert page.shows(5, "x") == "1"


def test_what_ran_below_is_forgotten_when_a_cell_above_runs_again(page):
    for cell, source in enumerate(["x = 1", "y = x", "z = y"], 1):
        page.run(cell, source)
    page.run(1, "x = 5")
    assert page.run(3, "z = y")["error"]["kind"] == "NameError"
    page.run(2, "y = x")
    assert page.shows(3, "z = y\nz") == "5"


def test_a_cell_that_fails_has_changed_nothing(page):
    page.run(1, "x = [1]\nclass A: n = 1")
    answer = page.run(2, "x.append(2)\nA.n = 2\ny = 3\n1 / 0")
    assert not answer["ok"]
    assert answer["error"]["line"] == 4
    assert page.shows(2, "x, A.n, 'y' in globals()") == "([1], 1, False)"


def test_a_failing_cell_takes_along_what_stood_below(page):
    page.run(1, "x = 1")
    page.run(2, "x = 2")
    page.run(1, "1 / 0")
    assert page.run(2, "x")["error"]["kind"] == "NameError"


@pytest.mark.parametrize(
    "source", ["raise SystemExit", "raise KeyboardInterrupt", "class E(BaseException): ...\nraise E"]
)
def test_whatever_a_cell_raises_is_reported(page, source):
    page.run(1, "x = 1")
    assert not page.run(2, source)["ok"]
    assert page.shows(2, "x") == "1"


def test_the_expected_error_is_output(page):
    answer = page.run(1, "print('first')\nint('one')", raises="ValueError")
    said = "first\nValueError: invalid literal for int() with base 10: 'one'\n"
    assert answer == {"ok": True, "html": f'<pre class="cell-text">{said}</pre>', "capped": False}


def test_what_was_done_before_the_expected_error_stays(page):
    page.run(1, "x = 1\nx / 0", raises="ZeroDivisionError")
    assert page.shows(2, "x") == "1"


def test_an_edited_cell_need_not_raise(page):
    assert page.run(1, "x = 1\nx", raises="ValueError")["ok"]
    assert page.run(1, "1 / 0", raises="ValueError")["error"]["kind"] == "ZeroDivisionError"


def test_a_page_that_can_not_be_copied_is_run_again_from_there(page):
    page.run(1, "x = 1")
    page.run(2, "y = (i for i in [1, 2, 3])")
    page.run(3, "z = next(y)")
    assert page.shows(4, "next(y)") == "2"
    assert page.run(4, "next(y)") == {"ok": False, "again_from": 2}
    page.run(2, "y = (i for i in [1, 2, 3])")
    page.run(3, "z = next(y)")
    assert page.shows(4, "next(y)") == "2"
    assert page.shows(1, "x = 7\nx") == "7"


def test_after_a_failure_what_can_not_be_copied_is_run_again_too(page):
    page.run(1, "y = (i for i in [1, 2, 3])")
    page.run(2, "1 / 0")
    assert page.run(2, "next(y)") == {"ok": False, "again_from": 1}


def test_what_can_not_be_made_anew_is_run_again(page):
    page.run(1, "class A:\n    def __setstate__(self, state): 1 / 0")
    page.run(2, "x = A()\nx.w = 1")
    assert page.shows(3, "x.w") == "1"
    assert page.run(3, "x.w") == {"ok": False, "again_from": 2}
    page.run(2, "x = A()\nx.w = 2")
    assert page.shows(3, "x.w") == "2"


def test_big_things_do_not_outlive_the_page_that_has_forgotten_them(page):
    page.run(1, "class Big: ...\nx = Big()")
    big = weakref.ref(page.page._session.names["x"])
    page.run(2, "1 / 0")
    page.run(2, "del x")
    assert big() is None


def test_warnings_say_nothing_of_files(page):
    assert (
        page.shows(1, "import warnings\nwarnings.simplefilter('always')\nwarnings.warn('mind this')")
        == "UserWarning: mind this"
    )


def test_a_cell_is_called_by_its_number_in_tracebacks(page):
    shown = page.shows(
        7, "import traceback\ntry:\n    1 / 0\nexcept ZeroDivisionError:\n    traceback.print_exc()"
    )
    assert 'File "&lt;cell 7&gt;", line 3, in &lt;module&gt;\n    1 / 0\n' in shown


# Numbers.


def test_numbers_are_worked_out_where_they_stand(page):
    page.run(1, "x = 1")
    page.run(2, "x = 2")
    assert [page.value(after, "x") for after in (1, 2, 1)] == ["1", "2", "1"]
    assert page.value(0, "1 + 1") == "2"
    assert page.shows(3, "x") == "2"


def test_what_an_expression_changes_is_forgotten(page):
    page.run(1, "x = [1]")
    assert [page.value(1, "x.append(2) or len(x)") for _ in range(2)] == ["2", "2"]
    assert page.shows(2, "x") == "[1]"


def test_what_can_not_be_copied_is_asked_all_the_same_while_it_is_there(page):
    page.run(1, "y = (i for i in [1, 2, 3])")
    assert page.value(1, "len([y])") == "1"
    page.run(2, "1 / 0")
    assert page.evaluate(1, ("a", "len([y])", "1")) == [
        {"id": "a", "error": "The cells above have to run again first."}
    ]


def test_what_can_not_be_made_anew_is_asked_all_the_same_while_it_is_there(page):
    page.run(1, "class A:\n    def __setstate__(self, state): 1 / 0")
    page.run(2, "x = A()\nx.w = 1")
    assert page.value(2, "x.w") == "1"
    assert page.value(2, "x.w") == "1"
    assert page.value(1, "2") == "2"
    assert page.shows(3, "x.w") == "1"
    page.run(3, "1 / 0")
    assert page.value(2, "x.w") == "The cells above have to run again first."


@pytest.mark.parametrize(
    ("expression", "literal", "shown", "agrees"),
    [
        ("0.9990889", "0.999", ("0.999", "", ""), True),
        ("0.73105", "0.999", ("0.731", "", ""), False),
        ("-0.5", "0.999", ("−0.500", "", ""), False),
        ("7", "7", ("7", "", ""), True),
        ("7.25", "7", ("7.25", "", ""), False),
        ("0.5", "98 %", ("50", "", "\N{NO-BREAK SPACE}%"), False),
        ("127", "128 lb", ("127", "", "\N{NO-BREAK SPACE}lb"), False),
        ("12345", r"10{,}000", ("12,345", "", ""), False),
        ("1.26e-9", r"4.5 \times 10^{-11}", ("1.3", "−9", ""), False),
        ("1e300", "0.999", ("1.00", "300", ""), False),
        ("-10 ** 400", "7", ("−1.00", "400", ""), False),
        ("3 * 10 ** 40", "98 %", ("3.00", "42", "\N{NO-BREAK SPACE}%"), False),
        ("99999 * 10 ** 20", "0.5", ("1.00", "25", ""), False),
        ("1e-15", "7", ("1.00", "−15", ""), False),
        ("1e-15", "0.5", ("0.0", "", ""), False),
        ("10 ** 9", "7", ("1000000000", "", ""), False),
    ],
)
def test_a_number_is_told_in_the_form_of_the_books(page, expression, literal, shown, agrees):
    (answer,) = page.evaluate(0, ("a", expression, literal))
    assert (answer["digits"], answer["power"], answer["unit"]) == shown
    assert answer["agrees"] is agrees


def test_a_tolerance_counts(page):
    answers = page.evaluate(0, (1, "0.971", "98 %", "1 %"), (2, "0.969", "98 %", "1 %"), (3, "0.971", "98 %"))
    assert [answer["agrees"] for answer in answers] == [True, False, False]


def test_the_full_value_of_a_numpy_number_is_plain(page):
    page.run(1, "import numpy as np")
    assert page.value(1, "np.float64(0.1) * 3") == "0.30000000000000004"


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("y", "Python does not know the name `y` here. Is it misspelt, or made only further down?"),
        ("1 / 0", "Something is divided by 0 here. Look at what stands after `/`, `//` or `%`."),
        ("float('nan')", "The expression gives nan, which no digits can state."),
        ("float('inf')", "The expression gives inf, which no digits can state."),
        ("[1]", "The expression gives [1], which is not one number."),
        ("'a' * 10 ** 6", f"The expression gives '{'a' * 178}…"),
        ("1 +", "Python can't read this line, or the one above it: invalid syntax."),
        (f"'{'a' * 152}'", f"The expression gives '{'a' * 152}', which is not one number."),
        ("(_ for _ in ()).throw(KeyboardInterrupt)", "The cell has interrupted itself."),
        ("exit(1)", "This would end Python. On this page there is nothing to end: take the line out."),
    ],
)
def test_a_number_that_can_not_be_worked_out_says_why(page, expression, words):
    assert page.evaluate(0, ("a", expression, "0.5"), ("b", "0.5", "0.5")) == [
        {"id": "a", "error": words},
        {"id": "b", "agrees": True, "value": "0.5", "digits": "0.5", "power": "", "unit": ""},
    ]


# Output.


def test_what_is_printed_is_heard_at_once_and_comes_again_at_the_end(page):
    answer = page.run(1, "print('a')\nprint('b', end='')\n'c'")
    assert page.said == ["a", "\n", "b"]
    assert answer["html"] == '<pre class="cell-text">a\nb</pre><pre class="cell-text">\'c\'\n</pre>'


def test_while_much_is_printed_it_comes_in_larger_pieces(page, monkeypatch):
    ticks = count()
    monkeypatch.setattr(live, "monotonic", lambda: next(ticks) / 1e6)
    answer = page.run(1, "for k in range(9_000): print(k)")
    assert "".join(page.said) == "".join(f"{k}\n" for k in range(9_000))
    assert 1000 < len(page.said) < 1010
    assert all(len(piece) < 17_000 for piece in page.said)
    assert not answer["capped"]


def test_after_a_rest_it_comes_at_once_again(page, monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(live, "monotonic", lambda: clock[0])
    page.page._session.names["rest"] = lambda seconds: clock.__setitem__(0, clock[0] + seconds)
    page.run(1, "for k in range(510): print(k)\nrest(1)\nprint('rested')\nprint('again')")
    assert page.said[-4:] == ["".join(f"{k}\n" for k in range(500, 510)) + "rested", "\n", "again", "\n"]


NOTE = (
    '<p class="cell-note">The rest is left out: '
    "a cell shows at most 10,000 lines or 1,000,000 characters.</p>"
)


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("for k in range(10_001): print('é')", "é\n" * 10_000),
        ("print('é\\n' * 10_002)", "é\n" * 10_000),
        ("print('é' * 10 ** 6)", "é" * 10**6),
        ("for k in range(10_000): print('é' * 100)", ("é" * 100 + "\n") * 9_900 + "é" * 100),
        ("import sys\nsys.stderr.write('é' * 10 ** 7)\nNone", "é" * 10**6),
    ],
)
def test_what_is_too_long_is_cut_and_the_program_goes_on(page, source, kept):
    answer = page.run(1, f"{source}\nprint('more')\nx = 1")
    expected = {"ok": True, "html": f'<pre class="cell-text">{kept}</pre>{NOTE}', "capped": True}
    as_expected = answer == expected  # a comparison of so much would take minutes to print
    assert as_expected
    heard = "".join(page.said).startswith(kept + "\nThe rest is left out")
    assert heard
    assert page.shows(2, "x") == "1"


def test_what_is_just_short_enough_is_not_cut(page):
    answer = page.run(1, "for k in range(10_000): print('a' * 99)")
    assert answer["html"].count("\n") == 10_000
    assert not answer["capped"]


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("'a' * 10 ** 6", "'" + "a" * (10**6 - 1)),
        ("class Long:\n    def __repr__(self): return 'a b\\n' * 10_001\nLong()", "a b\n" * 10_000),
    ],
)
def test_a_value_that_is_too_long_is_cut(page, source, kept):
    answer = page.run(1, source)
    as_expected = answer == {
        "ok": True,
        "html": f'<pre class="cell-text">{kept}\n</pre>{NOTE}',
        "capped": True,
    }
    assert as_expected


def test_a_value_that_is_just_short_enough_is_not_cut(page):
    answer = page.run(1, "'a' * 999_998")
    assert len(answer["html"]) > 10**6
    assert not answer["capped"]


@pytest.mark.parametrize(("length", "capped"), [(5_000_000, False), (5_000_001, True)])
def test_a_figure_may_be_larger_but_not_without_end(page, length, capped):
    around = len('<div class="cell-figure" data-search-exclude></div>')
    answer = page.run(1, f"class Figure:\n    def _repr_svg_(self): return 'a' * {length - around}\nFigure()")
    assert answer["capped"] is capped
    assert len(answer["html"]) == (len(NOTE) if capped else length)


def test_a_letter_that_comes_in_two_halves_is_one_letter(page):
    answer = page.run(
        1, "import sys\nout = sys.stdout.buffer\nout.write(b'\\xc3')\nout.write(b'\\xa9')\ndel out\nNone"
    )
    assert answer["html"] == '<pre class="cell-text">é</pre>'
    assert page.said == ["é"]


def test_bytes_that_are_no_letter_are_shown_as_such(page):
    answer = page.run(1, "import sys\nnone = sys.stdout.buffer.write(b'a\\xffb')")
    assert answer["html"] == '<pre class="cell-text">a\N{REPLACEMENT CHARACTER}b</pre>'

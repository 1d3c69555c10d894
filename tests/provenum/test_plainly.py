"""Errors in words that a beginner can read, each made by the code that makes it.

Python's messages change a little from one version to the next; what is said of them may not.
"""

import json

import pytest

from provenum.live import LivePage
from provenum.plainly import in_plain_words

NONE = "A function that has no `return` gives None."
AS_TEXT = "`float(…)` makes a number of a text, `str(…)` a text."
TOO_MUCH = "This needs more memory than there is. What grows so large?"
ALONE = "The code runs by itself in your browser: it has no network, no threads and no other programs."
COUNT = "was given another number of values than it takes. Count what stands between its brackets."
FIT = "Print their `.shape` just before this line."

SAID = [
    # Names.
    ("neuron = 1\nneuro", "Python does not know the name `neuro` here. Did you mean `neuron`?"),
    ("prnt(1)", "Python does not know the name `prnt` here. Did you mean `print`?"),
    (
        "def f(weight):\n    return wieght\nf(1)",
        "Python does not know the name `wieght` here. Did you mean `weight`?",
    ),
    (
        "def f():\n    weight = 1\n    g()\ndef g():\n    wieght\nf()",
        "Python does not know the name `wieght` here. Is it misspelt, or made only further down?",
    ),
    ("math.exp(1)", "Python does not know the name `math` here. Is `import math` missing?"),
    ("qqq", "Python does not know the name `qqq` here. Is it misspelt, or made only further down?"),
    (
        "x = 1\ndef f():\n    x += 1\nf()",
        "`x` is this function's own, because the function gives it a value somewhere. "
        "On this line it has none yet.",
    ),
    # Syntax.
    ("x = (1 + 2\ny = 3", "The bracket `(` is opened here and never closed."),
    ("x = 1)", "This `)` closes a bracket that was never opened, or the line has one too many."),
    ("x = (1]", "A bracket opened with `(` is closed with `]`."),
    (
        "for i in [1]\n    i",
        "A colon `:` is missing on this line: `if`, `for`, `while`, `def` and `class` need one before "
        "what belongs to them.",
    ),
    ("x = 'one", "A text begins with a quotation mark here, and the mark that ends it is missing."),
    ("x = '''one\ntwo", "A text begins with a quotation mark here, and the mark that ends it is missing."),
    ("print 1", "`print` needs brackets around what it prints: `print(…)`."),
    (
        "if x = 1:\n    x",
        "A single `=` gives a name a value. To ask whether two things are equal, write `==`.",
    ),
    (
        "f(1) = 2",
        "A single `=` gives a name a value. To ask whether two things are equal, write `==`.",
    ),
    (
        "None = 2",
        "What stands to the left of `=` must be a name, or a place such as `x[0]`. This is neither.",
    ),
    (
        "x = [1 2]",
        "Python can't read this. Is a comma, or a sign such as `*`, missing between two things?",
    ),
    (
        "x = 1 − 2",
        "Python does not know the character `−`. It may come from a text that was copied; type it anew.",
    ),
    (
        "x = 2x",
        "A number is written in a way that Python can't read. A name can't begin with a digit either, "
        "and 2x is written `2 * x`.",
    ),
    (
        "return 1",
        "`return` belongs inside a function. Is this line indented as far as the function's other lines?",
    ),
    ("break", "`break` belongs inside a loop."),
    ("continue", "`continue` belongs inside a loop."),
    ("x = 1\ny = = 2", "Python can't read this line, or the one above it: invalid syntax."),
    # Indentation.
    (
        "for i in [1]:\ni",
        "The line after line 1 must be indented: begin it with four spaces.",
    ),
    (
        "x = 1\n  y = 2",
        "This line begins with more spaces than the one above it, and nothing there calls for that.",
    ),
    (
        "if True:\n    x = 1\n  y = 2",
        "This line begins with fewer spaces than the one above it, but lines up with none before that.",
    ),
    (
        "if True:\n    x = 1\n\ty = 2",
        "Some lines begin with tabs and others with spaces. Use spaces everywhere.",
    ),
    # Calls.
    ("def f(x, y): ...\nf(1)", "`f` needs more values than it was given. Missing: 'y'."),
    ("def f(*, x, y): ...\nf()", "`f` needs more values than it was given. Missing: 'x' and 'y'."),
    (
        "def f(x): ...\nf(1, 2)",
        f"`f` {COUNT}",
    ),
    (
        "class A:\n    def f(self): ...\nA().f(1)",
        f"`A.f` {COUNT}",
    ),
    (
        "import math\nmath.sqrt(1, 2)",
        f"`math.sqrt` {COUNT}",
    ),
    (
        "float(1, 2)",
        f"`float` {COUNT}",
    ),
    (
        "def f(x): ...\nf(y=1)",
        "`f` takes no value by the name 'y'. Check the spelling of the names before each `=`.",
    ),
    ("def f(x): ...\nf(1, x=1)", "`f` was given 'x' twice: once by its place and once by its name."),
    (
        "x = 2\nx(3)",
        "Round brackets after a name call a function, but this is a whole number (int). Is a `*` missing "
        "before the bracket? Or has a function's name been given another value?",
    ),
    # Kinds of things.
    ("1 + 'a'", f"`+` can't work on a whole number (int) and a text (str). {AS_TEXT}"),
    ("'a' + 1", f"`+` can't join a text (str) and a whole number (int). {AS_TEXT}"),
    ("'a' ** 2", f"`**` can't work on a text (str) and a whole number (int). {AS_TEXT}"),
    ("[1] - 2.5", "`-` can't work on a list and a number with a decimal point (float)."),
    ("print() * 2", f"One side of the sign is nothing (None). {NONE}"),
    ("2 * print()", f"One side of the sign is nothing (None). {NONE}"),
    (
        "[1, 2] * 0.5",
        "A list or text can only be repeated, by a whole number, and this is a number with a decimal "
        "point (float). To multiply the numbers in a list, make it an array first: `np.array(…)`.",
    ),
    ("class A: ...\nA() < 1", "`<` can't compare a `A` and a whole number (int)."),
    ("-'a'", "There is no `-` of a text (str)."),
    ("print()[0]", f"This is nothing (None). {NONE}"),
    ("for x in print(): ...", f"This is nothing (None). {NONE}"),
    ("x = 3\nx[0]", "Square brackets ask for a part, but this is a whole number (int), which has none."),
    (
        "for i in 3: ...",
        "Something with parts, such as a list, is needed here, and this is one thing alone.",
    ),
    (
        "a, b = 3",
        "Something with parts, such as a list, is needed here, and this is one thing alone.",
    ),
    ("x = (1, 2)\nx[0] = 3", "The parts of a tuple can't be changed. Make a list of it: `list(…)`."),
    (
        "x = [1, 2]\nx[0.5]",
        "A place in square brackets must be a whole number, and this is a number with a decimal point "
        "(float).",
    ),
    ("len(3)", "`len` counts parts, but this is a whole number (int)."),
    (
        "{[1]: 2}",
        "The key of a dictionary or the item of a set can't be a list, which may change. Use a tuple.",
    ),
    ("import math\nmath.exp('1')", "A number is needed here, and this is something else."),
    ("float([1])", "A number is needed here, and this is something else."),
    (
        "import math, numpy as np\nmath.exp(np.array([1, 2]))",
        "One number is needed here, and this is an array. For arrays use NumPy's own function, such as "
        "`np.exp` in place of `math.exp`.",
    ),
    (
        "import numpy as np\nnp.array(['a']) - np.array([1])",
        "NumPy's `subtract` can't work on what it is given here. Is there a text among the numbers?",
    ),
    # Values.
    ("float('one')", "The text 'one' can't be read as a number."),
    ("int('1.5')", "The text '1.5' can't be read as a whole number."),
    ("a, b = [1]", "There are 2 names to the left of `=` and only 1 on the right to share out."),
    ("a, b = [1, 2, 3]", "There are 2 names to the left of `=` and more values than that on the right."),
    (
        "import math\nmath.log(-1)",
        "The function has no value for this number: a root or a logarithm of a negative one, say.",
    ),
    (
        "import numpy as np\nnp.ones(2) + np.ones(3)",
        f"These arrays do not fit together: their shapes are (2,) and (3,). {FIT}",
    ),
    (
        "import numpy as np\nnp.ones((2, 3)) @ np.ones(2)",
        "These arrays can't be multiplied: the columns of the first must be as many as the rows of the "
        f"second. {FIT}",
    ),
    (
        "import numpy as np\nif np.ones(2): ...",
        "An array of several numbers is neither true nor false. Ask `.all()` or `.any()` of it.",
    ),
    (
        "int(float('nan'))",
        "A value here is not a number any more (nan), and no whole number can stand for it.",
    ),
    ("raise ValueError('the weights must be numbers')", "the weights must be numbers"),
    # Places and keys.
    (
        "x = [1, 2]\nx[2]",
        "The list has no such place. Places are counted from 0, so that the last of 3 is at 2.",
    ),
    (
        "x = [1]\nx[1] = 2",
        "The list has no such place. Places are counted from 0, so that the last of 3 is at 2.",
    ),
    (
        "import numpy as np\nnp.ones((2, 3))[0, 3]",
        "There is no place 3 along axis 1 of this array: it has 3, counted from 0.",
    ),
    (
        "import numpy as np\nnp.ones(2)[0, 1]",
        "The square brackets name more places than the array has axes. Print its `.shape`.",
    ),
    ("[].pop()", "There is nothing left in it to take out."),
    ("set().pop()", "There is nothing left in it to take out."),
    ("{}.popitem()", "There is nothing left in it to take out."),
    (
        "{'w': 1}['b']",
        "There is no 'b' in the dictionary or set that is asked. `print` it to see what there is.",
    ),
    # Attributes.
    ("[].apend(1)", "A list has no `apend`. Did you mean `append`?"),
    ("x = 3\nx.items", "A whole number (int) has no `items`."),
    ("import math\nmath.squrt(2)", "The module `math` has no `squrt`. Did you mean `sqrt`?"),
    ("class Neuron: ...\nNeuron.zzz", "The class `Neuron` has no `zzz`."),
    ("class Neuron: ...\nNeuron().zzz", "A `Neuron` has no `zzz`."),
    ("print().shape", f"This is nothing (None), which has no `shape`. {NONE}"),
    ("raise AttributeError('made by hand')", "made by hand"),
    ("class A:\n    def __dir__(self): 1 / 0\nA().x", "A `A` has no `x`."),
    # Calculating.
    ("1 / 0", "Something is divided by 0 here. Look at what stands after `/`, `//` or `%`."),
    ("1 % 0", "Something is divided by 0 here. Look at what stands after `/`, `//` or `%`."),
    ("0 ** -1", "0 is raised to a negative power, which would divide by 0."),
    (
        "import math\nmath.exp(1000)",
        "A result here is too large. The largest number with a decimal point is about 1.8e308.",
    ),
    (
        "10.0 ** 400",
        "A result here is too large. The largest number with a decimal point is about 1.8e308.",
    ),
    (
        "raise OverflowError(68, 'Result not representable')",  # as the browser's Python says it
        "A result here is too large. The largest number with a decimal point is about 1.8e308.",
    ),
    (
        "float(10 ** 400)",
        "A result here is too large. The largest number with a decimal point is about 1.8e308.",
    ),
    (
        "int(float('inf'))",
        "A value here has grown to infinity (inf), and no whole number can stand for it.",
    ),
    ("def f(): f()\nf()", "A function calls itself again and again. Which case should end that?"),
    ("raise MemoryError", TOO_MUCH),
    (
        "import numpy as np\nnp.ones((10 ** 7, 10 ** 7))",
        "An array of the shape (10000000, 10000000) needs 728. TiB, which is more memory than there is.",
    ),
    ("raise ValueError('array is too big; `arr.size` is larger than the maximum possible size.')", TOO_MUCH),
    ("raise ValueError('Maximum allowed dimension exceeded')", TOO_MUCH),
    ("'a' * 10 ** 30", TOO_MUCH),
    ("assert 1 > 2", "An `assert` says what is not so."),
    ("assert 1 > 2, 'too small'", "An `assert` says what is not so: too small"),
    # Modules and the world.
    ("import numpyy", "There is no module `numpyy` here. Did you mean `numpy`?"),
    ("import maths", "There is no module `maths` here. Did you mean `math`?"),
    (
        "import torch_of_nobody",
        "There is no module `torch_of_nobody` here. Python's own modules can be imported, and those that "
        "this book uses.",
    ),
    (
        "from math import squareroot",
        "The module `math` has no `squareroot` to import.",
    ),
    ("from math import sqr", "The module `math` has no `sqr` to import. Did you mean `sqrt`?"),
    ("raise ImportError('not today')", "not today"),
    ("raise ModuleNotFoundError('not today')", "not today"),
    ("input()", "`input` can't ask you anything here. Write the value itself."),
    (
        "open('nothing.txt')",
        "There is no file 'nothing.txt'. The code runs by itself in your browser and can't see your files.",
    ),
    ("import urllib.error\nraise urllib.error.URLError('operation in progress')", ALONE),
    ("raise OSError(138, 'emscripten does not support processes.')", ALONE),
    ('raise RuntimeError("can\'t start new thread")', ALONE),
    ("next(iter([]))", "There is nothing more to take: what `next` asks has come to its end."),
    ("raise SystemExit", "This would end Python. On this page there is nothing to end: take the line out."),
    ("raise KeyboardInterrupt", "The cell has interrupted itself."),
    ("raise NotImplementedError", "Python stopped here with `NotImplementedError`."),
    ("class Odd(BaseException): ...\nraise Odd('it is late')", "it is late"),
]


def error_of(source, cell=1):
    page = LivePage("page", lambda text: None)
    return json.loads(page.run(cell, source))["error"]


@pytest.mark.parametrize(("source", "words"), SAID)
def test_it_is_said_in_plain_words(source, words):
    assert error_of(source)["plain"] == words


def test_it_comes_with_what_python_says_itself():
    error = error_of("x = 1\n1 / 0")
    assert (error["kind"], error["message"]) == ("ZeroDivisionError", "ZeroDivisionError: division by zero")


def test_a_message_without_end_is_cut():
    assert len(error_of("raise ValueError('x' * 10 ** 6)")["message"]) == 2000


def test_an_error_that_can_not_say_itself_is_told_all_the_same():
    error = error_of("class E(Exception):\n    def __str__(self): 1 / 0\nraise E")
    assert error["plain"] == "<exception str() failed>"


def test_only_the_readers_own_lines_are_named_and_the_innermost_first():
    page = LivePage("page", lambda text: None)
    page.run(1, "import json\n\ndef read(text):\n    return json.loads(text)")
    error = json.loads(page.run(3, "x = 1\nread(' {')"))["error"]
    assert error["line"] == 2
    assert error["trace"] == [
        {"cell": 1, "line": 4, "code": "return json.loads(text)"},
        {"cell": 3, "line": 2, "code": "read(' {')"},
    ]


@pytest.mark.parametrize(
    ("source", "line", "code"),
    [
        ("x = 1\ny = = 2", 2, "y = = 2"),
        ("x = (1\ny = 2\n", 1, "x = (1"),
        ("if True:\nx = 1", 2, "x = 1"),
        ("x = 1\n\nexec('y = = 2')", 3, "exec('y = = 2')"),
    ],
)
def test_what_is_no_python_has_its_line_too(source, line, code):
    error = error_of(source, cell=4)
    assert (error["line"], error["trace"]) == (line, [{"cell": 4, "line": line, "code": code}])


def test_an_endless_recursion_is_traced_once():
    error = error_of("def f():\n    f()\n\nf()")
    assert [place["line"] for place in error["trace"]] == [2, 4]


def test_a_long_way_is_cut():
    source = "".join(f"def f{k}(): f{k - 1}()\n" for k in range(1, 40))
    assert len(error_of(f"def f0(): 1 / 0\n{source}f39()")["trace"]) == 20


def test_names_that_are_no_words_are_not_suggested():
    assert error_of("globals()[1] = 2\nprnt(1)")["plain"].endswith("Did you mean `print`?")


def test_names_that_begin_with_an_underscore_are_not_suggested():
    assert "Did you mean" not in error_of("_hidden = 1\n_hiddem")["plain"]


def test_where_no_line_of_the_reader_is_to_blame_none_is_named():
    error = error_of("x = '\0'")
    assert (error["line"], error["trace"]) == (None, [])


def test_an_error_that_was_never_raised_can_be_told():
    for kind in (ValueError, NameError, UnboundLocalError, AttributeError, ImportError, ModuleNotFoundError):
        assert in_plain_words(kind("no"), {}) == "no"
    assert in_plain_words(ValueError(), {}) == "Python stopped here with `ValueError`."

"""Errors in plain words, for somebody who has not met many of them yet.

What is said must be true of every error that the pattern beside it fits; where nothing fits, Python's
own message is passed on. Only the reader's own lines are named, never those of a library.
"""

import builtins
import linecache
import re
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from difflib import get_close_matches

from provenum.session import last_line

_MOST = 2_000  # characters of Python's own message
_MOST_PLACES = 20
_CELL = re.compile(r"<cell (\d+)>")

_KINDS = {
    "int": "a whole number (int)",
    "float": "a number with a decimal point (float)",
    "complex": "a complex number",
    "bool": "True or False (bool)",
    "str": "a text (str)",
    "bytes": "bytes",
    "list": "a list",
    "tuple": "a tuple",
    "dict": "a dictionary (dict)",
    "set": "a set",
    "range": "a range",
    "generator": "a generator",
    "module": "a module",
    "type": "a class",
    "function": "a function",
    "method": "a method",
    "builtin_function_or_method": "a function",
    "NoneType": "nothing (None)",
    "ndarray": "an array",
    "numpy.ndarray": "an array",
    "numpy.float64": "a number of NumPy",
    "numpy.int64": "a whole number of NumPy",
}


class _Said(str):
    """A piece of Python's message; `{0:kind}` names the kind of thing it stands for."""

    def __format__(self, wanted: str) -> str:
        return _KINDS.get(self, f"a `{self}`") if wanted == "kind" else str(self)


_NONE = "A function that has no `return` gives None."
_TOO_MUCH = "This needs more memory than there is. What grows so large?"
_ALONE = "The code runs by itself in your browser: it has no network, no threads and no other programs."
_FIT = "Print their `.shape` just before this line."

_SAYINGS: list[tuple[type[BaseException], str, str]] = [
    # What can't be read as Python.
    (SyntaxError, r"'(.)' was never closed", "The bracket `{0}` is opened here and never closed."),
    (
        SyntaxError,
        r"unmatched '(.)'",
        "This `{0}` closes a bracket that was never opened, or the line has one too many.",
    ),
    (
        SyntaxError,
        r"closing parenthesis '(.)' does not match opening parenthesis '(.)'",
        "A bracket opened with `{1}` is closed with `{0}`.",
    ),
    (
        SyntaxError,
        r"expected ':'",
        "A colon `:` is missing on this line: `if`, `for`, `while`, `def` and `class` need one before "
        "what belongs to them.",
    ),
    (
        SyntaxError,
        r"unterminated (?:triple-quoted )?(?:f-)?string literal|EOL while scanning",
        "A text begins with a quotation mark here, and the mark that ends it is missing.",
    ),
    (
        SyntaxError,
        r"Missing parentheses in call to 'print'",
        "`print` needs brackets around what it prints: `print(…)`.",
    ),
    (
        SyntaxError,
        r"(?:invalid syntax\. Maybe you meant '==' |cannot assign to .* here\. Maybe you meant '==')",
        "A single `=` gives a name a value. To ask whether two things are equal, write `==`.",
    ),
    (
        SyntaxError,
        r"cannot assign to",
        "What stands to the left of `=` must be a name, or a place such as `x[0]`. This is neither.",
    ),
    (
        SyntaxError,
        r"Perhaps you forgot a comma",
        "Python can't read this. Is a comma, or a sign such as `*`, missing between two things?",
    ),
    (
        SyntaxError,
        r"invalid character '(.)'",
        "Python does not know the character `{0}`. It may come from a text that was copied; type it anew.",
    ),
    (
        SyntaxError,
        r"invalid (?:decimal|hexadecimal|octal|binary) literal|leading zeros",
        "A number is written in a way that Python can't read. A name can't begin with a digit either, "
        "and 2x is written `2 * x`.",
    ),
    (
        SyntaxError,
        r"'(return|yield|await)' outside",
        "`{0}` belongs inside a function. Is this line indented as far as the function's other lines?",
    ),
    (SyntaxError, r"'(break|continue)'.* loop", "`{0}` belongs inside a loop."),
    (SyntaxError, r"f-string", "The braces in this f-string can't be read: each `{{` needs its `}}`."),
    # Lines that are not where they should be.
    (
        IndentationError,
        r"expected an indented block after (.*) on line (\d+)",
        "The line after line {1} must be indented: begin it with four spaces.",
    ),
    (
        IndentationError,
        r"unexpected indent",
        "This line begins with more spaces than the one above it, and nothing there calls for that.",
    ),
    (
        IndentationError,
        r"unindent does not match",
        "This line begins with fewer spaces than the one above it, but lines up with none before that.",
    ),
    (TabError, r"", "Some lines begin with tabs and others with spaces. Use spaces everywhere."),
    # How a function is called.
    (
        TypeError,
        r"(\S+)\(\) missing \d+ required (?:positional|keyword-only) arguments?: ('.+')",
        "`{0}` needs more values than it was given. Missing: {1}.",
    ),
    (
        TypeError,
        r"(\S+?)(?:\(\) takes (?!no keyword)| expected (?:at (?:most|least) )?\d+ arguments?, got)",
        "`{0}` was given another number of values than it takes. Count what stands between its brackets.",
    ),
    (
        TypeError,
        r"(\S+)\(\) got an unexpected keyword argument ('\w+')",
        "`{0}` takes no value by the name {1}. Check the spelling of the names before each `=`.",
    ),
    (
        TypeError,
        r"(\S+)\(\) got multiple values for argument ('\w+')",
        "`{0}` was given {1} twice: once by its place and once by its name.",
    ),
    (
        TypeError,
        r"'(.+)' object is not callable",
        "Round brackets after a name call a function, but this is {0:kind}. Is a `*` missing before the "
        "bracket? Or has a function's name been given another value?",
    ),
    # What can't be done with things of a kind.
    (
        TypeError,
        r"unsupported operand type\(s\) for .+: (?:'NoneType' and '.+'|'.+' and 'NoneType')",
        f"One side of the sign is nothing (None). {_NONE}",
    ),
    (
        TypeError,
        r"unsupported operand type\(s\) for (\S+)(?: or pow\(\))?: (?=.*'str')'(.+)' and '(.+)'",
        "`{0}` can't work on {1:kind} and {2:kind}. `float(…)` makes a number of a text, `str(…)` a text.",
    ),
    (
        TypeError,
        r"unsupported operand type\(s\) for (\S+)(?: or pow\(\))?: '(.+)' and '(.+)'",
        "`{0}` can't work on {1:kind} and {2:kind}.",
    ),
    (
        TypeError,
        r"ufunc '(\w+)' (?:did not contain a loop|not supported for the input types)",
        "NumPy's `{0}` can't work on what it is given here. Is there a text among the numbers?",
    ),
    (
        TypeError,
        r'can only concatenate (\w+) \(not "(.+)"\) to \w+',
        "`+` can't join {0:kind} and {1:kind}. `float(…)` makes a number of a text, `str(…)` a text.",
    ),
    (
        TypeError,
        r"can't multiply sequence by non-int of type '(.+)'",
        "A list or text can only be repeated, by a whole number, and this is {0:kind}. To multiply the "
        "numbers in a list, make it an array first: `np.array(…)`.",
    ),
    (
        TypeError,
        r"'(.+)' not supported between instances of '(.+)' and '(.+)'",
        "`{0}` can't compare {1:kind} and {2:kind}.",
    ),
    (TypeError, r"bad operand type for unary (.): '(.+)'", "There is no `{0}` of {1:kind}."),
    (TypeError, r"'NoneType' object is not (?:subscriptable|iterable)", f"This is nothing (None). {_NONE}"),
    (
        TypeError,
        r"'(.+)' object is not subscriptable",
        "Square brackets ask for a part, but this is {0:kind}, which has none.",
    ),
    (
        TypeError,
        r"cannot unpack non-iterable|is not iterable",
        "Something with parts, such as a list, is needed here, and this is one thing alone.",
    ),
    (
        TypeError,
        r"'(.+)' object does not support item assignment",
        "The parts of {0:kind} can't be changed. Make a list of it: `list(…)`.",
    ),
    (
        TypeError,
        r"(?:list|tuple|string) indices must be integers or slices, not '?(\w+)'?",
        "A place in square brackets must be a whole number, and this is {0:kind}.",
    ),
    (TypeError, r"object of type '(.+)' has no len\(\)", "`len` counts parts, but this is {0:kind}."),
    (
        TypeError,
        r"unhashable type: '(.+)'",
        "The key of a dictionary or the item of a set can't be {0:kind}, which may change. Use a tuple.",
    ),
    (
        TypeError,
        r"must be real number, not (\w+)|must be a string or a real number, not '(\w+)'",
        "A number is needed here, and this is something else.",
    ),
    (
        TypeError,
        r"only (?:length-1|size-1|0-dimensional) arrays can be converted",
        "One number is needed here, and this is an array. For arrays use NumPy's own function, such as "
        "`np.exp` in place of `math.exp`.",
    ),
    # The right kind of thing with a value that does not do.
    (ValueError, r"could not convert string to float: (.+)", "The text {0} can't be read as a number."),
    (
        ValueError,
        r"invalid literal for int\(\) with base 10: (.+)",
        "The text {0} can't be read as a whole number.",
    ),
    (
        ValueError,
        r"not enough values to unpack \(expected (?:at least )?(\d+), got (\d+)\)",
        "There are {0} names to the left of `=` and only {1} on the right to share out.",
    ),
    (
        ValueError,
        r"too many values to unpack \(expected (\d+)",
        "There are {0} names to the left of `=` and more values than that on the right.",
    ),
    (
        ValueError,
        r"math domain error|expected a (?:positive|nonnegative) input",
        "The function has no value for this number: a root or a logarithm of a negative one, say.",
    ),
    (
        ValueError,
        r"operands could not be broadcast together with shapes (\(.*?\)) (\(.*?\))",
        f"These arrays do not fit together: their shapes are {{0}} and {{1}}. {_FIT}",
    ),
    (
        ValueError,
        r"matmul: .*mismatch in its core dimension|shapes .+ and .+ not aligned",
        "These arrays can't be multiplied: the columns of the first must be as many as the rows of the "
        f"second. {_FIT}",
    ),
    (
        ValueError,
        r"truth value of an array",
        "An array of several numbers is neither true nor false. Ask `.all()` or `.any()` of it.",
    ),
    (
        ValueError,
        r"cannot convert float NaN to integer",
        "A value here is not a number any more (nan), and no whole number can stand for it.",
    ),
    # Places and keys that are not there.
    (
        IndexError,
        r"(list|tuple|string) (?:assignment )?index out of range",
        "The {0} has no such place. Places are counted from 0, so that the last of 3 is at 2.",
    ),
    (
        IndexError,
        r"index (-?\d+) is out of bounds for axis (\d+) with size (\d+)",
        "There is no place {0} along axis {1} of this array: it has {2}, counted from 0.",
    ),
    (
        IndexError,
        r"too many indices for array",
        "The square brackets name more places than the array has axes. Print its `.shape`.",
    ),
    (IndexError, r"pop from (?:an )?empty", "There is nothing left in it to take out."),
    (KeyError, r"is empty|from an empty", "There is nothing left in it to take out."),
    (
        KeyError,
        r"(.+)",
        "There is no {0} in the dictionary or set that is asked. `print` it to see what there is.",
    ),
    # Calculating.
    (
        ZeroDivisionError,
        r"power",
        "0 is raised to a negative power, which would divide by 0.",
    ),
    (ZeroDivisionError, r"", "Something is divided by 0 here. Look at what stands after `/`, `//` or `%`."),
    (
        OverflowError,
        r"cannot convert float infinity to integer",
        "A value here has grown to infinity (inf), and no whole number can stand for it.",
    ),
    (
        OverflowError,
        r"math range error|too large to convert to float|result out of range|Result not representable",
        "A result here is too large. The largest number with a decimal point is about 1.8e308.",
    ),
    (RecursionError, r"", "A function calls itself again and again. Which case should end that?"),
    (
        MemoryError,
        r"Unable to allocate (.+?) for an array with shape (\(.*?\))",
        "An array of the shape {1} needs {0}, which is more memory than there is.",
    ),
    (MemoryError, r"", _TOO_MUCH),
    (OverflowError, r"index-sized integer", _TOO_MUCH),
    (ValueError, r"array is too big|Maximum allowed (?:dimension|size) exceeded", _TOO_MUCH),
    (AssertionError, r"(.+)", "An `assert` says what is not so: {0}"),
    (AssertionError, r"", "An `assert` says what is not so."),
    # Modules and the world outside.
    (EOFError, r"EOF when reading a line", "`input` can't ask you anything here. Write the value itself."),
    (
        FileNotFoundError,
        r"No such file or directory: (.+)",
        "There is no file {0}. The code runs by itself in your browser and can't see your files.",
    ),
    (OSError, r"urlopen error|processes|[Ss]ocket", _ALONE),
    (RuntimeError, r"can't start new thread|stack switching", _ALONE),
    (StopIteration, r"", "There is nothing more to take: what `next` asks has come to its end."),
    (SystemExit, r"", "This would end Python. On this page there is nothing to end: take the line out."),
    (KeyboardInterrupt, r"", "The cell has interrupted itself."),
]
"""What an error is, what its message says, and what that means. The first that fits is told."""


def report(error: BaseException, cell: int, names: Mapping[str, object]) -> dict:
    """All that a reader is shown of an error.

    Args:
        error: What a cell has raised.
        cell: Which cell was running.
        names: The names of the page as the cell has left them.

    Returns:
        Its `kind`, what it means (`plain`), Python's own last line (`message`), the `line` of the running
        cell, if one of it is to blame, and the reader's own lines on the way to it (`trace`), the one
        where it happened first.
    """
    trace = list(_places(error))
    return {
        "kind": type(error).__name__,
        "plain": in_plain_words(error, names),
        "message": _message(error),
        "line": next((place["line"] for place in trace if place["cell"] == cell), None),
        "trace": trace[:_MOST_PLACES],
    }


def in_plain_words(error: BaseException, names: Mapping[str, object]) -> str:
    """What an error means.

    Args:
        error: What was raised.
        names: The names that there are, of which one may have been meant.
    """
    said = _message(error).partition(": ")[2]
    for kind, words_for in _NOT_THERE.items():
        if isinstance(error, kind) and (words := words_for(error, names)):
            return words
    for kind, pattern, words in _SAYINGS:
        if isinstance(error, kind) and (match := re.search(pattern, said)):
            return words.format(*map(_Said, match.groups()))
    if isinstance(error, SyntaxError):
        return f"Python can't read this line, or the one above it: {said}."
    return said or f"Python stopped here with `{type(error).__name__}`."


def _message(error: BaseException) -> str:
    return last_line(error).strip()[:_MOST]


def _places(error: BaseException) -> Iterator[dict]:
    """The reader's own lines on the way to an error, each once, the innermost first."""
    places = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        places.append((error.filename or "", error.lineno))
    for file, line in dict.fromkeys(reversed(places)):
        if (match := _CELL.fullmatch(file)) and line:
            yield {"cell": int(match[1]), "line": line, "code": linecache.getline(file, line).strip()}


def _unknown_name(error: NameError, names: Mapping[str, object]) -> str:
    name = error.name or re.search(r"'(\w+)'|$", str(error))[1]
    if not name:
        return ""
    if isinstance(error, UnboundLocalError):
        return (
            f"`{name}` is this function's own, because the function gives it a value somewhere. "
            "On this line it has none yet."
        )
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    known = {**vars(builtins), **names, **(frames[-1].f_locals if frames else {})}
    advice = "Is it misspelt, or made only further down?"
    if name in sys.stdlib_module_names:
        advice = f"Is `import {name}` missing?"
    return f"Python does not know the name `{name}` here. {_meant(name, known) or advice}"


def _missing_attribute(error: AttributeError, names: Mapping[str, object]) -> str:
    thing, name = error.obj, error.name
    if not name:
        return ""
    if thing is None:
        return f"This is nothing (None), which has no `{name}`. {_NONE}"
    kind = _Said(type(thing).__name__)
    who = f"{kind:kind}"
    if isinstance(thing, type(sys) | type):
        who = f"the {'class' if isinstance(thing, type) else 'module'} `{thing.__name__}`"
    advice = ""
    with suppress(Exception):  # a class of the reader's may list its attributes in its own way
        advice = _meant(name, dir(thing))
    return f"{who[0].upper()}{who[1:]} has no `{name}`. {advice}".rstrip()


def _missing_module(error: ModuleNotFoundError, names: Mapping[str, object]) -> str:
    import pkgutil

    name = error.name or ""
    known = {module.name for module in pkgutil.iter_modules()} | set(sys.stdlib_module_names)
    advice = "Python's own modules can be imported, and those that this book uses."
    return f"There is no module `{name}` here. {_meant(name, known) or advice}" if name else ""


def _missing_import(error: ImportError, names: Mapping[str, object]) -> str:
    name = re.search(r"cannot import name '(\w+)'|$", str(error))[1]
    if not name:
        return ""
    known = dir(sys.modules.get(error.name))  # a module of JavaScript's has no vars()
    return f"The module `{error.name}` has no `{name}` to import. {_meant(name, known)}".rstrip()


_NOT_THERE = {
    NameError: _unknown_name,
    AttributeError: _missing_attribute,
    ModuleNotFoundError: _missing_module,
    ImportError: _missing_import,
}


def _meant(name: str, known: Iterable[str]) -> str:
    """Which of the known names may have been meant."""
    others = [other for other in known if isinstance(other, str) and not other.startswith("_")]
    close = get_close_matches(name, others, 1, 0.66)
    return f"Did you mean `{close[0]}`?" if close else ""

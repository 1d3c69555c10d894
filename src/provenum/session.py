"""One page's Python session: cells run in it as they would in a script, one after the other.

Nothing outlives a session: each page, at each build, begins with an empty module. A cell's
`print`, `sys.stdout` and `sys.stderr` go where the reader can see them, in the order written.

The build and the reader's browser run this same code, so it needs nothing but the standard library,
and nothing that a browser lacks, such as threads that start.
"""

import ast
import builtins
import contextlib
import html
import io
import linecache
import sys
import textwrap
import threading
import traceback
import types
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from math import inf
from typing import Any

_ONE_AT_A_TIME = threading.RLock()  # sys.stdout and __main__ belong to the whole process


class CellError(Exception):
    """A cell that raised, or that should have raised and did not.

    Attributes:
        line: The line of the page where it happened, as far as the cell knows it.
        trace: The traceback, from the cell on.
        error: What was raised; none where the cell should have raised and did not.
    """

    def __init__(self, message: str, line: int, trace: str = "", error: BaseException | None = None) -> None:
        """Say what happened, and where."""
        super().__init__(message)
        self.line = line
        self.trace = trace
        self.error = error


class Overtime(BaseException):
    """Raised inside a cell that has run for too long; no `except Exception` can keep it."""


class Session:
    """A fresh module in which the cells and the expressions of one page are evaluated."""

    def __init__(
        self,
        page: str,
        text: str,
        first_line: int = 1,
        *,
        deadline: Callable[[float], AbstractContextManager] = nullcontext,
        paper: Callable[[], io.BytesIO] = io.BytesIO,
        show: Callable[[object], str] | None = None,
    ) -> None:
        """Start with an empty module.

        Args:
            page: The page's name, for tracebacks.
            text: The page's text, for the lines that tracebacks quote.
            first_line: Which line of the file the text's first line is (front matter comes before it).
            deadline: What stops, with `Overtime`, a cell that takes more than so many seconds.
            paper: Makes what a cell's output is written to, and read from at its end.
            show: Gives the HTML of the value of a cell's last expression, if not `display` does.
        """
        self.page = page
        self.first_line = first_line
        self.deadline = deadline
        self.paper = paper
        self.show = show or display
        self.module = types.ModuleType("__main__", None)
        self.names = self.module.__dict__
        self.names["__builtins__"] = builtins
        lines = ["\n"] * (first_line - 1) + text.splitlines(keepends=True)
        linecache.cache[page] = (len(text), None, lines, page)

    def run(
        self,
        source: str,
        line: int,
        *,
        file: str | None = None,
        seconds: float = inf,
        raises: str | None = None,
    ) -> str:
        """Run a cell.

        Args:
            source: Its code.
            line: The line of the text on which the code begins, from 1.
            file: What tracebacks are to call the code's file, if not by the page's name.
            seconds: How long it may take.
            raises: Name of the exception that it must end with, if any.

        Returns:
            HTML of what it printed and of the value of its last expression.

        Raises:
            CellError: If it raises (or does not, where it must), or does not end in time.
        """
        line += self.first_line - 1
        console = _console(self.paper())
        shown = ""
        try:
            with self._as_main(console), self.deadline(seconds):
                body, last = self._compiled(source, file or self.page, line)
                exec(body, self.names)
                value = eval(last, self.names) if last else None
                shown = self.show(value)
        except (Exception, SystemExit, Overtime) as error:
            if not raises or type(error).__name__ != raises:
                raise self._failure(error, line, seconds) from None
            console.write(last_line(error))
        else:
            if raises:
                raise CellError(f"this cell must raise {raises}, and raised nothing", line)
        return as_text(console.buffer.getvalue().decode(errors="replace")) + shown

    def evaluate(self, expression: str, *, seconds: float = inf) -> Any:
        """The value of an expression in the session as it is now.

        Raises:
            CellError: If it raises or does not end in time.
        """
        try:
            with self._as_main(_console(io.BytesIO())), self.deadline(seconds):
                source = f"({expression}\n)"
                return eval(compile(source, "<expression>", "eval"), self.names)
        except (Exception, SystemExit, Overtime) as error:
            raise self._failure(error, self.first_line, seconds) from None

    def _compiled(self, source: str, file: str, line: int) -> tuple[types.CodeType, types.CodeType | None]:
        """The cell's statements, and its last expression apart, with the file's own line numbers."""
        tree = ast.parse(source, file)
        ast.increment_lineno(tree, line - 1)
        last = None
        if tree.body and isinstance(tree.body[-1], ast.Expr):
            last = compile(ast.Expression(tree.body.pop().value), file, "eval")
        return compile(tree, file, "exec"), last

    @contextlib.contextmanager
    def _as_main(self, console: io.TextIOWrapper) -> Iterator[None]:
        with _ONE_AT_A_TIME, warnings.catch_warnings():
            warnings.showwarning = _say_briefly
            before = sys.modules["__main__"], sys.stdin
            sys.modules["__main__"], sys.stdin = self.module, io.StringIO()
            try:
                with contextlib.redirect_stdout(console), contextlib.redirect_stderr(console):
                    yield
            finally:
                sys.modules["__main__"], sys.stdin = before

    def _failure(self, error: BaseException, line: int, seconds: float) -> CellError:
        if isinstance(error, Overtime):
            return CellError(_too_long(seconds), line, error=error)
        if isinstance(error, SyntaxError) and error.filename == "<expression>":
            return CellError(f"SyntaxError: {error.msg}", line, error=error)
        if isinstance(error, SyntaxError) and error.filename == self.page:
            return CellError(f"SyntaxError: {error.msg}", line + error.lineno - 1, error=error)
        if isinstance(error, SystemExit):
            return CellError(
                "tried to end Python (SystemExit); a cell cannot end the build", line, error=error
            )
        frames = traceback.extract_tb(error.__traceback__)
        own = next((k for k, frame in enumerate(frames) if frame.filename in (self.page, "<expression>")), 0)
        plain = [(frame.filename, frame.lineno, frame.name, frame.line) for frame in frames[own:]]
        where = [number for name, number, *_ in plain if name == self.page]
        trace = textwrap.dedent("".join(traceback.StackSummary.from_list(plain).format()))
        message = "".join(traceback.format_exception_only(error)).strip()
        return CellError(message, where[-1] if where else line, trace, error)


def last_line(error: BaseException) -> str:
    """What Python says at the end of a traceback: the kind of error, its message and notes."""
    if isinstance(error, SyntaxError):  # where it is would differ between the page's file and a browser
        error = type(error)(error.msg)
    return "".join(traceback.format_exception_only(error))


def display(value: object) -> str:
    """HTML for the value of a cell's last expression, as a notebook would show it."""
    if value is None:
        return ""
    for method in ("_repr_html_", "_repr_svg_"):
        drawn = getattr(value, method, None)
        markup = drawn() if drawn and not isinstance(value, type) else None
        if markup is not None:
            return f'<div class="cell-figure" data-search-exclude>{markup}</div>'
    return as_text(f"{value!r}\n")


def as_text(printed: str) -> str:
    """HTML for what a cell prints."""
    return f'<pre class="cell-text">{html.escape(printed, quote=False)}</pre>' if printed else ""


def makers(source: str) -> set[str]:
    """Names that a cell may have made or changed: assigned, imported, defined, or called a method of."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, ast.alias):
            found.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            found.add(_root(node.func))
        elif isinstance(getattr(node, "ctx", None), ast.Store):
            found.add(_root(node))
    return found - {""}


def names_in(expression: str) -> set[str]:
    """Names that an expression reads."""
    return {node.id for node in ast.walk(ast.parse(f"({expression}\n)")) if isinstance(node, ast.Name)}


def _root(node: ast.AST) -> str:
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _too_long(seconds: float) -> str:
    return f"did not end within {seconds:g} second{'' if seconds == 1 else 's'}"


def _console(paper: io.BytesIO) -> io.TextIOWrapper:
    """A standard output that keeps what is written, as text or through its `buffer`."""
    return io.TextIOWrapper(paper, encoding="utf-8", newline="\n", write_through=True)


def _say_briefly(message, category, filename, lineno, file=None, line=None) -> None:
    """Warnings without the path of the file, which differs from one machine to the next."""
    print(f"{category.__name__}: {message}")  # a cell's stdout and stderr are one console

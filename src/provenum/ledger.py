"""The ledger: every stated number of a book, with where it stands and what it comes from."""

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from provenum import book, markup
from provenum.host import first_line, read, without_front_matter
from provenum.number import parse
from provenum.proof import DEFAULTS, Options, Proof, prove


class Entry(NamedTuple):
    """One stated number."""

    page: str
    """The page's path below the folder of the book."""
    line: int
    serial: int
    literal: str
    expression: str
    value: str
    rounding: str
    tolerance: str | None
    cell: int | None
    elsewhere: tuple[str, str] | None
    """Who prints another figure, and which."""


class Ledger(list[Entry]):
    """Entries in the order of the pages; shows itself as tables."""

    @classmethod
    def of_book(cls, *, but: Iterable[str] = ()) -> "Ledger":
        """Prove every page of the book in the current folder and list its stated numbers.

        Args:
            but: Pages to leave out: the one that shows the ledger must leave out itself.

        Raises:
            ProofError: If a page states what its code does not compute.
            FileNotFoundError: If the current folder holds no book.
        """
        folder, pages, options = book.read()
        chosen = [page for page in pages if page not in {folder / name for name in but}]
        return cls(
            entry for page in chosen for entry in entries(page.relative_to(folder), prove_file(page, options))
        )

    def _repr_html_(self) -> str:
        pages = dict.fromkeys(entry.page for entry in self)
        return "".join(_table([entry for entry in self if entry.page == page], page) for page in pages)

    @property
    def differing(self) -> "Ledger":
        """Only the numbers of which someone else prints another figure."""
        return Ledger(entry for entry in self if entry.elsewhere)


def prove_file(path: Path, options: Options = DEFAULTS) -> Proof:
    """Prove a page as it stands on disk.

    Raises:
        ProofError: If it states what its code does not compute.
    """
    file = read(path)
    text = without_front_matter(file)
    return prove(text, path.as_posix(), first_line=first_line(file, text), options=options)


def entries(page: Path, proof: Proof) -> Iterator[Entry]:
    """The stated numbers of one proven page."""
    for proven in proof.proven.values():
        stated = proven.stated
        yield Entry(
            page=page.as_posix(),
            line=proven.line,
            serial=proven.serial,
            literal=stated.literal,
            expression=stated.expression,
            value=proven.value,
            rounding=stated.number.rounding,
            tolerance=stated.tolerance and stated.tolerance.text,
            cell=proven.cell,
            elsewhere=stated.elsewhere and (stated.elsewhere[0], stated.elsewhere[1].text),
        )


def _table(entries: list[Entry], page: str) -> str:
    others = list(dict.fromkeys(entry.elsewhere[0] for entry in entries if entry.elsewhere))
    heads = ["stated", "computed", "expression", *others]
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    rows = "".join(_row(entry, others) for entry in entries)
    name = escape(page)
    return (
        f'<div class="ledger" tabindex="0" role="group" aria-label="{name}"><table><caption>{name}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(entry: Entry, others: list[str]) -> str:
    shown = escape(markup.plain(parse(entry.literal)))
    cells = [
        f'<a href="{_address(entry)}">{shown}</a>',
        escape(entry.value),
        f"<code>{escape(entry.expression)}</code>",
    ]
    for who in others:
        same = entry.elsewhere and entry.elsewhere[0] == who
        cells.append(escape(markup.plain(parse(entry.elsewhere[1]))) if same else "")
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _address(entry: Entry) -> str:
    """The number's place on its page, seen from a page one folder deep."""
    page = PurePosixPath(entry.page)
    folder = page.parent if page.stem == "index" else page.with_suffix("")
    return (PurePosixPath("..") / folder).as_posix() + f"/#number-{entry.serial}"

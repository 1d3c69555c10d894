"""`python -m provenum check | accept | ledger`: a book's numbers from the command line."""

import argparse
import difflib
import json
import sys
from pathlib import Path

from provenum import book
from provenum.errors import Finding, ProofError
from provenum.host import read, without_front_matter
from provenum.ledger import entries, prove_file
from provenum.proof import Options


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 where every page is proven, 1 where one is not, 2 where there is nothing to prove.
    """
    parser = argparse.ArgumentParser(prog="python -m provenum", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="check | accept | ledger")
    for name, words in [
        ("check", "prove the pages; say everything that is wrong"),
        ("accept", "write what the code computes in place of the stated numbers that differ"),
        ("ledger", "print every stated number as JSON"),
    ]:
        command = commands.add_parser(name, help=words, description=words)
        command.add_argument(
            "paths", nargs="*", type=Path, help="pages or folders (default: the book's docs_dir, or docs)"
        )
    chosen = parser.parse_args(arguments)
    try:
        settings = book.read()
        pages = [page for path in chosen.paths for page in _pages(path)] or settings.pages
    except FileNotFoundError as error:
        print(f"provenum: {error}", file=sys.stderr)
        return 2
    return {"check": _check, "accept": _accept, "ledger": _ledger}[chosen.command](pages, settings.options)


def _pages(path: Path) -> list[Path]:
    if not path.exists():
        raise FileNotFoundError(f"there is no page or folder {path}")
    return book.pages_of(path) if path.is_dir() else [path]


def _check(pages: list[Path], options: Options) -> int:
    failed, count = 0, 0
    for page in pages:
        try:
            count += len(prove_file(page, options).proven)
        except ProofError as error:
            failed += 1
            print(error, end="\n\n", file=sys.stderr)
    verdict = (
        f"{failed} of {len(pages)} pages not proven"
        if failed
        else f"{len(pages)} pages, {count} stated numbers, all proven"
    )
    print(verdict, file=sys.stderr if failed else sys.stdout)
    return int(bool(failed))


def _accept(pages: list[Path], options: Options) -> int:
    left = []
    for page in pages:
        try:
            prove_file(page, options)
        except ProofError as error:
            left += _rewrite(page, error.findings)
    return int(bool(left))


def _rewrite(page: Path, findings: tuple[Finding, ...]) -> list[Finding]:
    """Write the corrections into the page, show them, and give back what no literal can mend."""
    before = read(page)
    text = without_front_matter(before)
    offset = len(before) - len(text)
    after = before
    for finding in sorted((f for f in findings if f.correction), key=lambda f: f.correction, reverse=True):
        start, end, literal = finding.correction
        after = after[: offset + start] + literal + after[offset + end :]
    ends = b"\r\n" if b"\r\n" in page.read_bytes() else b"\n"
    page.write_bytes(after.encode().replace(b"\n", ends))
    name = page.as_posix()
    sys.stdout.writelines(difflib.unified_diff(before.splitlines(True), after.splitlines(True), name, name))
    left = [finding for finding in findings if not finding.correction]
    for finding in left:
        print(finding.report(name), end="\n\n", file=sys.stderr)
    return left


def _ledger(pages: list[Path], options: Options) -> int:
    try:
        rows = [entry._asdict() for page in pages for entry in entries(page, prove_file(page, options))]
    except ProofError as error:
        print(error, file=sys.stderr)
        return 1
    json.dump(rows, sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())

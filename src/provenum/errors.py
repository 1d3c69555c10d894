"""What an author is told when a page and its code no longer agree."""

from collections.abc import Sequence
from typing import NamedTuple


class Finding(NamedTuple):
    """One thing that is wrong with a page, and what to do about it."""

    line: int
    """Line of the file, from 1."""
    headline: str
    quote: str
    """The sentence or line of the page it is about."""
    facts: Sequence[tuple[str, str]] = ()
    """Name and value pairs, such as ("computed", "0.9990889488055994")."""
    correction: tuple[int, int, str] | None = None
    """Where in the text a literal stands, and the one that the code calls for instead."""

    def report(self, page: str) -> str:
        """The finding in lines for a terminal, `page:line` first so that editors can jump there."""
        width = max((len(name) for name, _ in self.facts), default=0)
        pad = "\n" + " " * (width + 8)
        lines = [f"{page}:{self.line}: {self.headline}", f"      {self.quote.strip()}"]
        lines += [f"    {name:<{width}}    {value.rstrip()}".replace("\n", pad) for name, value in self.facts]
        return "\n".join(lines)


class ProofError(Exception):
    """A page states what its code does not compute. Carries every finding of the page.

    Attributes:
        page: The page's file, as the author would name it.
        findings: What is wrong, in the order of the page.
    """

    def __init__(self, page: str, findings: Sequence[Finding]) -> None:
        """Say it in lines that a terminal can show."""
        self.page = page
        self.findings = tuple(findings)
        super().__init__("\n\n".join(finding.report(page) for finding in findings))

"""There is not one stated number in the book that could be another."""

from pathlib import Path

import pytest
from tests.site.book import ROOT

from provenum.host import without_front_matter
from provenum.page import Formula, Stated, pieces
from provenum.proof import ProofError, prove

DOCS = ROOT / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md") if "[[" in path.read_text("utf-8"))


def test_the_book_states_numbers():
    assert {
        "neurons.md",
        "networks.md",
        "loss.md",
        "backpropagation.md",
        "descent.md",
        "did-it-work.md",
        "gradients.md",
        "layers.md",
        "softmax.md",
        "optimisers.md",
        "activations.md",
        "real-data.md",
    } <= {page.name for page in PAGES}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_every_literal_changed_in_its_last_digit_is_refused(page: Path):
    """All of a page at once: what a number is compared with does not depend on how another is printed."""
    text = without_front_matter(page.read_text("utf-8"))
    numbers = stated(text)
    changed = text
    for number in reversed(numbers):
        end = number.literal_start + len(number.literal)
        changed = changed[: number.literal_start] + nudged(number) + changed[end:]
    if numbers:
        with pytest.raises(ProofError) as refused:
            prove(changed, page.name)
        refusals = [dict(finding.facts)["stated"] for finding in refused.value.findings]
        assert refusals == [number.literal for number in stated(changed)]


def stated(text: str) -> list[Stated]:
    flat = [inner for piece in pieces(text) for inner in getattr(piece, "inside", [piece])]
    return [piece for piece in flat if isinstance(piece, Stated) and not isinstance(piece, Formula)]


def nudged(number: Stated) -> str:
    """The literal one unit of its last digit away; where the page grants a tolerance, well outside it."""
    digits = number.literal.split("×")[0].split("\\times")[0].split("e")[0]
    last = max(k for k, character in enumerate(digits) if character.isdigit())
    if number.tolerance:
        return number.literal[:last] + f"{digits[last]}999" + number.literal[last + 1 :]
    digit = int(digits[last])
    return number.literal[:last] + str(digit - 1 if digit else 1) + number.literal[last + 1 :]

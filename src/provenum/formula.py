"""LaTeX to MathML, with the stated numbers in it marked and the symbols in their colours."""

import re
from collections.abc import Mapping
from functools import cache
from html import escape

from math_core import LatexError, LatexToMathML

from provenum import markup
from provenum.page import Formula, Given, Stated
from provenum.proof import Proven

# Browsers raise and shrink a prime in a superscript, although fonts draw it raised and small already.
_PRIME = re.compile(r"<msup>(<mi[^>]*>[^<]*</mi>)<mo>′</mo></msup>")
MOST_NUMBERS = 24
"""How many numbers of one formula the style sheet has rules for: receipts need no JavaScript."""

_MARK = re.compile(r"<mtext>⟦(\d+)⟧</mtext>")


@cache
def _converter() -> LatexToMathML:
    return LatexToMathML(fancy_error=False)


def render(formula: Formula, proven: Mapping[int, Proven], symbols: Mapping[str, str]) -> str:
    """HTML of a formula: its MathML, then the receipts of the numbers in it.

    Args:
        formula: The formula, with its pieces.
        proven: The page's proven numbers by their place in the text.
        symbols: Which letter stands for which quantity, such as {"w": "weight"}.

    Raises:
        ValueError: If the LaTeX can't be read.
    """
    stated = [piece for piece in formula.inside if isinstance(piece, Stated)]
    if len(stated) > MOST_NUMBERS:
        raise ValueError(f"it states {len(stated)} numbers, but a formula has receipts for {MOST_NUMBERS}")
    numbers = {k: proven[piece.start] for k, piece in enumerate(stated, 1)}
    try:
        mathml = _converter().convert_with_local_state(_latex(formula), displaystyle=formula.display)
    except LatexError as error:
        raise ValueError(str(error)) from None
    mathml = _PRIME.sub(r'<mrow>\1<mo lspace="0" rspace="0">′</mo></mrow>', mathml)
    mathml = _in_colour(mathml, symbols)
    mathml = _MARK.sub(lambda mark: markup.in_formula(numbers[int(mark[1])], int(mark[1])), mathml)
    receipts = "".join(markup.receipt(number, k) for k, number in numbers.items())
    tag, kind = ("div", "formula formula-display") if formula.display else ("span", "formula")
    return f'<{tag} class="{kind}">{mathml}{receipts}</{tag}>'


def _latex(formula: Formula) -> str:
    """The LaTeX with a mark in place of each stated number, and the given parts as they are."""
    latex, position, count = "", 0, 0
    for piece in formula.inside:
        latex += formula.latex[position : piece.start - formula.latex_start]
        position = piece.end - formula.latex_start
        if isinstance(piece, Given):
            latex += piece.text
        else:
            count += 1
            latex += rf"\text{{⟦{count}⟧}}"
    return latex + formula.latex[position:]


def _in_colour(mathml: str, symbols: Mapping[str, str]) -> str:
    def coloured(letter: re.Match) -> str:
        quantity = symbols.get(letter[1])
        return f'<mi class="q-{escape(quantity)}">{letter[1]}</mi>' if quantity else letter[0]

    return re.sub(r"<mi>([^<]+)</mi>", coloured, mathml)

"""No number without a proof: an oracle over the finished HTML that knows nothing of how it was made."""

import math
import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import html
from tests.conftest import Site
from tests.site.book import ROOT, Page, has_class, plain, words

NUMERAL = re.compile(r"(?<![\w])[-+]?\.?\d[\d.,]*")
"""A digit that no letter precedes: `w1` and `h2` are names."""
VOUCHED = "stated", "given", "receipt", "cell-output", "headerlink"
"""Proven, marked by the author, a proof itself, printed by a cell that has just run; a mark."""
GENERATED = "ledger/", "reference/"
"""Pages that a program writes from the proofs and the docstrings themselves."""


def test_no_unproven_number_is_seen(site: Site):
    bare = {url: found for url, page in written(site) if (found := unproven(page.main))}
    assert bare == {}


def test_no_formula_holds_a_number_that_is_not_proven_or_given(site: Site):
    """MathML does not say what was given: a page's bare numerals are counted against those in its source."""
    bare = {}
    for url, page in written(site):
        source = ROOT / "docs" / f"{url.rstrip('/') or 'index'}.md"
        given = in_source(source) + in_source(
            ROOT / "docs" / "glossary.md"
        )  # definitions come along with their terms
        if more := Counter(in_formulas(page.main)) - given:
            bare[url] = more
    assert bare == {}


def written(site: Site) -> list[tuple[str, Page]]:
    return [
        (url, page)
        for url, page in site.pages.items()
        if not url.startswith(GENERATED) and not page.stands_in
    ]


def unproven(element: html.HtmlElement) -> list[str]:
    """Numerals in what a reader sees as text, captions and alternative texts included; code is code."""
    seen = [plain(words(element, lambda part: vouched(part) or part.tag == "math"))]
    seen += element.xpath(".//@alt | .//@aria-label[not(ancestor::svg)]")
    return [numeral for text in seen for numeral in NUMERAL.findall(text)]


def in_formulas(element: html.HtmlElement) -> list[str]:
    """Numerals in formulas, without the proven ones and those in a name, as the 1 of h₁."""
    numbers = [
        number
        for number in element.xpath(".//math//mn")
        if not any(vouched(part) for part in lineage(number))
    ]
    return [number.text for number in numbers]


def lineage(element: html.HtmlElement) -> list[html.HtmlElement]:
    return [element, *element.iterancestors()]


def in_source(page: Path) -> Counter[str]:
    """Numerals that a page's source marks as given, wherever."""
    return Counter(
        numeral
        for text in re.findall(r"\[\[given\s(.*?)\]\](?!\])", page.read_text("utf-8"), re.DOTALL)
        for numeral in re.findall(r"[\d.]*\d", text)
    )


def vouched(element: html.HtmlElement) -> bool:
    return (
        has_class(element, *VOUCHED)
        or element.tag in ("pre", "code", "script", "style")
        or is_subscript(element)
    )


def is_subscript(element: html.HtmlElement) -> bool:
    """The 1 of h₁ in a formula, which is part of a name."""
    parent = element.getparent()
    return parent is not None and parent.tag in ("msub", "msubsup") and parent.index(element) == 1


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>It has 12 parts, w1 and h2.</p>", ["12"]),
        ('<p>It is <data class="stated" value="7.0">7</data>.</p>', []),
        ('<p>It is <b>7.0</b><span class="receipt">8.0</span></p>', ["7.0"]),
        ('<p><img alt="3 neurons"><code>x = 2</code></p>', ["3"]),
        ("<table><tr><td>−0.953</td></tr></table>", ["-0.953"]),
    ],
)
def test_the_oracle_sees(source: str, found: list[str]):
    assert unproven(html.fragment_fromstring(source)) == found


def test_the_oracle_sees_into_formulas():
    formula = '<msub><mi>h</mi><mn>1</mn></msub><mo>=</mo><mn>0.5</mn><mo>=</mo><mn class="stated">0.5</mn>'
    assert in_formulas(html.fragment_fromstring(f"<p><math>{formula}</math></p>")) == ["0.5"]


def proofs(page: Page) -> list[tuple[str, float]]:
    """What the page states, as printed and as computed."""
    stated = page.main.xpath(".//*[contains(concat(' ', @class, ' '), ' stated ')]")
    return [
        (plain(element.text_content()), float(element.get("value") or element.get("data-value")))
        for element in stated
    ]


def printed(page: Page) -> str:
    """What the page's cells print."""
    return " ".join(plain(output.text_content()) for output in page.main.find_class("cell-output"))


ARTICLE = {
    "neurons/": {
        "inputs and weights": [("2", 2), ("3", 3), ("0", 0), ("1", 1), ("4", 4)],
        "the sum and the output": [("7", 7), ("0.999", 0.9990889488055994)],
        "the shorter example": [("0.5", 0.5), ("0.3", 0.3), ("0.4", 0.4), ("0.7", 0.7), ("0.2", 0.2)],
        "its sum and output": [("0.61", 0.61), ("0.6479", 0.6479408020806503)],
    },
    "networks/": {
        "inputs and weights": [("2", 2), ("3", 3), ("0", 0), ("1", 1)],
        "the activations": [("0.9526", 0.9525741268224334), ("0.7216", 0.7216325609518421)],
    },
    "loss/": {
        "pounds": [("133", 133), ("160", 160), ("152", 152), ("120", 120)],
        "inches": [("65", 65), ("72", 72), ("70", 70), ("60", 60)],
        "the shift": [("135", 135), ("66", 66)],
        "pounds shifted": [("-2", -2), ("25", 25), ("17", 17), ("-15", -15)],
        "inches shifted": [("-1", -1), ("6", 6), ("4", 4), ("-6", -6)],
        "the means": [("141.25", 141.25), ("66.75", 66.75)],
        "the labels and the loss": [("0", 0), ("1", 1), ("4", 4), ("0.5", 0.5)],
    },
    "backpropagation/": {
        "Alice": [("-2", -2), ("-1", -1), ("0.0474", 0.04742587317756678), ("0.524", 0.5236951740839997)],
        "the factors": [
            ("-0.953", -0.9526096518320006),
            ("0.249", 0.24943853872512894),
            ("-0.0904", -0.09035331946182427),
        ],
        "the first partial": [("0.0215", 0.02146953526581111)],
        "with a pencil": [("-0.952", -0.952), ("0.0214", -0.952 * 0.249 * -0.0904)],
        "all nine": [
            ("0.02147", 0.02146953526581111),
            ("0.01073", 0.010734767632905556),
            ("-0.01073", -0.010734767632905556),
            ("-0.01127", -0.01127),
            ("-0.23762", -0.23762),
        ],
    },
    "descent/": {
        "one step": [("0.1", 0.1), ("0.22687", 0.22687), ("0.22110", 0.22110)],
        "the run": [("44", 44), ("1000", 1000), ("0.358", 0.358)],
        "Emily": [("128", 128), ("63", 63), ("-7", -7), ("-3", -3), ("0.951", 0.951)],
        "Frank": [("155", 155), ("68", 68), ("20", 20), ("2", 2), ("0.039", 0.039)],
    },
}
"""Every number of the article, as its page prints it and as it is, unrounded where that is known."""


@pytest.mark.parametrize(
    ("url", "what"), [(url, what) for url, numbers in ARTICLE.items() for what in numbers]
)
def test_the_articles_numbers_are_proven_on_their_page(site: Site, url: str, what: str):
    stated = proofs(site.pages[url])
    missing = [number for number in ARTICLE[url][what] if not any(same(number, other) for other in stated)]
    assert missing == []


def same(expected: tuple[str, float], stated: tuple[str, float]) -> bool:
    """As printed, and in value; where only the rounded value is known, within that rounding."""
    (literal, value), (text, computed) = expected, stated
    known = (
        1e-12
        if float(literal) != value or value == int(value)
        else 0.6 * 10 ** -len(literal.partition(".")[2])
    )
    return re.match(r"[-\d.]+", text.replace(",", ""))[0] == literal and abs(computed - value) <= known


MEASURED = {
    "many seeds": [("0.0011", 0.001102), ("0.0022", 0.002174), ("0.0031", 0.003083)],
    "raw": [("0.250", 0.25), ("200", 200)],
    "standardised": [("0.0015", 0.001458), ("0.0026", 0.002589), ("0.0047", 0.004686)],
    "learning rates": [("0.02772", 0.027716), ("0.00020", 0.000198), ("102", 102), ("190", 190)],
    "larger starts": [("6", 6), ("74", 74), ("124", 124), ("0.9994", 0.999449)],
    "XOR": [("137", 137), ("56", 56), ("7", 7)],
    "the new w5": [("112", 112), ("0.00003", 0.000025), ("0.003108", 0.003108), ("0.002270", 0.00227)],
    "names with an n": [("0.0036", 0.003626), ("0.57", 0.572263), ("0.02", 0.016528), ("2", 2)],
}
"""What a program in plain Python, a network after the other, found for 200 seeds: to six digits."""


@pytest.mark.parametrize("what", MEASURED)
def test_a_second_program_measured_the_same(site: Site, what: str):
    assert not_stated(site, "did-it-work/", MEASURED[what], absolute=1e-6) == []


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("neurons/", "0.9990889488055994"),
        ("networks/", "0.7216325609518421"),
        ("backpropagation/", "0.02146953526581111"),
    ],
)
def test_cells_print_the_unrounded_numbers(site: Site, url: str, number: str):
    assert number in printed(site.pages[url])


MUSEUM = {
    "the right code": [("0.0018", 0.0017734), ("0.00090", 0.0009047)],
    "the wrong thing": [("0.00014", 0.00013518), ("0.00040", 0.00040414)],
    "swapped": [("0.0024", 0.0023606), ("7", 7)],
    "frozen": [("0.0016", 0.0015592), ("211", 211)],
    "too early": [("0.00171", 0.0017130)],
    "the curve": [("1.88 × 10-4", 1.878522e-4), ("9.42 × 10-7", 9.41816e-7)],
}
"""What a second program found for the seeds 0 to 999, written before the page was: to five digits."""


@pytest.mark.parametrize("what", MUSEUM)
def test_a_second_program_trained_the_bugs_to_the_same_losses(site: Site, what: str):
    assert not_stated(site, "gradients/", MUSEUM[what], relative=1e-4) == []


RACES = {
    "SGD": [("113", 113), ("189.75", 189.75), ("227.5", 227.5), ("284", 284), ("378", 378)],
    "momentum": [("11", 11), ("15", 15), ("20.5", 20.5), ("25", 25), ("36", 36)],
    "Nesterov": [("15.75", 15.75), ("21", 21)],
    "RMSProp": [("1", 1), ("4", 4), ("5", 5), ("7", 7), ("13", 13)],
    "Adam": [("4", 4), ("11", 11), ("15", 15), ("19", 19), ("35", 35), ("164.5", 164.5)],
    "with rates of their own": [("10", 10), ("3", 3), ("0.3", 0.3), ("2", 2), ("6", 6)],
    "the valley": [("133", 133), ("47", 47), ("14", 14), ("4", 4), ("34", 34)],
    "the valley, turned": [("120", 120), ("0.2", 0.2), ("53", 53), ("0.5", 0.5)],
}
"""What PyTorch found, by its own derivatives and its own optimisers, in float64."""


@pytest.mark.parametrize("what", RACES)
def test_pytorch_ran_the_same_races(site: Site, what: str):
    assert not_stated(site, "optimisers/", RACES[what], absolute=1e-9) == []


KINDS = {
    "the lowest loss, by scikit-learn": [("0.3397", 0.3397387), ("3", 3)],
    "the squared error, by epochs": [("65", 65), ("188", 188), ("232", 232), ("284", 284), ("378", 378)],
    "the cross-entropy, by epochs": [("16", 16), ("54", 54), ("65.5", 65.5), ("84", 84), ("107", 107)],
    "stuck from large starts": [("124", 124), ("112", 112), ("2", 2)],
    "steps back from far away": [("15,041", 15041), ("90", 90)],
}
"""What programs other than the page found: scikit-learn's logistic regression, and loops of their own."""


@pytest.mark.parametrize("what", KINDS)
def test_a_second_program_found_the_same_losses_and_epochs(site: Site, what: str):
    assert not_stated(site, "softmax/", KINDS[what], absolute=1e-6) == []


LAYERS = {
    "Alice": [("0.759", 0.7592635), ("-0.0880", -0.0880048), ("-0.0439", -0.0438926)],
    "one person": [("0.0878", 0.0877851), ("-0.0795", -0.0794729), ("-0.8182", -0.8182065)],
    "the batch": [("0.2683", 0.2682636), ("-0.2716", -0.2715987), ("0.0503", 0.0503313)],
    "turned": [("0.831", 0.8312765), ("0.508", 0.5078277)],
    "a row against a column": [("0.353", 0.3534810), ("0.495", 0.4948589)],
    "ten layers": [("1.7 × 10-6", 1.746359e-6), ("0.038", 0.0384678)],
}
"""What a second program found, in plain Python, one neuron after the other."""


@pytest.mark.parametrize("what", LAYERS)
def test_a_second_program_found_the_same_without_a_matrix(site: Site, what: str):
    assert not_stated(site, "layers/", LAYERS[what], relative=1e-5) == []


ACTIVATIONS = {
    "the chain": [("4.5 × 10-11", 4.483702e-11), ("0.14", 0.1378816), ("8.2 × 10-5", 8.235904e-5)],
    "sigmoid": [("188", 188), ("232", 232), ("284", 284)],
    "tanh": [("37", 37), ("45", 45), ("51", 51)],
    "ReLU": [("26", 26), ("106", 106), ("149", 149), ("40", 40), ("2", 2), ("38", 38)],
    "leaky ReLU": [("18", 18), ("76", 76), ("104", 104), ("24", 24)],
    "GELU": [("20", 20), ("99", 99), ("133", 133), ("38", 38)],
    "standardised": [("22", 22), ("15", 15), ("12", 12), ("0", 0)],
}
"""What a program in plain Python, a network after the other, found for the seeds 0 to 199."""


@pytest.mark.parametrize("what", ACTIVATIONS)
def test_a_second_program_raced_the_activations_to_the_same_epochs(site: Site, what: str):
    assert not_stated(site, "activations/", ACTIVATIONS[what], relative=1e-4) == []


DIGITS = {
    "early stopping": [("36", 36), ("26", 26), ("0.137", 0.136727)],
    "the test": [("350", 350), ("317", 317)],
    "ten experiments": [("95.3 %", 342 / 359), ("97.4 %", 349.5 / 359), ("98.1 %", 352 / 359)],
    "in order": [("91.4 %", 328 / 359)],
    "how many neurons": [("796", 796), ("182", 182), ("1,114", 1114), ("268", 268), ("1,148", 1148)],
    "the learning curve": [("68 %", 0.680556), ("92 %", 0.916667), ("95.1 %", 0.951389)],
}
"""What a program in plain NumPy found, with equations and a stopping of its own: to six digits."""


@pytest.mark.parametrize("what", DIGITS)
def test_a_second_program_read_the_digits_as_well(site: Site, what: str):
    assert not_stated(site, "real-data/", DIGITS[what], absolute=1e-6) == []


def not_stated(
    site: Site, url: str, wanted: list[tuple[str, float]], *, absolute: float = 0, relative: float = 0
) -> list[tuple[str, float]]:
    """What a page does not state with these digits and a value as near as that."""
    stated = proofs(site.pages[url])
    return [
        (literal, measured)
        for literal, measured in wanted
        if not any(
            text.startswith(literal) and math.isclose(value, measured, abs_tol=absolute, rel_tol=relative)
            for text, value in stated
        )
    ]

"""What an author reads when something is wrong."""

import pytest

from provenum import Finding, ProofError, prove
from provenum.proof import Options


def test_a_finding_without_facts_is_two_lines():
    assert Finding(3, "wrong", "  quote ").report("page.md") == "page.md:3: wrong\n      quote"


def test_facts_stand_in_a_column_and_their_lines_below_one_another():
    finding = Finding(3, "wrong", "quote", [("a", "one\ntwo\n"), ("longer", " three")])
    assert finding.report("page.md").split("\n")[2:] == [
        "    a         one",
        "              two",
        "    longer     three",
    ]


def test_findings_are_kept_apart():
    error = ProofError("page.md", [Finding(1, "one", "q"), Finding(2, "two", "r")])
    assert str(error) == "page.md:1: one\n      q\n\npage.md:2: two\n      r"


def quote(text):
    with pytest.raises(ProofError) as error:
        prove(text, "page.md")
    return error.value.findings[0].quote


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("There are 9.", "There are 9."),
        ("First. There are\n9 of them. Last.", "There are 9 of them."),
        ("One paragraph.\n\nThere are 9\n\nAnother.", "There are 9"),
        ("Why? There are 9! So.", "There are 9!"),
        ("First.9 of them.", "First.9 of them."),
        ("| a | b |\n| - | - |\n| c. d | 9 |\n| e | f |", "| c. d | 9 |"),
        ("!!! note\n    | a. b | 9 |\n    | - | - |", "| a. b | 9 |"),
        ("9 " + "word " * 60, ("9 " + "word " * 47).strip() + " ..."),
        ("9 " + "w" * 238 + ".", "9 ..."),
        ("9 " + "w" * 237 + ".", "9 " + "w" * 237 + "."),
    ],
)
def test_the_sentence_is_quoted(text, sentence):
    assert quote(text) == sentence


def test_numbers_that_are_not_proven_are_still_counted_and_placed():
    text = "One [[1 = a]].\n\nThe others, [[given 7]], are [[2 = b]] and $x = [[3 = c]]$.\n"
    proof = prove(text, "page.md", first_line=10, options=Options(prove=False))
    assert proof.page == "page.md"
    assert [(text[place:][:5], *proven[1:]) for place, proven in proof.proven.items()] == [
        ("[[1 =", 1, 10, "", None, 0),
        ("[[2 =", 2, 12, "", None, 0),
        ("[[3 =", 3, 12, "", None, 0),
    ]


def test_a_cell_that_fails_is_named_by_its_line_in_the_file():
    text = 'One.\n\n```python exec="on"\ndef f():\n    return 1 / 0\n\nf()\n```\n'
    with pytest.raises(ProofError) as error:
        prove(text, "page.md", first_line=10)
    (finding,) = error.value.findings
    assert (finding.line, finding.quote) == (14, "    return 1 / 0")
    assert 'File "page.md", line 16, in <module>\n  f()' in dict(finding.facts)["trace"]

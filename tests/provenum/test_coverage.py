"""What is a numeral to a reader, and what is not."""

import pytest

from provenum.coverage import uncovered
from provenum.page import pieces


def numerals(text):
    return [numeral for _, numeral in uncovered(text, pieces(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("There are 9.", ["9"]),
        ("From −1.5 to +2.5e-3, 10,000 of them.", ["−1.5", "+2.5e-3", "10,000"]),
        ("About .5 or 1/2.", [".5", "1", "2"]),
        ("A 2-2-1 network.", ["2", "2", "1"]),
        ("On the 1st day, 3D.", ["1", "3"]),
        ("# Chapter 4", ["4"]),
        ("1. first\n2) second\n3 third", ["3"]),
        ("> 1. quoted", []),
        ("    1. deep", []),
        ("1.no marker", ["1"]),
        ("| 5 | w1 |", ["5"]),
        ("w1, h_2, x3y, v2.0", ["0"]),
        ("`1` ``2`` [[3 = 3]] [[given 4]]", []),
        ("```\n5\n```\n6", ["6"]),
        ("~~~ text\n5\n~~~", []),
        ("<!-- 7 --> 8", ["8"]),
        ("<script>9</script><pre>9</pre><code>9</code><style>9</style>", []),
        ("[see 1](page2.html#3) and [4][key5]", ["1", "4"]),
        ("[a](b_(1)_2.html)", []),
        ("[key5]: page6.html 'x'", []),
        ("text[^1]\n\n[^1]: note 2", []),
        ("![alt 1](i2.png)", ["1"]),
        ('<img src="1.png" width=2 alt="at 3" title=\'4\' aria-label="5">', ["3", "4", "5"]),
        ("<https://example.com/1> &#8617; &frac12;", []),
        ("## Title {#part-1 .c2}", []),
        ("![](a.png){ width=300 }", []),
        ("{ 300 }", ["300"]),
        ("::: module\n    options:\n      heading_level: 2\n\nText 3", ["3"]),
        ('!!! note "Title 5"\n    Text 6', ["5", "6"]),
        ("$w_1 + x_{12} + \\frac{a}{b}$", []),
        ("$2x^3$", ["2", "3"]),
        ("$\\frac12 + h1$", ["12"]),
        ("$H1 + 1.5.$", ["1.5"]),
        ("$[[given 2x]] + [[3 = 3]] + 4$", ["4"]),
        ("$$\\begin{aligned} y &= 0.5 \\\\[6pt] &= 7. \\end{aligned}$$", ["0.5", "7"]),
        ("$5 and $6", ["5", "6"]),
        ("\\`1\\`", ["1"]),
    ],
)
def test_numerals_that_nobody_vouches_for(text, found):
    assert numerals(text) == found


def test_a_place_is_that_of_the_numeral():
    text = "First line.\n\nThere are $x + 9$ and 7."
    assert [text[place : place + 1] for place, _ in uncovered(text, pieces(text))] == ["9", "7"]

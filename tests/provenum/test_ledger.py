"""The ledger as a page shows it."""

import re

import pytest

from provenum import Entry, Ledger, ProofError


@pytest.fixture
def book(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    docs = tmp_path / "docs"
    (docs / "part").mkdir(parents=True)
    (docs / "index.md").write_text("A [[-1.5 = -1.49]].", "utf-8")
    (docs / "part" / "b.md").write_text(
        "---\ntitle: B\n---\nB [[0.0215 = 0.02147 | article 0.0214]], [[2 = 1 + 1]].", "utf-8"
    )
    (docs / "ledger.md").write_text(
        '```python exec="on"\nfrom provenum import Ledger\nLedger.of_book(but=["ledger.md"])\n```', "utf-8"
    )
    return docs


def test_entries_name_their_page_below_the_book_and_their_line(book):
    assert [(entry.page, entry.line, entry.serial) for entry in Ledger.of_book(but=["ledger.md"])] == [
        ("index.md", 1, 1),
        ("part/b.md", 4, 1),
        ("part/b.md", 4, 2),
    ]


def test_a_number_above_other_lines_knows_its_own(book):
    (book / "index.md").write_text("A\n\nB [[1 = 1]].\n\nC\n\nD [[2 = 2]].\n\nE\n", "utf-8")
    assert [entry.line for entry in Ledger.of_book(but=["ledger.md"])[:2]] == [3, 7]


def test_a_number_made_of_no_cells_names_names_none(book):
    (book / "index.md").write_text(
        '```python exec="on"\nx = 1\n```\n\n[[1 = len("a")]] [[1 = x]] [[1 = 1]]', "utf-8"
    )
    assert [entry.cell for entry in Ledger.of_book(but=["ledger.md"])[:3]] == [None, 1, None]


def test_the_ledger_can_stand_on_a_page_of_the_book_itself(book):
    from provenum.ledger import prove_file

    (output,) = prove_file(book / "ledger.md").outputs.values()
    assert '<a href="../#number-1">−1.5</a></td><td>-1.49</td><td><code>-1.49</code>' in output
    assert '<a href="../part/b/#number-2">2</a>' in output


def test_a_column_for_the_figure_of_another_only_where_there_is_one(book):
    html = Ledger.of_book(but=["ledger.md"])._repr_html_()
    first, second = html.split("<caption>")[1:]
    assert "article" not in first
    assert '<th scope="col">article</th>' in second
    assert second.count("<td>0.0214</td>") == 1
    assert "<td></td>" in second


def test_the_whole_table(book):
    (book / "part" / "b.md").unlink()
    assert Ledger.of_book(but=["ledger.md"])._repr_html_() == (
        '<div class="ledger" tabindex="0" role="group" aria-label="index.md">'
        "<table><caption>index.md</caption><thead><tr>"
        '<th scope="col">stated</th><th scope="col">computed</th><th scope="col">expression</th></tr></thead>'
        '<tbody><tr><td><a href="../#number-1">−1.5</a></td><td>-1.49</td><td><code>-1.49</code></td></tr>'
        "</tbody></table></div>"
    )


def test_rows_and_tables_follow_one_another_directly(book):
    html = Ledger.of_book(but=["ledger.md"])._repr_html_()
    assert html.count("</tr><tr>") == 1
    assert html.count("</div><div ") == 1
    assert (
        re.sub("<[^>]*>", "|", html)
        .replace("|", "")
        .startswith("index.mdstatedcomputedexpression−1.5-1.49-1.49part/b.md")
    )


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("index.md", "../#number-7"),
        ("part/index.md", "../part/#number-7"),
        ("reindex.md", "../reindex/#number-7"),
        ("part/b.md", "../part/b/#number-7"),
    ],
)
def test_a_number_is_linked_where_its_page_will_be(page, address):
    entry = Entry(page, 1, 7, "1", "1", "1", "exact", None, None, None)
    assert f'<a href="{address}">1</a>' in Ledger([entry])._repr_html_()


def test_the_settings_of_the_book_hold_for_its_ledger(book, tmp_path):
    (book / "index.md").write_text("There are 9 of [[1 = 1]].", "utf-8")
    with pytest.raises(ProofError, match="nobody vouches"):
        Ledger.of_book(but=["ledger.md"])
    (tmp_path / "mkdocs.yml").write_text("markdown_extensions: [provenum: {coverage: false}]\n", "utf-8")
    assert Ledger.of_book(but=["ledger.md"])[0].literal == "1"


def test_what_differs_is_a_ledger_too(book):
    differing = Ledger.of_book(but=["ledger.md"]).differing
    assert isinstance(differing, Ledger)
    assert [entry.literal for entry in differing] == ["0.0215"]


def test_a_page_that_lies_stops_the_ledger(book):
    (book / "part" / "b.md").write_text("[[1 = 2]]", "utf-8")
    with pytest.raises(ProofError, match=r"docs/part/b\.md:1"):
        Ledger.of_book()

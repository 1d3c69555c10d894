"""`python -m provenum`: check, accept, ledger, in a book and without one."""

import json

import pytest

from provenum.__main__ import main

GOOD = "It is [[0.999 = 0.99908]].\n"
WRONG = "---\ntitle: A page\n---\n\nIt is [[0.998 = 0.99908]], twice [[2 = 1 + 1]], [[10,000 = 1234]].\n"


@pytest.fixture
def book(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    return tmp_path / "docs"


def test_check_of_a_proven_book_says_so(book, capsys):
    (book / "a.md").write_text(GOOD, "utf-8")
    (book / "deep").mkdir()
    (book / "deep" / "b.md").write_text(GOOD * 2, "utf-8")
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "2 pages, 3 stated numbers, all proven\n"


def test_check_says_everything_that_is_wrong_and_goes_on(book, capsys):
    (book / "a.md").write_text(WRONG, "utf-8")
    (book / "b.md").write_text("There are 9.", "utf-8")
    (book / "c.md").write_text(GOOD, "utf-8")
    assert main(["check"]) == 1
    said = capsys.readouterr().err
    assert said.count("docs/a.md:5:") == 2
    assert "docs/b.md:1: nobody vouches for this numeral" in said
    assert said.endswith("2 of 3 pages not proven\n")


def test_check_takes_pages_and_folders(book, capsys):
    (book / "a.md").write_text(WRONG, "utf-8")
    (book / "b.md").write_text(GOOD, "utf-8")
    assert main(["check", "docs/b.md"]) == 0
    assert main(["check", "docs"]) == 1


def test_check_of_what_is_not_there(book, capsys):
    assert main(["check", "docs/no.md"]) == 2
    assert capsys.readouterr().err == "provenum: there is no page or folder docs/no.md\n"


def test_check_without_a_book(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 2
    assert "there is no folder docs of pages below" in capsys.readouterr().err


def test_accept_writes_the_literals_in_place_and_shows_the_change(book, capsys):
    (book / "a.md").write_text(WRONG, "utf-8")
    assert main(["accept"]) == 0
    assert (book / "a.md").read_text("utf-8") == WRONG.replace("0.998", "0.999").replace("10,000", "1,234")
    shown = capsys.readouterr().out
    assert "-It is [[0.998 = 0.99908]]" in shown
    assert "+It is [[0.999 = 0.99908]]" in shown
    assert main(["check"]) == 0


def test_accept_leaves_what_no_literal_can_mend(book, capsys):
    (book / "a.md").write_text("It is [[0.5 = x]], [[0.1 = 0.2]] and 9.\n", "utf-8")
    assert main(["accept"]) == 1
    assert (book / "a.md").read_text("utf-8") == "It is [[0.5 = x]], [[0.2 = 0.2]] and 9.\n"
    said = capsys.readouterr().err
    assert "NameError" in said
    assert "nobody vouches" in said
    assert "does not compute" not in said


def test_accept_keeps_the_line_ends_of_the_file(book):
    (book / "a.md").write_bytes(WRONG.replace("\n", "\r\n").encode())
    assert main(["accept"]) == 0
    assert (book / "a.md").read_bytes() == WRONG.replace("0.998", "0.999").replace("10,000", "1,234").replace(
        "\n", "\r\n"
    ).encode()


def test_accept_rewrites_a_line_from_its_end(book):
    (book / "a.md").write_text("It is [[10,000 = 1]], [[0.5 = 0.6]] and [[9 = 10]].\n", "utf-8")
    assert main(["accept"]) == 0
    assert (book / "a.md").read_bytes() == b"It is [[1 = 1]], [[0.6 = 0.6]] and [[10 = 10]].\n"


def test_accept_rewrites_the_number_and_not_the_same_digits_elsewhere(book):
    (book / "a.md").write_text("Above `0.5` and [[0.5 = 1 / 2]]: [[0.5 = 0.6]].\n", "utf-8")
    assert main(["accept"]) == 0
    assert (book / "a.md").read_text("utf-8") == "Above `0.5` and [[0.5 = 1 / 2]]: [[0.6 = 0.6]].\n"


def test_accept_fails_if_any_page_is_left_wrong(book):
    (book / "a.md").write_text("There are 9.", "utf-8")
    (book / "b.md").write_text("It is [[1 = 2]].", "utf-8")
    (book / "c.md").write_text("There are 9.", "utf-8")
    assert main(["accept", "docs/a.md", "docs/b.md"]) == 1
    assert main(["accept", "docs/b.md", "docs/c.md"]) == 1


def test_accept_of_a_proven_page_does_not_touch_it(book, capsys):
    (book / "a.md").write_text(GOOD, "utf-8")
    before = (book / "a.md").stat().st_mtime_ns
    assert main(["accept"]) == 0
    assert (book / "a.md").stat().st_mtime_ns == before
    assert capsys.readouterr().out == ""


def test_ledger_is_every_stated_number_as_data(book, capsys):
    (book / "a.md").write_text(
        '```python exec="on"\ny = 0.25\n```\n\n'
        "$y = [[0.2 = y]]$ [[50 % ~ 0.505 +- 1 %]] [[0.1 = 0.12 | article 0.13]]",
        "utf-8",
    )
    assert main(["ledger"]) == 0
    first, second, third = json.loads(capsys.readouterr().out)
    assert first == {
        "page": "docs/a.md",
        "line": 5,
        "serial": 1,
        "literal": "0.2",
        "expression": "y",
        "value": "0.25",
        "rounding": "rounded to 1 decimal",
        "tolerance": None,
        "cell": 1,
        "elsewhere": None,
    }
    assert (second["tolerance"], second["serial"], second["cell"]) == ("1 %", 2, None)
    assert third["elsewhere"] == ["article", "0.13"]


def test_ledger_of_a_book_that_lies_is_refused(book, capsys):
    (book / "a.md").write_text(WRONG, "utf-8")
    assert main(["ledger"]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.startswith("docs/a.md:5:")) == ("", True)


def test_the_settings_are_those_of_the_book(book, tmp_path, capsys):
    (tmp_path / "mkdocs.yml").write_text(
        "site_url: !ENV [A, b]\ndocs_dir: docs\nnav: [{Z: z.md}, {More: [a.md]}]\n"
        "markdown_extensions:\n  - tables\n  - provenum:\n      coverage: false\n      glossary: x.md\n",
        "utf-8",
    )
    for name in ("a", "b", "z"):
        (book / f"{name}.md").write_text("There are 9, or [[1 = 1]].", "utf-8")
    assert main(["check"]) == 0
    capsys.readouterr()
    main(["ledger"])
    assert [entry["page"] for entry in json.loads(capsys.readouterr().out)] == [
        "docs/z.md",
        "docs/a.md",
        "docs/b.md",
    ]


def test_the_book_is_shown_as_json_that_people_can_read(book, capsys):
    (book / "a.md").write_text("[[-1 = -1]] and [[−2 = -2]]", "utf-8")
    main(["ledger"])
    said = capsys.readouterr().out
    assert said.startswith('[\n {\n  "page": "docs/a.md",\n  "line": 1,')
    assert said.endswith(" }\n]\n")
    assert '"literal": "−2"' in said


def test_check_leaves_a_line_between_pages(book, capsys):
    for name in "ab":
        (book / f"{name}.md").write_text("There are 9.", "utf-8")
    main(["check"])
    report = (
        "docs/{}.md:1: nobody vouches for this numeral\n      There are 9.\n    numeral    9\n"
        "    write      [[9 = expression]] if something computes it, [[given 9]] if it is yours to choose\n\n"
    )
    assert capsys.readouterr().err == report.format("a") + report.format("b") + "2 of 2 pages not proven\n"


def test_accept_shows_the_change_as_git_would_and_says_what_is_left(book, capsys):
    (book / "a.md").write_text(
        "One [[0.5 = 0.6]].\n\nTwo [[0.7 = 0.8]], [[0.1 = x]].\n\nThree [[1 = y]].\n", "utf-8"
    )
    assert main(["accept"]) == 1
    said = capsys.readouterr()
    assert said.out == (
        "--- docs/a.md\n+++ docs/a.md\n@@ -1,5 +1,5 @@\n-One [[0.5 = 0.6]].\n+One [[0.6 = 0.6]].\n \n"
        "-Two [[0.7 = 0.8]], [[0.1 = x]].\n+Two [[0.8 = 0.8]], [[0.1 = x]].\n \n Three [[1 = y]].\n"
    )
    assert said.err.startswith("docs/a.md:3: this number's expression fails\n")
    assert "\n\ndocs/a.md:5: this number's expression fails\n" in said.err
    assert said.err.endswith("defined\n\n")


def test_accept_keeps_front_matter_behind_a_byte_order_mark(book):
    (book / "a.md").write_bytes(b"\xef\xbb\xbf" + WRONG.encode())
    assert main(["accept"]) == 0
    assert (book / "a.md").read_text("utf-8").startswith("---\ntitle: A page\n---\n\nIt is [[0.999 = ")


def test_the_commands_follow_the_settings_when_they_prove(book, tmp_path, capsys):
    (tmp_path / "mkdocs.yml").write_text("markdown_extensions: [provenum: {seconds: 0.1}]\n", "utf-8")
    (book / "a.md").write_text('```python exec="on"\nwhile True: pass\n```\n', "utf-8")
    for command in ("check", "accept", "ledger"):
        assert main([command]) == 1
        assert "did not end within 0.1 seconds" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "accept", "ledger"])
def test_help_says_what_each_command_does(command, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("NO_COLOR", "1")
    words = {
        "check": "prove the pages; say everything that is wrong",
        "accept": "write what the code computes in place of the stated numbers that differ",
        "ledger": "print every stated number as JSON",
    }
    for arguments in (["--help"], [command, "--help"]):
        with pytest.raises(SystemExit):
            main(arguments)
        lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
        assert lines[0].startswith("usage: python -m provenum ")
        assert (lines[0].endswith(" [-h] check | accept | ledger ...")) == (len(arguments) == 1)
        assert any(line.endswith(words[command]) and "XX" not in line for line in lines)
        assert any("a book's numbers from the command line" in line for line in lines) == (
            len(arguments) == 1
        )
    assert any(line.endswith("pages or folders (default: the book's docs_dir, or docs)") for line in lines)


def test_a_book_may_have_its_pages_elsewhere_and_no_settings(book, tmp_path, capsys):
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "a.md").write_text(GOOD, "utf-8")
    (tmp_path / "mkdocs.yml").write_text("docs_dir: text\nmarkdown_extensions: [tables, provenum]\n", "utf-8")
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "1 pages, 1 stated numbers, all proven\n"


def test_settings_and_pages_are_read_as_utf_8(book, tmp_path):
    (tmp_path / "mkdocs.yml").write_bytes("site_name: Größe\nmarkdown_extensions: [provenum]\n".encode())
    (book / "a.md").write_bytes("Größe [[−2 = -1]]".encode())
    assert main(["accept"]) == 0
    assert (book / "a.md").read_bytes() == "Größe [[−1 = -1]]".encode()


def test_no_command_is_a_question_of_usage(capsys):
    with pytest.raises(SystemExit) as stopped:
        main([])
    assert stopped.value.code == 2
    assert "check | accept | ledger" in capsys.readouterr().err

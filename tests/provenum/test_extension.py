"""The extension in Python-Markdown: settings, sessions, repeated use."""

from xml.etree import ElementTree

import markdown
import pytest

from provenum import Finding, ProofError, ProvenumExtension, glossary


def test_it_works_bare():
    html = markdown.markdown("Twice is [[2 = 1 + 1]].", extensions=["provenum"])
    assert '<data class="stated" data-after="0" data-expr="1 + 1" data-literal="2" value="2">2</data>' in html


def test_it_can_be_given_as_an_object():
    assert "<data" in markdown.markdown("[[2 = 2]]", extensions=[ProvenumExtension(seconds=1)])


def test_one_instance_converts_many_pages_and_each_begins_afresh():
    md = markdown.Markdown(extensions=["provenum"])
    md.convert('```python exec="on"\nx = 1\n```\n\n[[1 = x]] [[given 4]]')
    with pytest.raises(ProofError, match="NameError"):
        md.convert("[[1 = x]]")
    assert 'id="number-1"' in md.reset().convert("[[2 = 2]] [[given 3]]")


def test_a_table_of_contents_holds_digits_and_no_markup_of_numbers():
    md = markdown.Markdown(extensions=["toc", "provenum"])
    md.convert("# With [[2 = 2]] *inputs*\n\n## And [[0.5 = 1 / 2]]\n\n### Deep [[-3 = -3]]")
    (first,) = md.toc_tokens
    second = first["children"][0]
    shown = [(token["name"], token["html"]) for token in (first, second, second["children"][0])]
    assert shown == [
        ("With 2 inputs", "With 2 <em>inputs</em>"),
        ("And 0.5", "And 0.5"),
        ("Deep −3", "Deep −3"),
    ]


def test_coverage_can_be_switched_off():
    assert (
        markdown.markdown("There are 9.", extensions=[ProvenumExtension(coverage=False)])
        == "<p>There are 9.</p>"
    )


def test_proof_can_be_switched_off_to_measure_its_cost():
    page = '```python exec="on"\n1 / 0\n```\n\nIt is [[0.5 = x]], $[[1 = y]]$ or 9.'
    html = markdown.markdown(page, extensions=[ProvenumExtension(prove=False)])
    assert "0.5</data>" in html
    assert "ZeroDivisionError" not in html
    assert "cell-output" not in html


def test_the_time_limit_is_a_setting():
    with pytest.raises(ProofError, match=r"did not end within 0\.1 seconds"):
        markdown.markdown(
            '```python exec="on"\nwhile True: pass\n```', extensions=[ProvenumExtension(seconds=0.1)]
        )


def test_the_time_limit_holds_for_expressions_too():
    with pytest.raises(ProofError, match=r"did not end within 0\.1 seconds"):
        markdown.markdown(
            "[[1 = next(x for x in iter(int, 1) if x)]]", extensions=[ProvenumExtension(seconds=0.1)]
        )


def test_cells_have_the_colours_of_the_other_code():
    extensions = ["pymdownx.highlight", "pymdownx.superfences", "provenum"]
    settings = {"pymdownx.highlight": {"pygments_lang_class": True}}
    html = markdown.markdown(
        '```python exec="on"\nx = 1\n```', extensions=extensions, extension_configs=settings
    )
    assert '<div class="language-python highlight">' in html


def test_a_cell_leaves_the_width_of_the_console_alone_unless_it_asks(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    page = '```python exec="on"{}\nimport os\nprint(os.environ.get("COLUMNS"))\n```'
    assert "None\n</pre>" in markdown.markdown(page.format(""), extensions=["provenum"])
    assert "33\n</pre>" in markdown.markdown(page.format(' width="33"'), extensions=["provenum"])


def test_a_cell_may_work_in_another_folder(tmp_path):
    page = f'```python exec="on" workdir="{tmp_path.as_posix()}"\nimport os\nprint(os.listdir())\n```'
    (tmp_path / "only this").touch()
    assert "['only this']" in markdown.markdown(page, extensions=["provenum"])


@pytest.mark.parametrize("value", ["off", "OFF", "no", "0", "false", ""])
def test_a_fence_says_itself_whether_it_is_run(value):
    page = f'```python exec="{value}"\nprint("run")\n```'
    assert "cell" not in markdown.markdown(page, extensions=["fenced_code", "provenum"])


@pytest.mark.parametrize("head", ["python exec=on timeout=2", "py exec='yes'", "python exec=1"])
def test_a_fence_may_be_written_in_some_ways(head):
    assert "cell-output" in markdown.markdown(f"```{head}\nprint(1)\n```", extensions=["provenum"])


def test_the_findings_are_data_too():
    with pytest.raises(ProofError) as error:
        markdown.markdown("Fine.\n\nIt is [[0.5 = 0.6]].", extensions=["provenum"])
    (finding,) = error.value.findings
    assert isinstance(finding, Finding)
    assert (error.value.page, finding.line, finding.correction) == ("<markdown>", 3, (15, 18, "0.6"))
    assert dict(finding.facts)["write"] == "[[0.6 = 0.6]]"


def test_the_settings_unless_a_book_has_its_own():
    told = {"seconds": 30.0, "coverage": True, "prove": True, "cache": "", "watch": ["src"], "symbols": {}}
    assert ProvenumExtension().getConfigs() == {**told, "glossary": "", "live": ""}


def test_every_term_that_is_not_defined_is_named():
    root = ElementTree.Element("p")
    for link in ("other.md#c", "glossary.md#a", "glossary.md#known", "glossary.md#b"):
        ElementTree.SubElement(root, "a", href=link)
    assert list(glossary.attach(root, "glossary.md", {"known": "a term"})) == ["a", "b"]
    assert len(root.findall("span")) == 1

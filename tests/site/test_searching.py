"""What `docs/searching.py` spares the search, and that the search misses nothing by it."""

import json
import runpy
import subprocess
import sys
from types import SimpleNamespace

from tests.site.book import ROOT

HOOK = ROOT / "docs" / "searching.py"
PAGE = """
# A neuron

It answers [[5 = 2 + 3]] to *two* inputs.

```python exec="on"
class Drawing:
    def _repr_html_(self):
        return "<svg><title>A drawn neuron</title><text>w1</text></svg>"

weights = {"one": 1.5}  # a comment
Drawing()
```

## More of it

```python
def summed(x):
    return [
        number + 1

        for number in x
    ]
```

After the code, $a + [[2 = 2]]$.
"""


def book(folder, hooks):
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "index.md").write_text(PAGE, "utf-8")
    settings = [
        "site_name: Book",
        "theme: material",
        f"hooks: [{hooks}]",
        "plugins: [search]",
        "markdown_extensions: [provenum, pymdownx.superfences, {pymdownx.highlight: {linenums: true}}]",
    ]
    (folder / "mkdocs.yml").write_text("\n".join(settings), "utf-8")
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=folder, check=True)
    return folder / "site"


def test_the_search_finds_what_it_would_find_without_and_the_page_is_the_same(tmp_path):
    with_it, without = book(tmp_path / "with", HOOK), book(tmp_path / "without", "")
    for name in ("search/search_index.json", "index.html"):
        assert (with_it / name).read_text("utf-8") == (without / name).read_text("utf-8")
    (first, second) = json.loads((with_it / "search" / "search_index.json").read_text("utf-8"))["docs"]
    assert "It answers 5 to two inputs" in first["text"]
    assert "number + 1" in second["text"]


def test_the_search_reads_no_drawing_no_receipt_no_line_numbers_and_no_colours():
    shorten, restore = runpy.run_path(str(HOOK))["on_page_context"].methods
    whole = (
        '<p>one <svg a="b"><text>two</text></svg><data>3</data>'
        '<span class="receipt" id="r"><small>4</small></span><div class="linenodiv"><pre>5</pre></div>'
        '<code><span class="n">six</span><span class="o">=</span></code></p>'
    )
    page = SimpleNamespace(url="", content=whole)
    shorten({}, page=page)
    assert page.content == "<p>one <data>3</data><code>six=</code></p>"
    restore({}, page=page)
    assert page.content == whole

"""What is put back is what was there: values, and which of them are one and the same thing."""

import random
import sys
import tomllib
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenum.checkpoint import Copier
from provenum.session import CellError, Session


class Page:
    """A session and its copier; `run` runs code in it and `page["name"]` is a value."""

    def __init__(self, source=""):
        self.session = Session("page", "")
        self.copier = Copier(self.session.names)
        self.run(source)

    def run(self, source):
        return self.session.run(source, 1)

    def __getitem__(self, expression):
        return self.session.evaluate(expression)


CASES = tomllib.loads(Path(__file__).with_name("checkpoints.toml").read_text("utf-8"))["case"]
EACH_CASE = pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])


@EACH_CASE
def test_a_change_is_taken_back_each_time(case):
    page = Page(case["made"])
    assert page[case["again"]], "the case itself is wrong"
    page = Page(case["made"])
    checkpoint = page.copier.save()
    for _ in range(2):
        page.run(case["change"])
        page.copier.restore(checkpoint)
        assert page[case["again"]]
        page.copier.restore(checkpoint)  # for looking may have changed something, too


@EACH_CASE
def test_without_that_the_change_would_stay(case):
    page = Page(case["made"])
    page.run(case["change"])
    with suppress(CellError):
        assert not page[case["again"]]


@EACH_CASE
def test_what_is_done_aside_changes_nothing(case):
    page = Page(case["made"])
    checkpoint = page.copier.save()
    names = dict(page.session.names)
    with page.copier.aside(checkpoint):
        page.run(case["change"])
    assert dict(page.session.names) == names
    assert all(page.session.names[name] is names[name] for name in names)
    assert page[case["again"]]


def test_aside_shows_what_was_and_not_what_is():
    page = Page("x = [1]\nclass A: n = [1]")
    checkpoint = page.copier.save()
    page.run("x.append(2)\nA.n.append(2)")
    with page.copier.aside(checkpoint):
        assert (page["x"], page["A.n"]) == ([1], [1])
    assert (page["x"], page["A.n"]) == ([1, 2], [1, 2])


def test_what_stays_the_same_is_the_very_same():
    page = Page("import math\ndef f(): return x\nclass A: ...\nx = 1\na = A()")
    before = [page[name] for name in ("math", "f", "A")]
    checkpoint = page.copier.save()
    page.run("x = 2")
    page.copier.restore(checkpoint)
    assert [page[name] for name in ("math", "f", "A")] == before
    assert page["f()"] == 1
    assert page["f.__globals__ is globals() and isinstance(a, A)"]


def test_a_class_and_a_function_of_an_earlier_checkpoint_come_back_as_they_were_there():
    page = Page("class A: n = 1")
    first = page.copier.save()
    page.run("class A: n = 2")
    second = page.copier.save()
    page.run("A.n = 3")
    for checkpoint, n in ((second, 2), (first, 1), (second, 2)):
        page.copier.restore(checkpoint)
        assert page["A.n"] == n


@pytest.mark.parametrize(
    "source",
    [
        "x = [1]\ny = x",
        "y = [1]\nx = (y,)[0]",
        "class A: ...\nx = A()\ny = x",
        "import numpy as np\nx = np.ones(3)\ny = x",
        "x = []\nx.append(x)\ny = x[0]",
        "x = [1]\nclass A: z = x\ny = A.z",
        "x = [1]\ndef f(z=x): return z\ny = f()",
    ],
)
def test_two_names_of_one_thing_are_still_two_names_of_one_thing(source):
    page = Page(source)
    page.copier.restore(page.copier.save())
    assert page["x is y"]


CHAINS = {
    "objects": "class A:\n    def __init__(self, before): self.before = before\nlink = A",
    "functions": "def link(before):\n    def f(): return before\n    return f",
    "objects in lists": "class A:\n    def __init__(self, *before): self.before = [before]\nlink = A",
}


@pytest.mark.parametrize("chain", CHAINS)
def test_a_chain_may_be_long(chain):
    page = Page(f"{CHAINS[chain]}\nx = [0]\nfor _ in range(20_000): x = link(x)")
    checkpoint = page.copier.save()
    page.run("x = 1")
    page.copier.restore(checkpoint)
    assert page["type(x) is type(link(0))"]


def test_a_list_that_a_class_and_a_name_share_is_still_shared():
    page = Page("x = [1]\nclass A: z = x\ndef f(z=x): return z")
    page.copier.restore(page.copier.save())
    assert page["x is A.z is f()"]


VIEWS = {
    "a row": "x[1]",
    "a column": "x[:, 2]",
    "backwards": "x[::-1, ::-2]",
    "turned": "x.T",
    "another shape": "x[1:2].reshape(2, 1, 2)",
    "a view of a view": "x[1:][0][1:]",
    "other numbers in the same memory": "x.view(np.int64)",
    "one number": "x[2:3, 3:4].reshape(())",
}


LAYOUTS = {"by rows": "x.copy()", "by columns": "np.asfortranarray(x)"}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("view", VIEWS)
def test_a_view_of_an_array_is_still_one(view, layout):
    source = f"import numpy as np\nx = np.arange(12.0).reshape(3, 4)\nx = {LAYOUTS[layout]}\n"
    page = Page(f"{source}y = {VIEWS[view]}")
    assert np.shares_memory(page["x"], page["y"])
    before = page["y"].copy(), page["x"].flags, page["y"].strides
    page.copier.restore(page.copier.save())
    page.copier.restore(page.copier.save())  # and a copy of the copy
    x, y = page["x"], page["y"]
    assert np.array_equal(y, before[0])
    assert (x.flags.c_contiguous, x.flags.owndata, y.strides) == (before[1].c_contiguous, True, before[2])
    y[...] = -1
    assert np.array_equal(page[VIEWS[view]], y)


@pytest.mark.parametrize(
    "array",
    [
        "np.zeros(0)",
        "np.zeros((3, 0))",
        "np.array(1.5)",
        "np.array(['a', 'bc'])",
        "np.array([True, False])",
        "np.array([(1, 2.5)], [('a', int), ('b', float)])",
        "np.arange(6).reshape(2, 3).T.copy(order='K')",
        "np.arange(24).reshape(2, 3, 4).transpose(1, 0, 2).copy(order='K')",
        "np.ma.masked_array([1, 2], [True, False])",
        "np.frombuffer(b'abcd', np.uint8)",
        "np.broadcast_to(np.arange(3), (2, 3))",
        "np.array([np.datetime64('2020-01-01')])",
        "np.array([1, 2], '>i4')",
    ],
)
def test_an_array_of_any_kind_comes_back(array):
    page = Page(f"import numpy as np\nx = {array}")
    before = page["x"]
    page.copier.restore(page.copier.save())
    after = page["x"]
    assert type(after) is type(before)
    assert (after.dtype, after.shape, after.flags.writeable) == (
        before.dtype,
        before.shape,
        before.flags.writeable,
    )
    assert after.tolist() == before.tolist()
    assert after is not before


@pytest.mark.parametrize("kind", ["'M8[D]'", "[('a', 'i4'), ('b', 'f8')]", "'>f4'", "'S3'"])
def test_a_view_may_be_of_numbers_of_any_kind(kind):
    page = Page(f"import numpy as np\nx = np.arange(6).astype('i4').astype({kind})\ny = x[1:4]")
    before = page["y.tolist()"]
    page.copier.restore(page.copier.save())
    assert page["y.tolist()"] == before
    assert page["np.shares_memory(x, y) and x.flags.owndata"]


def test_an_array_can_be_resized_after_a_checkpoint():
    page = Page("import numpy as np\nx = np.zeros(3)")
    page.copier.save()
    page.run("x.resize(5)")
    page.copier.restore(page.copier.save())
    page.run("x.resize(7)")
    assert page["x.shape"] == (7,)


def test_an_array_that_has_not_changed_is_kept_once():
    page = Page("import numpy as np\nx = np.ones(1000)\ny = np.ones(1000)")
    first = page.copier.save()
    page.run("y[0] = 2")
    second = page.copier.save()
    page.copier.restore(second)
    third = page.copier.save()
    assert second.arrays[0] is first.arrays[0]
    assert second.arrays[1] is not first.arrays[1]
    assert [a is b for a, b in zip(third.arrays, second.arrays, strict=True)] == [True, True]
    assert len(first.stream) < 1000


@pytest.mark.parametrize(
    "source", ["x = (i for i in [1])", "import sys\nx = sys.stdout", "import threading\nx = threading.Lock()"]
)
def test_what_can_not_be_copied_is_not(source):
    page = Page(source)
    with pytest.raises(TypeError, match=r"cannot pickle|can't pickle"):
        page.copier.save()


def test_what_can_not_be_made_anew_leaves_everything_as_it_is():
    page = Page("class A:\n    def __setstate__(self, state): 1 / 0\nx = A()\nx.w = 1\ny = 1")
    checkpoint = page.copier.save()
    page.run("y = 2")
    with pytest.raises(ZeroDivisionError):
        page.copier.restore(checkpoint)
    assert page["y"] == 2
    with pytest.raises(ZeroDivisionError), page.copier.aside(checkpoint):
        pass
    assert page["y"] == 2


CHANCE = {
    "random": ("import random", "random.seed(1)", "random.random()"),
    "numpy": ("import numpy as np", "np.random.seed(1)", "np.random.normal()"),
}


@pytest.fixture
def _chance():
    states = random.getstate(), np.random.get_state()
    np.random.set_state(np.random.RandomState().get_state())
    yield
    random.setstate(states[0])
    np.random.set_state(states[1])


@pytest.mark.usefixtures("_chance")
@pytest.mark.parametrize("which", CHANCE)
def test_below_a_seed_the_same_numbers_are_drawn_each_time(which):
    module, seed, draw = CHANCE[which]
    page = Page(f"{module}\n{seed}")
    seeded = page.copier.save()
    first = page[draw]
    page.copier.restore(seeded)
    assert page[draw] == first
    drawn = page.copier.save()
    second = page[draw]
    assert second != first
    page.copier.restore(drawn)
    assert page[draw] == second


@pytest.mark.usefixtures("_chance")
@pytest.mark.parametrize("which", CHANCE)
def test_without_a_seed_new_numbers_are_drawn_each_time(which):
    module, _, draw = CHANCE[which]
    page = Page(module)
    unseeded = page.copier.save()
    drawn = {page[draw]}
    for _ in range(3):
        page.copier.restore(unseeded)
        drawn.add(page[draw])
    assert len(drawn) == 4


@pytest.mark.usefixtures("_chance")
@pytest.mark.parametrize("which", CHANCE)
def test_chance_goes_on_after_something_was_done_aside(which):
    module, seed, draw = CHANCE[which]
    page = Page(f"{module}\n{seed}")
    checkpoint = page.copier.save()
    drawn = page[draw], page[draw]
    page.copier.restore(checkpoint)
    first = page[draw]
    with page.copier.aside(checkpoint):
        assert page[draw] == drawn[0]
    assert (first, page[draw]) == drawn


@pytest.mark.usefixtures("_chance")
@pytest.mark.parametrize("use", ["np.random.seed(1)", "np.random.random()", "np.random.normal()"])
def test_a_page_that_is_first_to_import_numpy_may_seed_it_at_once(use, monkeypatch):
    with monkeypatch.context() as patched:
        patched.delitem(sys.modules, "numpy.random")
        page = Page()
    page.session.names["np"] = np
    unused = page.copier.save()
    page.run(use)
    used = page.copier.save()
    assert "numpy.random" not in unused.chance
    assert "numpy.random" in used.chance


@pytest.mark.usefixtures("_chance")
@pytest.mark.parametrize("use", ["np.random.seed(1)", "np.random.random()", "np.random.normal()"])
def test_and_may_do_so_before_the_first_checkpoint(use, monkeypatch):
    with monkeypatch.context() as patched:
        patched.delitem(sys.modules, "numpy.random")
        page = Page()
    page.session.names["np"] = np
    page.run(use)
    assert "numpy.random" in page.copier.save().chance


text = st.text("ab", max_size=2)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | text | st.binary(max_size=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3) | st.tuples(inner),
    max_leaves=5,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from("abcd"), values, max_size=3))
def test_whatever_is_there_comes_back_and_shares_what_it_shared(names):
    page = Page()
    page.session.names.update(names, together=list(names.values()))
    checkpoint = page.copier.save()
    page.session.names.clear()
    page.copier.restore(checkpoint)
    back = page.session.names
    assert {name: back[name] for name in names} == names
    for name, twin in zip(names, back["together"], strict=True):
        assert back[name] is twin or not isinstance(twin, list | dict)


def test_where_numpy_is_not_loaded_it_has_no_generator_to_keep(monkeypatch):
    monkeypatch.delitem(sys.modules, "numpy.random", raising=False)
    assert "numpy.random" not in Copier({}).save().chance

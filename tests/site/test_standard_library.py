"""What runs in the browser rests on the standard library: no Markdown is there, and NumPy comes later."""

import subprocess
import sys

from tests.site.book import PATIENCE, ROOT


def alone(program: str) -> subprocess.CompletedProcess:
    """A Python with nothing but the standard library and this source."""
    program = f"import sys; sys.path.append({str(ROOT / 'src')!r})\n{program}"
    return subprocess.run([sys.executable, "-ISc", program], capture_output=True, text=True, timeout=PATIENCE)


def test_the_live_page_needs_the_standard_library_alone():
    program = """
        from provenum.live import LivePage
        said = []
        page = LivePage("page", said.append)
        page.run(1, "print(6 * 7)")
        print("".join(said), end="")
        loaded = {name.partition(".")[0] for name in sys.modules} - {"__main__", "provenum"}
        print(loaded - sys.stdlib_module_names)
    """
    ended = alone("\n".join(line.strip() for line in program.splitlines()))
    assert (ended.stderr, ended.stdout) == ("", "42\nset()\n")


def test_what_is_not_there_alone_is_markdown():
    ended = alone("import provenum\nprovenum.ProofError\nprovenum.prove")
    assert ended.stderr.endswith("ModuleNotFoundError: No module named 'markdown_exec'\n")

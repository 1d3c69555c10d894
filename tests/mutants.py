"""Break pencilnet and provenum a little at a time, and see whether their tests notice.

    python tests/mutants.py    runs mutmut; exit status 1 if fewer than nine in ten mutants are noticed, or
                               if one survives that tests/mutants.toml does not list with its reason

What mutmut mutates and which tests it runs is said in pyproject.toml. What it finds is left in mutants/, for
`mutmut browse`.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
ENOUGH = 0.9
TESTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"][
    "pytest_add_cli_args_test_selection"
]
UNNOTICED = ("survived", "no tests", "suspicious", "not checked")
"""Every other verdict (killed, timeout, segfault) means that the tests did not pass."""


class Change(NamedTuple):
    """What a mutant changed: where, and the lines before and after."""

    where: str
    was: str
    becomes: str


def mutmut(*arguments: str, capture: bool = False) -> str:
    """Run a command of mutmut. A process that a test starts imports the mutants too."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "mutants" / "src")}
    command = [sys.executable, "-m", "mutmut", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, check=True, text=True, stdout=subprocess.PIPE if capture else None
    ).stdout


COLLECTED_TWICE = """
import pytest, sys

class Names:
    def pytest_collection_finish(self, session):
        self.found = {item.nodeid for item in session.items}

names = []
for _ in range(2):
    plugin = Names()
    pytest.main(["--collect-only", "-qqq", *sys.argv[1:]], plugins=[plugin])
    names.append(plugin.found)
sys.exit("\\n".join(sorted(names[0] ^ names[1])) or None)
"""


def named_alike() -> None:
    """Stop where a test gets another name when its process collects it again, as mutmut's does.

    It would not be found, and every mutant that it sees would count as killed. pytest escapes names that are
    given with `ids` once more each time.
    """
    command = [sys.executable, "-c", COLLECTED_TWICE, *TESTS]
    collected = subprocess.run(command, cwd=ROOT, text=True, capture_output=True)
    if collected.returncode:
        raise SystemExit(f"mutants: mutmut would not find these tests again:\n{collected.stderr}")


def verdicts() -> dict[str, str]:
    """Each mutant's name and what became of it."""
    return dict(
        re.findall(r"^ *(\S+): (.+)$", mutmut("results", "--all", "true", capture=True), re.MULTILINE)
    )


def change(mutant: str) -> Change:
    """What a mutant changed, told so that it stays true when lines move."""
    module, _, function = mutant.rpartition(".")
    name = re.sub(r"^x_?|__mutmut_\d+$", "", function).replace("ǁ", ".").strip(".")
    lines = mutmut("show", mutant, capture=True).splitlines()
    was, becomes = (
        " ".join(line[1:].strip() for line in lines if re.match(rf"\{sign}(?!\{sign}\{sign})", line))
        for sign in "-+"
    )
    return Change(f"{module}.{name}", was, becomes)


def excused() -> dict[Change, str]:
    """The survivors that do no harm, each with its reason."""
    listed = tomllib.loads((ROOT / "tests" / "mutants.toml").read_text("utf-8")).get("harmless", [])
    return {
        Change(entry["where"], entry["was"], becomes): entry["reason"]
        for entry in listed
        for becomes in entry["becomes"]
    }


def share(found: dict[str, str], package: str) -> float:
    """Which part of a package's mutants the tests noticed; says it too."""
    count = Counter(verdict for name, verdict in found.items() if name.startswith(f"{package}."))
    noticed = 1 - sum(count[verdict] for verdict in UNNOTICED) / count.total()
    details = ", ".join(f"{number} {verdict}" for verdict, number in count.items())
    print(f"{package}: {noticed:.1%} of {count.total()} mutants noticed ({details})")
    return noticed


def main() -> int:
    if not shutil.which("mutmut", path=Path(sys.executable).parent):
        raise SystemExit("mutants: mutmut runs on Linux and on Macs with Apple silicon")
    named_alike()
    shutil.rmtree(ROOT / "mutants", ignore_errors=True)
    (ROOT / "mutants" / "src").mkdir(parents=True)  # Python remembers of a path that it was not there
    mutmut("run")
    found = verdicts()
    shares = [share(found, package) for package in ("pencilnet", "provenum")]
    survivors = {name: change(name) for name, verdict in found.items() if verdict in UNNOTICED}
    reasons = excused()
    unlisted = {name: changed for name, changed in survivors.items() if changed not in reasons}
    for name, changed in unlisted.items():
        print(f"\n{name} survives, and tests/mutants.toml does not say why:")
        print(f"where = '{changed.where}'\nwas = '''{changed.was}'''\nbecomes = ['''{changed.becomes}''']")
    stale = set(reasons) - set(survivors.values())
    for changed in stale:
        print(f"\ntests/mutants.toml excuses a mutant that is not there or does not survive: {changed}")
    return int(bool(unlisted or stale) or min(shares) < ENOUGH)


if __name__ == "__main__":
    sys.exit(main())

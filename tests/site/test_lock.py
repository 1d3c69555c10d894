"""The lock names versions and hashes, no host, and all that pyproject.toml asks for."""

import re
import tomllib

from tests.site.book import ROOT

LOCK = (ROOT / "requirements.lock").read_text("utf-8")
LOCKED = re.findall(r"^([a-z0-9-]+)==\S+((?: ; [^\\\n]+)?) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", LOCK, re.MULTILINE)


def test_the_lock_holds_nothing_but_versions_and_hashes():
    lines = sum(1 + hashes.count("\n") for _, _, hashes in LOCKED)
    assert lines == len(LOCK.splitlines())


def test_a_package_has_one_version_everywhere():
    names = [name for name, _, _ in LOCKED]
    assert len(names) == len(set(names))


def test_the_lock_has_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"], *sum(extras, [])]
    names = {re.match(r"[\w-]+", wish)[0] for wish in wanted}
    assert names <= {name for name, _, _ in LOCKED}


def test_no_file_names_a_registry():
    files = [ROOT / name for name in ("Makefile", "pyproject.toml", "requirements.lock", "package.json", ".ci/run")]
    files += ROOT.glob("package-lock.json")
    hosts = re.compile(r'"resolved"|index-url|find-links|registry\.npmjs|pypi\.org|files\.pythonhosted')
    named = {file.name: found for file in files if (found := hosts.findall(file.read_text("utf-8").replace("--no-emit-index-url", "")))}
    assert named == {}

"""The lock names versions and hashes, no host, and all that pyproject.toml asks for."""

import re
import tomllib
from itertools import chain

import pytest
from tests.site.book import ROOT

LOCK = (ROOT / "requirements.lock").read_text("utf-8")
LOCKED = re.findall(
    r"^([a-z0-9-]+)==\S+((?: ; [^\\\n]+)?) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)",
    LOCK,
    re.MULTILINE,
)


def test_the_lock_holds_nothing_but_versions_and_hashes():
    lines = sum(1 + hashes.count("\n") for _, _, hashes in LOCKED)
    assert lines == len(LOCK.splitlines())


def test_a_package_has_one_version_everywhere():
    names = [name for name, _, _ in LOCKED]
    assert len(names) == len(set(names))


def test_the_lock_has_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]
    del extras["peers"]  # large, and not the same build everywhere
    wanted = [
        *project["project"]["dependencies"],
        *project["build-system"]["requires"],
        *chain(*extras.values()),
    ]
    names = {re.match(r"[\w-]+", wish)[0] for wish in wanted}
    assert names <= {name for name, _, _ in LOCKED}


NAMING = r'"resolved"|(?<!no-emit-)index-url|find-links|registry\.npmjs|pypi\.org|files\.pythonhosted'
"""What a file has in it that ties an installation to one registry."""


@pytest.mark.parametrize(
    "file",
    [
        "Makefile",
        "pyproject.toml",
        "requirements.lock",
        "package.json",
        "package-lock.json",
        ".npmrc",
        ".ci/run",
    ],
)
def test_no_file_names_a_registry(file: str):
    assert re.findall(NAMING, (ROOT / file).read_text("utf-8")) == []

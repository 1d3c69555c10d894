"""What `make` would run is shell, for every target. A comma in a step's words once made it none."""

import re
import shutil
import subprocess

import pytest
from tests.site.book import ROOT

TARGETS = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
@pytest.mark.parametrize("target", TARGETS)
def test_what_a_target_runs_can_be_read_by_the_shell(target):
    told = subprocess.run(["make", "-nB", target], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip()
    read = subprocess.run(["sh", "-n"], input=told.stdout, capture_output=True, text=True)
    assert (read.returncode, read.stderr) == (0, "")

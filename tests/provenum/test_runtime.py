"""Which Python a page's cells name, and what its reader is told where there is none."""

import hashlib
import json

import pytest

from provenum.runtime import Runtime, fingerprint, read


@pytest.fixture
def src(tmp_path):
    for name in ("b.py", "a/b.py", "a/notes.txt"):
        path = tmp_path / "src" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"text of {name}", "utf-8")
    return tmp_path / "src"


def test_the_fingerprint_is_of_names_and_texts(src):
    whole = hashlib.sha256(b"a/b.py\0text of a/b.py\0b.py\0text of b.py\0").hexdigest()
    assert fingerprint([src]) == whole[:16]


@pytest.mark.parametrize("change", ["text", "name", "more"])
def test_another_source_has_another_fingerprint(src, change):
    before = fingerprint([src])
    if change == "text":
        (src / "b.py").write_text("text of b", "utf-8")
    elif change == "name":
        (src / "b.py").rename(src / "c.py")
    else:
        (src / "c.py").touch()
    assert fingerprint([src]) != before


def manifest(src, text):
    path = src / "manifest.json"
    path.write_text(text, "utf-8")
    return read(path, [src])


def test_a_manifest_of_this_source_gives_its_version(src):
    said = json.dumps({"version": "abc", "library": fingerprint([src]), "files": {}})
    assert manifest(src, said) == Runtime("abc", "")


def test_without_a_manifest_there_is_no_python(src):
    assert read(src / "none.json", [src]) == Runtime(
        "", "this copy of the book was made without Python for the browser"
    )


def test_a_reason_is_passed_on(src):
    assert manifest(src, '{"off": "no network"}') == Runtime("", "no network")


def test_a_half_written_manifest_is_named(src):
    path = (src / "manifest.json").as_posix()
    assert manifest(src, '{"off": ') == Runtime("", f"{path} is damaged; make assets writes it anew")


def test_a_changed_library_is_told(src):
    said = json.dumps({"version": "abc", "library": fingerprint([src])})
    (src / "b.py").write_text("x = 1", "utf-8")
    assert manifest(src, said) == Runtime(
        "", "the library has changed since its copy for the browser was made; make assets makes a new one"
    )

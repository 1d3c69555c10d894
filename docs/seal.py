"""Seal a built site: what its pages may do, which build they are of, and which files belong together.

`make build` runs this on what either builder has made. Every page gets

- a content security policy: scripts of the site itself and, by their hashes, the theme's few inline ones.
  Python needs two things more (docs/elements/sandbox.html): WebAssembly, and a worker made in a frame.
  No page may run anything else that is written into it, or ask any other site for anything;
- the number of the build, by which the service worker (docs/service-worker.js) tells whether a page
  and its files belong together.

The service worker gets that number and the fingerprint of every file. `make serve` seals nothing: its
pages reload by an inline script and change all the time. The reader's code is shut in there just as well,
because the frame it runs in brings a policy of its own.
"""

import base64
import hashlib
import json
import re
import sys
from pathlib import Path

POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'", "'wasm-unsafe-eval'"],  # and hashes
    "worker-src": ["'self'", "blob:"],  # the search, the service worker; Python's, which the frame makes
    "connect-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],  # the theme's icons are data in its style sheet
    "font-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
}
CHARSET = '<meta charset="utf-8">'
SEAL = '<meta http-equiv="Content-Security-Policy" content="{policy}">\n<meta name="build" content="{build}">'
SEALED = re.compile(r"\n" + re.escape(SEAL).replace(r"\{policy\}", '[^"]*').replace(r"\{build\}", "[0-9a-f]*"))
INLINE = re.compile(r"<script(?P<attributes>[^>]*)>(?P<source>.*?)</script>", re.DOTALL)
DATA = re.compile(r"""\bsrc=|\btype=["']?application/json""")
OFFLINE = re.compile(r"<h1>There is no such page.*?<template>(.*?)</template>", re.DOTALL)
WORKER, SANDBOX = "service-worker.js", "elements/sandbox.html"
DATED = {"sitemap.xml", "sitemap.xml.gz"}
"""Differ between two builds of the same book, and are for no reader."""


def hashes(page: str) -> list[str]:
    """What allows each inline script of a page, by its content."""
    sources = [
        match["source"].replace("\r\n", "\n")
        for match in INLINE.finditer(page)
        if not DATA.search(match["attributes"])
    ]
    digests = [hashlib.sha256(source.encode()).digest() for source in sources]
    return sorted({f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests})


def policy(page: str, sandbox: str) -> str:
    """The page's policy. What runs in the frame is held by it too, hence the sandbox's own hash."""
    sources = {**POLICY, "script-src": [*POLICY["script-src"], *hashes(page), *hashes(sandbox)]}
    return "; ".join(" ".join([directive, *allowed]) for directive, allowed in sources.items())


def sealed(page: str, build: str, sandbox: str) -> str:
    """The page with its seal, before anything that could load or run."""
    before, charset, after = page.partition(CHARSET)
    if not charset or re.search("<(?:script|link|style)", before):
        raise ValueError(f"the head of a page must begin with {CHARSET}")
    return before + charset + "\n" + SEAL.format(policy=policy(page, sandbox), build=build) + after


def split_off_the_offline_page(site: Path) -> None:
    """404.html says in a template what it says when there is no network: that becomes offline.html."""
    lost = site / "404.html"
    page = lost.read_text("utf-8")
    if template := OFFLINE.search(page):
        offline = page[: template.start()] + template[1].strip() + page[template.end() :]
        (site / "offline.html").write_text(offline, "utf-8")
        lost.write_text(re.sub(r"\s*<template>.*?</template>", "", page, flags=re.DOTALL), "utf-8")


def fingerprint(content: bytes) -> str:
    """Sha-256 as the browser writes it."""
    return hashlib.sha256(content).hexdigest()


def seal(site: Path) -> str:
    """Seal every page of the site and return the number of the build."""
    split_off_the_offline_page(site)
    files = {file.relative_to(site).as_posix(): file for file in site.rglob("*") if file.is_file()}
    files = {path: files[path] for path in sorted(files) if path not in DATED}
    worker = files.pop(WORKER)
    pages = {
        path: SEALED.sub("", file.read_text("utf-8"))
        for path, file in files.items()
        if path.endswith(".html") and path != SANDBOX
    }
    sandbox = files[SANDBOX].read_text("utf-8") if SANDBOX in files else ""

    unsealed = {
        path: fingerprint(pages[path].encode() if path in pages else file.read_bytes())
        for path, file in files.items()
    }
    script = re.sub(r"^const (BUILD|FILES) = .*;$", r"const \1 = null;", worker.read_text("utf-8"), flags=re.M)
    build = fingerprint(json.dumps([unsealed, script]).encode())[:12]

    for path, page in pages.items():
        files[path].write_text(sealed(page, build, sandbox), "utf-8")
    listed = {path: fingerprint(file.read_bytes()) for path, file in files.items()}
    for name, value in {"BUILD": build, "FILES": listed}.items():
        script = script.replace(f"const {name} = null;", f"const {name} = {json.dumps(value)};")
    worker.write_text(script, "utf-8")
    return build


if __name__ == "__main__":
    print(f"{sys.argv[1]} is sealed as build {seal(Path(sys.argv[1]))}")

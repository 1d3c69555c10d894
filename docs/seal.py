"""Seal a built site: what its pages may do, which build they are of, and which files belong together.

`make build` runs this on what either builder has made. Every page gets

- a content security policy: the site's own scripts and styles and, each by its hash, what the builder has
  written into the page (the theme's few scripts; how tables and formulas are aligned). Python needs two
  things more, since the frame it runs in (docs/elements/sandbox.html) is held by the page's policy as well:
  WebAssembly, and scripts handed over as blobs. Nothing else that gets into a page is run, and no other
  site is asked for anything;
- the number of the build, by which the service worker (docs/service-worker.js) tells whether a page
  and its files belong together;
- one style sheet in place of many, each of which would cost a phone a round trip before anything is seen;
- a box around each table, for the theme to put its own into;
- the theme's script after the page has been seen (docs/elements/elements.js fetches it), and without two of
  its habits: to fetch the words of the whole book before anybody searches, and to repeat the colour scheme of
  the style sheet in a tag, at which a browser styles the whole page anew, twice.

The service worker gets the build's number and the fingerprint of every file.

`make serve` seals nothing: its pages reload by an inline script and change all the time. The reader's code
is shut in there just as well, because the frame it runs in brings a policy of its own.
"""

import base64
import hashlib
import html
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path

POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'", "blob:", "'wasm-unsafe-eval'"],  # blobs are made by scripts that run already
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
SEALED = re.compile(
    r"\n" + re.escape(SEAL).replace(r"\{policy\}", '[^"]*').replace(r"\{build\}", "[0-9a-f]*")
)
INLINE = re.compile(r"<script(?P<attributes>[^>]*)>(?P<source>.*?)</script>", re.DOTALL)
DATA = re.compile(r"""\bsrc=|\btype=["']?application/json""")
STYLED = re.compile(r"""<[a-zA-Z][^<>]*\sstyle="([^"]*)\"""")
IN_SCRIPT = re.compile(r"""\("style",\{\},(\w+)\.toString\(\)\)""")
OFFLINE = re.compile(r"<h1>There is no such page.*?<template>(.*?)</template>", re.DOTALL)
SWITCHING = re.compile(r"\[data-md-color-switching\] \*,[^{}]*\{[^{}]*\}")
"""The theme's rule that nothing fades while the scheme is changed. Each page that opens changes it, and back,
and each time every element is styled anew. Without the rule what fades otherwise fades then too."""
EARLY_SEARCH = re.compile(r"""(?<=\()location\.protocol!=="file:"(?=\),\w+\("search"\)\))""")
EARLY_MARKS = re.compile(r"""(\{index\$:(\w+),location\$:(\w+)\}\)\{return \w+\(\[)\2,""")
"""What was searched for is marked on the page that was found, whose address says h=."""
REPEATED_SCHEME = '("meta",{name:"color-scheme"})'
TABLE = re.compile(r"(?<!<div class=\"md-typeset__table\">)<table>.*?</table>", re.DOTALL)
BOXED = r'<div class="md-typeset__scrollwrap"><div class="md-typeset__table">\g<0></div></div>'
LATE_BOXES = re.compile(r"""\.\.\.\w+\("table:not\(\[class\]\)",\w+\)\.map\(\w+=>\w+\(\w+\)\),""")
"""The theme's box that scrolls is there from the beginning: when its script makes it, a browser styles all
neighbours of what was moved anew (its rules for <mmultiscripts> count children), and then the whole page."""
MEASURED_CODE = re.compile(
    r"""\.\.\.\w+\("pre:not\(\.mermaid\) > code",\w+\)\.map\(\w+=>\w+\(\w+,\{\w+\$:\w+,\w+\$:\w+\}\)\),"""
)
"""What scrolls can be reached by keyboard: scroll.js sees to that, block by block as each is shown. The theme
measures all code at once, even what is folded away, and the page is styled anew for every block."""
BUNDLE = re.compile(r"""<script src="(?=[^"]*/bundle\.[^"]*"></script>)""")
SHEET = re.compile(r"""\s*<link rel="stylesheet" href="([^"]+)">""")
WORKER, SANDBOX = "service-worker.js", "elements/sandbox.html"
DATED = {"sitemap.xml", "sitemap.xml.gz"}
"""Differ between two builds of the same book, and are for no reader."""


def hashes(sources: Iterable[str]) -> list[str]:
    """What allows each script or style, and nothing else, by its content."""
    digests = {hashlib.sha256(source.replace("\r\n", "\n").encode()).digest() for source in sources}
    return sorted(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def scripts(page: str) -> list[str]:
    """The scripts that stand in a page."""
    return [match["source"] for match in INLINE.finditer(page) if not DATA.search(match["attributes"])]


def style_attributes(page: str) -> list[str]:
    """How single elements of a page are styled."""
    return [html.unescape(style) for style in STYLED.findall(page)]


def styles_in_scripts(site: Path) -> list[str]:
    """The style sheet that the script of Zensical's search brings along."""
    found = []
    for file in sorted(site.glob("assets/javascripts/bundle.*.js")):
        script = file.read_text("utf-8")
        for name in IN_SCRIPT.findall(script):
            (text,) = re.findall(rf"\b{name}='((?:[^'\\]|\\.)*)'", script)
            found.append(re.sub(r"\\(.)", r"\1", text))
    return found


def policy(page: str, allowed: dict[str, list[str]]) -> str:
    """What holds for every page, what every page of this site is allowed besides, and what this one needs."""
    sources = {directive: [*always, *allowed.get(directive, [])] for directive, always in POLICY.items()}
    sources["script-src"] += hashes(scripts(page))
    if styles := hashes(style_attributes(page)):
        sources["style-src"] += ["'unsafe-hashes'", *styles]  # hashes hold for attributes too
    return "; ".join(" ".join([directive, *values]) for directive, values in sources.items())


def sealed(page: str, build: str, allowed: dict[str, list[str]]) -> str:
    """The page with its seal, before anything that could load or run."""
    before, charset, after = page.partition(CHARSET)
    if not charset or re.search("<(?:script|link|style)", before):
        raise ValueError(f"the head of a page must begin with {CHARSET}")
    return before + charset + "\n" + SEAL.format(policy=policy(page, allowed), build=build) + after


def split_off_the_offline_page(site: Path) -> None:
    """404.html says in a template what it says when there is no network: that becomes offline.html."""
    lost = site / "404.html"
    page = lost.read_text("utf-8")
    if template := OFFLINE.search(page):
        offline = page[: template.start()] + template[1].strip() + page[template.end() :]
        (site / "offline.html").write_text(offline, "utf-8")
        lost.write_text(re.sub(r"\s*<template>.*?</template>", "", page, flags=re.DOTALL), "utf-8")


def bind_the_style_sheets(site: Path) -> None:
    """One style sheet for all, in their order; beside those of docs/styles, the only ones that name files."""
    for file in site.rglob("*.html"):
        page = file.read_text("utf-8")
        links = SHEET.findall(page)
        if len(links) > 1:
            to_root = links[-1].removesuffix(links[-1].split("styles/")[-1]).removesuffix("styles/")
            texts = [(site / link.removeprefix(to_root)).read_text("utf-8") for link in links]
            sheet = SWITCHING.sub("", "\n".join(texts))
            (site / "styles" / "book.css").write_text(sheet, "utf-8")
            one = SHEET.sub("", page, count=len(links) - 1)
            file.write_text(one.replace(links[-1], f"{to_root}styles/book.css"), "utf-8")


def let_the_text_come_first(site: Path) -> None:
    """The theme's script waits until somebody fetches it, and does less then.

    Were it run before the first paint, as `defer` has it, then its measuring would ask for the fonts early.
    """
    for file in site.rglob("*.html"):
        page = BUNDLE.sub('<script data-src="', file.read_text("utf-8"))
        file.write_text(TABLE.sub(BOXED, page), "utf-8")
    for file in site.glob("assets/javascripts/bundle.*.js"):
        script = EARLY_SEARCH.sub("!1", file.read_text("utf-8"))
        script = EARLY_MARKS.sub(r"\1/[?&]h=/.test(location.search)?\2:\3,", script)
        script = MEASURED_CODE.sub("", LATE_BOXES.sub("", script))
        file.write_text(script.replace(REPEATED_SCHEME, '("meta",{})'), "utf-8")


def fingerprint(content: bytes) -> str:
    """Sha-256 as the browser writes it."""
    return hashlib.sha256(content).hexdigest()


def seal(site: Path) -> str:
    """Seal every page of the site and return the number of the build."""
    split_off_the_offline_page(site)
    bind_the_style_sheets(site)
    let_the_text_come_first(site)
    files = {file.relative_to(site).as_posix(): file for file in site.rglob("*") if file.is_file()}
    files = {path: files[path] for path in sorted(files) if path not in DATED}
    worker = files.pop(WORKER)
    pages = {
        path: SEALED.sub("", file.read_text("utf-8"))
        for path, file in files.items()
        if path.endswith(".html") and path != SANDBOX
    }
    allowed = {  # what runs in the frame is held by the page's policy too
        "script-src": hashes(scripts(files[SANDBOX].read_text("utf-8"))),
        "style-src": hashes(styles_in_scripts(site)),
    }

    unsealed = {
        path: fingerprint(pages[path].encode() if path in pages else file.read_bytes())
        for path, file in files.items()
    }
    script = re.sub(
        r"^const (BUILD|FILES) = .*;$", r"const \1 = null;", worker.read_text("utf-8"), flags=re.M
    )
    build = fingerprint(json.dumps([unsealed, script]).encode())[:12]

    for path, page in pages.items():
        files[path].write_text(sealed(page, build, allowed), "utf-8")
    listed = {path: fingerprint(file.read_bytes()) for path, file in files.items()}
    for name, value in {"BUILD": build, "FILES": listed}.items():
        script = script.replace(f"const {name} = null;", f"const {name} = {json.dumps(value)};")
    worker.write_text(script, "utf-8")
    return build


if __name__ == "__main__":
    print(f"{sys.argv[1]} is sealed as build {seal(Path(sys.argv[1]))}")

"""The Python-Markdown extension.

One preprocessor proves the page while it is still text, where lines can be named, and puts
placeholders in; an inline pattern and a postprocessor turn those into HTML. An exception from a
preprocessor stops MkDocs and Zensical alike; one from a fence is swallowed by SuperFences.
"""

import re
import xml.etree.ElementTree as etree
from pathlib import Path

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from provenum import formula, glossary, host, markup, runtime
from provenum.errors import Finding, ProofError
from provenum.freshness import forget_changed_modules
from provenum.page import Cell, Formula, Given, Listing, Piece, Stated, pieces
from provenum.proof import Options, Proof, Proven, prove

# A placeholder is made of characters of a private use area: nothing in Markdown means them, no
# slug keeps them, and they may stand in an attribute.
_OPEN, _CLOSE, _ZERO = "\ue000", "\ue001", 0xE010
_PLACEHOLDER = f"{_OPEN}([\ue010-\ue019]+){_CLOSE}"
_IN_TAG = re.compile(rf"<[A-Za-z][^<>]*{_OPEN}[^<>]*>")


class ProvenumExtension(Extension):
    """Numbers that are proven, cells that run, formulas, and a glossary that comes to the reader."""

    def __init__(self, **configs: object) -> None:
        """Take the settings that `config` lists."""
        defaults = Options()
        self.config = {
            "seconds": [defaults.seconds, "How long a cell may take."],
            "coverage": [defaults.coverage, "Whether every visible numeral must be stated or given."],
            "prove": [defaults.prove, "Off: show cells and numbers without running or checking anything."],
            "cache": [
                defaults.cache,
                "A folder that keeps what the code of a page yields; none: run anew.",
            ],
            "watch": [["src"], "Folders whose modules are imported anew when a file in them changed."],
            "symbols": [{}, "Which symbol stands for which quantity, for their colours."],
            "glossary": ["", "The glossary's file: links to it show the definition."],
            "live": ["", "The manifest of Python for the browser: cells can be run and edited there."],
        }
        super().__init__(**configs)

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the processors."""
        md.block_level_elements.append("live-cell")
        page = _PageInProgress(md, self.getConfigs())
        # After white space is normalised (30) and before fences are read (25).
        md.preprocessors.register(_Prove(md, page), "provenum", 28)
        # After images (150) and inline HTML (90), in whose attributes only text can stand.
        md.inlinePatterns.register(_Number(page, md), "provenum", 85)
        # After inline patterns (20), before links to Markdown files are rewritten (0).
        md.treeprocessors.register(_Words(md, page), "provenum", 8)
        # After everything that copies headings (the table of contents, titles) or follows links.
        md.treeprocessors.register(_Receipts(md, page), "provenum_receipts", -100)
        # After raw HTML is put back (30).
        md.postprocessors.register(_InRawHTML(md, page), "provenum", 5)


class _PageInProgress:
    """What the processors of one Markdown instance know of the page it converts."""

    def __init__(self, md: Markdown, config: dict) -> None:
        self.md = md
        self.config = config
        self.place = host.Place("<markdown>", 1)
        self.text = ""
        self.proof = Proof("", [])
        self.given: list[str] = []
        self.runtime: runtime.Runtime | None = None

    def begin(self, text: str) -> None:
        """Prove the page."""
        self.text, self.given = text, []
        self.place = host.place_of(self.md, text)
        if host.is_inner(self.md):
            self.proof = Proof(
                self.place.name,
                [piece for piece in pieces(text) if isinstance(piece, Formula) and not piece.inside],
            )
            return
        forget_changed_modules(self.config["watch"])
        manifest = self.config["live"]
        self.runtime = runtime.read(Path(manifest), self.config["watch"]) if manifest else None
        options = Options(**{name: self.config[name] for name in Options._fields})
        options = options._replace(seconds=float(options.seconds))
        try:
            self.proof = prove(text, self.place.name, first_line=self.place.first_line, options=options)
        except ProofError as error:
            raise host.stop(error) from None

    def live(self, cell: Cell) -> markup.Live:
        """Whether a cell runs in the browser; where it does not, its reader is told why."""
        if not self.runtime:
            return markup.Live()
        if reason := cell.options.get("live"):
            return markup.Live(note=f"You can’t run this cell here: {reason.rstrip('.')}.")
        if not self.runtime.off:
            slow = float(cell.options.get("timeout", 0)) > float(self.config["seconds"])
            return markup.Live(self.runtime.version, slow)
        told = next(
            piece for piece in self.proof.pieces if isinstance(piece, Cell) and "live" not in piece.options
        )
        why = f"The cells of this page can’t be run in the browser: {self.runtime.off.rstrip('.')}."
        return markup.Live(note=why if cell is told else "")

    def proven(self, serial: int) -> Proven:
        """A stated number by its serial number."""
        return next(proven for proven in self.proof.proven.values() if proven.serial == serial)

    def fault(self, place: int, headline: str, *facts: tuple[str, str]) -> Exception:
        """The exception for something found wrong after the proof."""
        before, after = self.text[:place].split("\n"), self.text[place:].split("\n")
        line = len(before) + self.place.first_line - 1
        return host.stop(ProofError(self.place.name, [Finding(line, headline, before[-1] + after[0], facts)]))


class _Prove(Preprocessor):
    def __init__(self, md: Markdown, page: _PageInProgress) -> None:
        super().__init__(md)
        self.page = page

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        self.page.begin(text)
        built, position = [], 0
        for piece in self.page.proof.pieces:
            built += [text[position : piece.start], self._replaced(text, piece)]
            position = piece.end + len(_stop_after(text, piece))
        return "".join([*built, text[position:]]).split("\n")

    def _replaced(self, text: str, piece: Piece) -> str:
        proof = self.page.proof
        if isinstance(piece, Stated):
            return _placeholder(2 * proof.proven[piece.start].serial)
        if isinstance(piece, Given):
            self.page.given.append(piece.text)
            return _placeholder(2 * len(self.page.given) - 1)
        if isinstance(piece, Cell):
            output = proof.outputs.get(piece.number)
            return self._block(markup.cell(self.md, piece, output, self.page.live(piece)), piece.indent)
        if isinstance(piece, Listing):
            return self._block(markup.listing(self.md, piece, proof.listings[piece.start]), piece.indent)
        if isinstance(piece, Formula):
            return self._formula(text, piece)
        return text[piece.start : piece.end]

    def _block(self, html: str, indent: str) -> str:
        """HTML as a block of its own, as deep as the text it stands in."""
        return f"\n{indent}{self.md.htmlStash.store(html)}\n"

    def _formula(self, text: str, piece: Formula) -> str:
        try:
            html = formula.render(piece, self.page.proof.proven, self.page.config["symbols"])
        except ValueError as error:
            raise self.page.fault(piece.start, "this formula can't be read", ("LaTeX", str(error))) from None
        before = text[: piece.start].rpartition("\n")[2]
        alone = not before.strip() and re.match(r"[ \t]*(?:\n|\Z)", text[piece.end :])
        if piece.display and alone:
            return self._block(html, before)
        html = html.replace("</math>", f"</math>{_stop_after(text, piece)}")
        return self.md.htmlStash.store(
            re.sub(r"^<div|</div>$", lambda tag: tag[0].replace("div", "span"), html)
        )


class _Number(InlineProcessor):
    def __init__(self, page: _PageInProgress, md: Markdown) -> None:
        super().__init__(_PLACEHOLDER, md)
        self.page = page

    def handleMatch(self, match: re.Match, data: str) -> tuple[etree.Element, int, int]:
        serial, given = _decoded(match[1])
        if given:
            element = etree.Element("span", {"class": "given"})
            element.text = self.page.given[serial - 1]
        else:
            element = markup.element(self.page.proven(serial))
            element.set("data-number", str(serial))
        return element, *match.span()


class _Words(Treeprocessor):
    """Definitions beside the links to them, and quantities in code in their colours."""

    def __init__(self, md: Markdown, page: _PageInProgress) -> None:
        super().__init__(md)
        self.page = page

    def run(self, root: etree.Element) -> None:
        if host.is_inner(self.md):
            return
        for code in root.iter("code"):
            if quantity := _quantity(code.text or "", self.page.config["symbols"]):
                code.set("class", f"q-{quantity}")
        if self.page.config["glossary"]:
            path = Path(self.page.config["glossary"])
            for term in glossary.attach(root, path.name, glossary.read(path)):
                place = self.page.text.find(f"{path.name}#{term}")
                raise self.page.fault(
                    place, f"the glossary has no entry #{term}", ("glossary", path.as_posix())
                )


class _Receipts(Treeprocessor):
    """Receipts beside the numbers."""

    def __init__(self, md: Markdown, page: _PageInProgress) -> None:
        super().__init__(md)
        self.page = page

    def run(self, root: etree.Element) -> None:
        numbers = [(parent, child) for parent in root.iter() for child in parent if child.get("data-number")]
        for parent, data in numbers:
            whole = etree.fromstring(markup.with_receipt(self.page.proven(int(data.get("data-number")))))
            whole.tail = data.tail
            parent[list(parent).index(data)] = whole
        for heading in getattr(self.md, "toc_tokens", []):
            _without_data(heading)


class _InRawHTML(Postprocessor):
    """Numbers where no Markdown is read: in raw HTML, and in attributes, where only text can stand."""

    def __init__(self, md: Markdown, page: _PageInProgress) -> None:
        super().__init__(md)
        self.page = page

    def run(self, text: str) -> str:
        text = _IN_TAG.sub(lambda tag: re.sub(_PLACEHOLDER, self._plainly, tag[0]), text)
        return re.sub(_PLACEHOLDER, self._fully, text)

    def _plainly(self, match: re.Match) -> str:
        serial, given = _decoded(match[1])
        return self.page.given[serial - 1] if given else markup.plain(self.page.proven(serial).stated.number)

    def _fully(self, match: re.Match) -> str:
        serial, given = _decoded(match[1])
        if given:
            return f'<span class="given">{self.page.given[serial - 1]}</span>'
        return markup.with_receipt(self.page.proven(serial))


def _stop_after(text: str, piece: Piece) -> str:
    """The full stop or comma after a formula in a line: it goes with it, or it might begin the next one."""
    inline = isinstance(piece, Formula) and not piece.display
    return re.match(r"[.,;:!?)]*", text[piece.end :])[0] if inline else ""


def _placeholder(code: int) -> str:
    return _OPEN + "".join(chr(_ZERO + int(digit)) for digit in str(code)) + _CLOSE


def _decoded(digits: str) -> tuple[int, bool]:
    """Serial number, and whether it is a given one (odd codes) or a stated one (even codes)."""
    code = int("".join(str(ord(digit) - _ZERO) for digit in digits))
    return (code + 1) // 2, code % 2 == 1


def _without_data(heading: dict) -> None:
    """A table of contents holds the number's digits, not the number."""
    heading["html"] = re.sub(r"</?data\b[^>]*>", "", heading["html"])
    for child in heading["children"]:
        _without_data(child)


def _quantity(code: str, symbols: dict[str, str]) -> str | None:
    """The quantity that a name in code stands for: `w`, `w1` and `w_1` are what the symbol w is."""
    for symbol, quantity in symbols.items():
        rest = r"\w*" if len(symbol) > 1 else r"(?:\d+|_\w+)?"  # dL_dw1, but not `way`
        if re.fullmatch(re.escape(symbol) + rest, code):
            return quantity
    return None

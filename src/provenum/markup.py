"""The HTML of stated numbers, their receipts, and cells."""

import xml.etree.ElementTree as etree
from html import escape
from typing import NamedTuple

from markdown import Markdown
from markdown.util import AtomicString
from pymdownx.highlight import Highlight

from provenum.number import NO_BREAK, Number
from provenum.page import Cell, Listing
from provenum.proof import Proven


class Live(NamedTuple):
    """What a browser is told of a cell."""

    version: str = ""
    """Of the runtime that runs it; empty where the cell does not run in the browser."""
    slow: bool = False
    note: str = ""
    """For the reader: why the cell, or every cell of the page, can't be run there."""


def plain(number: Number) -> str:
    """A number where no markup can stand: an alt text, a title."""
    digits, power, unit = number.parts
    return f"{digits} × 10^{power}{unit}" if power else digits + unit


def element(proven: Proven) -> etree.Element:
    """The number alone, as an element that the table of contents may copy."""
    digits, power, unit = proven.stated.number.parts
    attributes = {f"data-{name}": value for name, value in _to_work_it_out_anew(proven).items()}
    data = etree.Element("data", {"class": "stated", "value": proven.value, **attributes})
    data.text = AtomicString(digits + unit)
    if power:
        data.text = AtomicString(f"{digits}{NO_BREAK}×{NO_BREAK}10")
        etree.SubElement(data, "sup").text = AtomicString(power)
        data[0].tail = AtomicString(unit)
    return data


def with_receipt(proven: Proven) -> str:
    """The number in running text together with its receipt."""
    data = etree.tostring(element(proven), "unicode")
    serial = proven.serial
    return (
        f'<span class="proof" id="number-{serial}" tabindex="0" aria-describedby="receipt-{serial}">'
        f"{data}{receipt(proven)}</span>"
    )


def in_formula(proven: Proven, place: int) -> str:
    """The number inside MathML; `place` is its place in the formula, from 1."""
    digits, power, unit = proven.stated.number.parts
    serial, value = proven.serial, escape(proven.value)
    anew = "".join(f' data-{name}="{escape(said)}"' for name, said in _to_work_it_out_anew(proven).items())
    attributes = (
        f'class="stated" id="number-{serial}" tabindex="0" data-n="{place}" data-value="{value}"{anew} '
        f'aria-describedby="receipt-{serial}"'
    )
    if not power:
        return f"<mn {attributes}>{digits}{unit}</mn>"
    scale = f"<mo>×</mo><msup><mn>10</mn><mn>{power}</mn></msup>"
    return f"<mrow {attributes}><mn>{digits}</mn>{scale}{f'<mtext>{unit}</mtext>' if unit else ''}</mrow>"


def _to_work_it_out_anew(proven: Proven) -> dict[str, str]:
    """What a browser needs to evaluate the number again and to compare."""
    said = {"expr": proven.stated.expression, "literal": proven.stated.literal}
    if proven.after is not None:
        said["after"] = str(proven.after)
    if proven.stated.tolerance:
        said["tolerance"] = proven.stated.tolerance.text
    return said


def receipt(proven: Proven, place: int | None = None) -> str:
    """Where a number comes from: its full value, its expression, the rounding, the cell."""
    stated = proven.stated
    lines = [f"<b>{escape(proven.value)}</b>", f"<code>{escape(stated.expression)}</code>"]
    if stated.tolerance:
        lines.append(f"printed as {plain(stated.number)}, give or take {plain(stated.tolerance)}")
    else:
        lines.append(stated.number.rounding)
    if stated.elsewhere:
        lines.append(f"{escape(stated.elsewhere[0])}: {plain(stated.elsewhere[1])}")
    if proven.cell:
        lines.append(f'made in <a href="#cell-{proven.cell}">cell {proven.cell}</a>')
    # Not spans again: the theme's search would take the end of the first for the end of the receipt.
    inner = "".join(f'<small class="receipt-line">{line} </small>' for line in lines)
    which = f'id="receipt-{proven.serial}"' + (f' data-n="{place}"' if place else "")
    return f'<span class="receipt" role="tooltip" {which} data-search-exclude="">{inner}</span>'


def cell(md: Markdown, cell: Cell, output: str, live: Live) -> str:
    """A cell: its source, open or folded, and under it its output."""
    where = cell.options.get("source")
    source = highlighted(md, cell.source, cell.options.get("title"))
    if where == "folded":
        source = f'<details class="cell-source"><summary>The code behind this</summary>{source}</details>'
    elif where == "off":
        code = escape(cell.source, quote=False)
        source = f'<template class="cell-code" data-search-exclude>{code}</template>' if live.version else ""
    shown = f'<div class="cell-output">{output}</div>' if output else ""
    order = shown + source if where == "folded" else source + shown
    if live.note:
        order += f'<p class="live-off">{escape(live.note, quote=False)}</p>'
    if not live.version:
        return f'<div class="cell" id="cell-{cell.number}">{order}</div>'
    told = f'data-cell="{cell.number}" data-runtime="{escape(live.version)}"'
    if raises := cell.options.get("raises"):
        told += f' data-raises="{raises}"'
    if live.slow:
        told += " data-slow"
    return f'<live-cell class="cell" id="cell-{cell.number}" {told}>{order}</live-cell>'


def listing(md: Markdown, listing: Listing, source: str) -> str:
    """Source code that is shown and not run."""
    return f'<div class="listing">{highlighted(md, source, listing.options.get("title"))}</div>'


def highlighted(md: Markdown, source: str, title: str | None) -> str:
    """Python in colour, with the settings that the site has for its other code."""
    settings = {}
    for extension in md.registeredExtensions:
        if hasattr(extension, "get_pymdownx_highlight_settings"):
            settings = extension.get_pymdownx_highlight_settings()
    known = Highlight.__init__.__code__.co_varnames
    highlight = Highlight(md, **{key: value for key, value in settings.items() if key in known})
    return highlight.highlight(source, "python", title=title)

"""Make docs/fonts: the book's five fonts, each with only the letters that its pages use.

`make assets` runs this after `npm ci`. The fonts are open (SIL OFL); their licences go along.
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).parents[1]
PACKAGES = ROOT / "node_modules"
FONTS = ROOT / "docs" / "fonts"

LATIN = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x2010, 0x2028),
    *range(0x2030, 0x203B),
    0x20AC,
    0x2212,
]
MATHS = [
    *range(0x20, 0x7F),
    *(0xA0, 0xAC, 0xB1, 0xB7, 0xD7, 0xF7),  # no-break space, not, plus-minus, dot, times, divide
    *range(0x300, 0x304),  # accents: a hat, a bar
    *range(0x391, 0x3D7),  # Greek
    *(0x2016, 0x2026, 0x2032, 0x2033),  # norm, dots, primes
    *range(0x2061, 0x2065),  # invisible operators
    *(0x210E, 0x2112, 0x211D, 0x2115),  # the italic h, which Unicode keeps apart; script L; reals, naturals
    *range(0x2190, 0x2195),  # arrows
    *(0x21A6, 0x21D0, 0x21D2, 0x21D4, 0x27F6, 0x27F9),
    *(0x2202, 0x2207, 0x2208, 0x220F, 0x2211, 0x2212, 0x2215, 0x221A, 0x221E, 0x222B, 0x22C5),  # operators
    *(0x2248, 0x2260, 0x2264, 0x2265, 0x2299),  # relations, and the product of two tables
    *(0x22EE, 0x22EF, 0x22F1, 0x2308, 0x2309, 0x230A, 0x230B, 0x27E8, 0x27E9),
    *range(0x23DC, 0x23E2),  # braces over and under
    *range(0x1D434, 0x1D468),  # italic letters
    *range(0x1D6E2, 0x1D71C),  # italic Greek
]

# The name we serve it under: where npm puts it, what to keep of it.
SOURCES = {
    "serif": ("@fontsource-variable/source-serif-4", "source-serif-4-latin-opsz-normal", LATIN),
    "serif-italic": ("@fontsource-variable/source-serif-4", "source-serif-4-latin-wght-italic", LATIN),
    "sans": ("@fontsource-variable/source-sans-3", "source-sans-3-latin-wght-normal", LATIN),
    "mono": ("@fontsource-variable/source-code-pro", "source-code-pro-latin-wght-normal", LATIN),
    "maths": ("@fontsource/stix-two-math", "stix-two-math-latin-400-normal", MATHS),
}
FEATURES = ["tnum", "zero", "ssty"]  # digits of one width, slashed zeros, letters made for small size
AXES = {"wght": (400, 700), "opsz": 17}  # regular to bold; as drawn for the size of the text


def subset(font: TTFont, codepoints: list[int]) -> None:
    """Keep of `font` the glyphs for `codepoints`, and what they need: kerning, maths, stretched signs."""
    options = Options(name_IDs=[0, 13, 14], hinting=False, notdef_outline=True)
    options.layout_features = [*options.layout_features, *FEATURES]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codepoints)
    subsetter.subset(font)


def make(name: str) -> int:
    """Write docs/fonts/<name>.woff2 and return its size in bytes."""
    package, file, codepoints = SOURCES[name]
    font = TTFont(PACKAGES / package / "files" / f"{file}.woff2")
    subset(font, codepoints)
    if "fvar" in font:
        axes = {axis.axisTag for axis in font["fvar"].axes}
        instantiateVariableFont(font, {tag: AXES[tag] for tag in axes}, inplace=True)
    font.flavor = "woff2"
    font.save(FONTS / f"{name}.woff2")
    return (FONTS / f"{name}.woff2").stat().st_size


def main() -> None:
    """Make every font and put the licences beside them."""
    FONTS.mkdir(exist_ok=True)
    if not all((PACKAGES / package).exists() for package, _, _ in SOURCES.values()):
        print(
            "THE BOOK'S FONTS ARE MISSING: npm could not install them. Pages use the reader's own.",
            file=sys.stderr,
        )
        return
    for name in SOURCES:
        print(f"docs/fonts/{name}.woff2: {make(name) / 1000:.0f} kB")
    licences = {
        (PACKAGES / package / "LICENSE").read_text(encoding="utf-8") for package, _, _ in SOURCES.values()
    }
    (FONTS / "LICENSE.txt").write_text("\n\n".join(sorted(licences)), encoding="utf-8")


if __name__ == "__main__":
    main()

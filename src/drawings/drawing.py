"""What every function of this package returns: a picture with its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from drawings.pen import Markup, element

WIDTH = 420.0
"""The width of every drawing in its own units, so that all of them have one pen and one size of letter."""


@dataclass(frozen=True)
class Drawing:
    """An SVG picture that a notebook or a page shows by itself.

    Attributes:
        kind: The name of the picture's class in the style sheet, `drawing-<kind>`.
        title: What it is, in a few words: the accessible name.
        description: What is to be seen in it, with its numbers, in whole sentences.
        marks: The elements, in the order they are drawn.
        height: Its height in drawing units, of which it is 420 wide.
        top: The vertical coordinate of its upper edge.

    Examples:
        >>> import drawings
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> drawing = drawings.sigmoid_curve(derivative=True)
        >>> drawing.title
        'The sigmoid and its derivative'
        >>> with TemporaryDirectory() as folder:
        ...     written = Path(folder, "sigmoid.svg").write_text(str(drawing), encoding="utf-8")
    """

    kind: str
    title: str
    description: str
    marks: Sequence[Markup]
    height: float
    top: float = 0.0

    def _repr_svg_(self) -> str:
        return element(
            "svg",
            element("title", self.title),
            element("desc", self.description),
            *self.marks,
            xmlns="http://www.w3.org/2000/svg",
            class_=f"drawing drawing-{self.kind}",
            role="img",
            viewBox=f"0 {self.top:g} {WIDTH:g} {self.height:g}",
            # Enough to look right where no style sheet reaches: one pen, round everywhere, a book face.
            fill="none",
            stroke="currentColor",
            stroke_width=1.6,
            stroke_linecap="round",
            stroke_linejoin="round",
            font_family="'Source Serif 4', Georgia, serif",
        )

    def __str__(self) -> str:
        """The same picture as text, to be written to a file."""
        return self._repr_svg_()

"""Small grey pictures in rows, such as handwritten digits, each with a line of text below it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from drawings import checks
from drawings.drawing import WIDTH, Drawing
from drawings.lettering import SMALL, centred, listed, words
from drawings.pen import Markup, element, units

GAP = 6.0
"""How far the pictures stand apart."""
MOST = 20


def pictures(images: Sequence, labels: Sequence[str], *, across: int = 10, ink: float = 16) -> Drawing:
    """Pictures beside each other, the darker the more ink, in the page's own ink.

    Args:
        images: At most 20 pictures, an array of shape (pictures, rows, columns). 0 is the paper.
        labels: What stands below each, as short as the picture is wide.
        across: How many stand in a row.
        ink: The number that is drawn darkest. Larger ones are drawn as this one, negative ones as 0.

    Raises:
        ValueError: There are too many, not as many labels as pictures, or the images are no pictures.

    Examples:
        >>> import drawings
        >>> from pencilnet import load_digits
        >>> digits = load_digits()
        >>> drawing = drawings.pictures(digits.x[:2].reshape(-1, 8, 8), ["0", "1"])
        >>> drawing.description
        'Pictures of 8 rows of 8 squares, darker where there is more ink. Below them stands: 0 and 1.'
    """
    grey = np.asarray(images, dtype=float)
    if grey.ndim != 3 or grey.size == 0:
        raise ValueError(
            f"the images should be pictures, (pictures, rows, columns), and got an array of shape "
            f"{grey.shape}"
        )
    checks.numbers("the pixels of the images", grey.ravel())
    checks.same_number("images", grey, "labels", labels)
    checks.at_most(MOST, "images", len(grey))
    checks.above_zero("across", across)
    checks.above_zero("the ink", ink)
    _, rows, columns = grey.shape
    wide = (WIDTH - GAP) / across - GAP
    pixel = wide / columns
    high = pixel * rows
    corners = [
        (GAP + (k % across) * (wide + GAP), GAP + (k // across) * (high + 30.0)) for k in range(len(grey))
    ]
    levels = np.ceil(np.clip(grey / ink, 0, 1) * 16 - 1e-9).astype(int)
    marks = [_ink(levels, corners, pixel, level) for level in range(1, 17) if (levels == level).any()]
    for (x, y), label in zip(corners, labels, strict=True):
        frame = {"width": wide, "height": high, "stroke_width": 0.8, "stroke_opacity": 0.45}
        marks += [
            element("rect", x=x, y=y, class_="frame", **frame),
            centred(x + wide / 2, y + high + 17, words(str(label)), size=SMALL),
        ]
    description = (
        f"Pictures of {rows} rows of {columns} squares, darker where there is more ink. "
        f"Below them stands: {listed(map(str, labels))}."
    )
    return Drawing("pictures", f"{len(grey)} pictures", description, marks, corners[-1][1] + high + 26)


def _ink(levels: np.ndarray, corners: Sequence, pixel: float, level: int) -> Markup:
    """All squares of one darkness, as one path: neighbours in a row are one stroke of the pencil."""
    path = []
    for picture, (left, top) in zip(levels == level, corners, strict=True):
        for row, marked in enumerate(picture):
            ends = np.flatnonzero(np.diff(np.concatenate([[0], marked, [0]])))
            for start, end in ends.reshape(-1, 2):
                x, y = left + start * pixel, top + (row + 0.5) * pixel
                path.append(
                    f"M{units(round(x, 1))} {units(round(y, 1))}h{units(round((end - start) * pixel, 1))}"
                )
    return element(
        "path",
        d="".join(path),
        class_="ink",
        stroke_width=pixel,
        stroke_linecap="butt",
        stroke_opacity=level / 16,
    )

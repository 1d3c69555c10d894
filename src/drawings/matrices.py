"""A product of two tables of numbers: which row and which column make one number of the result."""

from __future__ import annotations

from typing import Any

import numpy as np

from drawings import checks
from drawings.drawing import WIDTH, Drawing
from drawings.lettering import SMALL, Line, Run, centred, fitted, listed, printed, symbol, width, words
from drawings.pen import Markup, element, group, stroke

QUANTITIES = ("input", "weight", "bias", "sum", "activation", "loss", "gradient")
CELL, SIGN = 32.0, 24.0
WHICH = ("The first", "The second", "The product")
MOST = 10
"""So many rows, and so many columns of all three tables together, are drawn."""


def matrix_product(
    left: Any,
    right: Any,
    result: Any,
    *,
    names: tuple[str, str, str] = ("X", "W1", "X W1"),
    quantities: tuple[str, str, str] = ("input", "weight", "sum"),
    place: tuple[int, int] = (0, 0),
    digits: int = 3,
) -> Drawing:
    """Two tables and their product, with one number of it marked, and the row and the column that make it.

    Args:
        left: The first table, shape (rows, inner).
        right: The second table, shape (inner, columns).
        result: Their product, shape (rows, columns).
        names: The names of the three: letters with small numbers, `W1`, several beside each other, `X W1`.
            A `∂` in front, `∂Z1`, means the slope of the loss by it, and a stroke behind, `X'`, the table
            turned on its side.
        quantities: What the numbers of the three are, for their colours: `input`, `weight`, `sum` ...
        place: The row and the column of the number to be marked, counted from 0.
        digits: How many significant digits the numbers are printed with.

    Raises:
        ValueError: One of them is no table, the shapes don't fit, the result is not the product, there is no
            such place, or there is no room for so many numbers.

    Examples:
        >>> import drawings
        >>> drawing = drawings.matrix_product([[-2, -1]], [[1, -2], [-1, 3]], [[-1, 1]])
        >>> drawing.description.split(". ")[-1]
        'The marked number, −1, is row 1 of X times column 1 of W1: −2 × 1 + −1 × −1.'
    """
    tables = [_table(name, table) for name, table in zip(names, (left, right, result), strict=True)]
    _fit(tables, names, place)
    for quantity in quantities:
        if quantity not in QUANTITIES:
            raise ValueError(f"a quantity should be one of {', '.join(QUANTITIES)}, and got {quantity!r}")
    return _Product(tables, names, quantities, place, digits).drawing()


class _Product:
    """The picture while it is being drawn."""

    def __init__(
        self,
        tables: list[np.ndarray],
        names: tuple[str, str, str],
        quantities: tuple[str, str, str],
        place: tuple[int, int],
        digits: int,
    ) -> None:
        self.tables, self.names, self.place, self.digits = tables, names, place, digits
        self.classes = [f"q-{quantity}" for quantity in quantities]
        self.middle = 44 + max(len(table) for table in tables) * CELL / 2
        self.cells = self.widths()

    def widths(self) -> list[float]:
        """How wide a cell of each table is: as wide as its longest number, if there is room for that."""
        room = WIDTH - 12 - 2 * SIGN
        for digits in range(self.digits, 0, -1):
            cells = [
                max(32.0, 9 + max(width(_number(n, digits), SMALL) for n in table.flat))
                for table in self.tables
            ]
            if self.total(cells) <= room:
                break
        self.digits = digits
        return cells if self.total(cells) <= room else [c * room / self.total(cells) for c in cells]

    def total(self, cells: list[float]) -> float:
        return sum(cell * table.shape[1] for cell, table in zip(cells, self.tables, strict=True))

    def drawing(self) -> Drawing:
        x = (WIDTH - self.total(self.cells) - 2 * SIGN) / 2
        marks: list[Markup] = []
        for k, table in enumerate(self.tables):
            marks.append(self.table(k, x))
            x += self.cells[k] * table.shape[1] + SIGN
            if k < 2:
                marks.append(_sign("×="[k], x - SIGN / 2, self.middle))
        left, right, _ = self.names
        return Drawing(
            "matrix-product",
            f"The product of two tables, {_said(left)} and {_said(right)}",
            self.description(),
            marks,
            2 * self.middle - 14,
        )

    def table(self, k: int, x: float) -> Markup:
        table, cell = self.tables[k], self.cells[k]
        rows, columns = table.shape
        top = self.middle - rows * CELL / 2
        right, bottom = x + columns * cell, top + rows * CELL
        lines = [[(x, top + r * CELL), (right, top + r * CELL)] for r in range(1, rows)]
        lines += [[(x + c * cell, top), (x + c * cell, bottom)] for c in range(1, columns)]
        numbers = [
            centred(
                x + (c + 0.5) * cell,
                top + (r + 0.5) * CELL + 5,
                fitted(float(table[r, c]), self.digits, cell - 4, SMALL),
                size=SMALL,
            )
            for r in range(rows)
            for c in range(columns)
        ]
        middle = (x + right) / 2
        return group(
            *[stroke(line, stroke_width=1, stroke_opacity=0.35) for line in lines],
            element("rect", x=x, y=top, width=right - x, height=bottom - top, rx=3, stroke_width=1.2),
            self.mark(k, x, top),
            *numbers,
            *_name(self.names[k], middle, top - 12),
            centred(middle, bottom + 20, words(f"({rows}, {columns})"), size=SMALL),
            class_=self.classes[k],
        )

    def mark(self, k: int, x: float, top: float) -> Markup:
        """A thick line round the row, the column or the number that is marked."""
        (row, column), (rows, columns), cell = self.place, self.tables[k].shape, self.cells[k]
        first, high = (0, rows) if k == 1 else (row, 1)
        start, wide = (0, columns) if k == 0 else (column, 1)
        return element(
            "rect",
            class_="mark",
            x=x + start * cell + 2,
            y=top + first * CELL + 2,
            width=wide * cell - 4,
            height=high * CELL - 4,
            rx=6,
            stroke_width=2.4,
        )

    def description(self) -> str:
        told = [
            f"{which}, {_said(name)}, has the shape ({len(table)}, {table.shape[1]}), with the rows "
            + listed(", ".join(printed(float(n), self.digits) for n in row).join("()") for row in table)
            for which, name, table in zip(WHICH, self.names, self.tables, strict=True)
        ]
        (row, column), (left, right, result) = self.place, self.tables
        products = " + ".join(
            f"{printed(float(a), self.digits)} × {printed(float(b), self.digits)}"
            for a, b in zip(left[row], right[:, column], strict=True)
        )
        return (
            f"Three tables of numbers side by side, the first two and their product. {'. '.join(told)}. "
            f"The marked number, {printed(float(result[row, column]), self.digits)}, is row {row + 1} of "
            f"{_said(self.names[0])} times column {column + 1} of {_said(self.names[1])}: {products}."
        )


def _number(number: float, digits: int) -> Line:
    return words(printed(float(number), digits))


def _sign(sign: str, x: float, y: float) -> Markup:
    """The sign between two tables, drawn rather than typed."""
    strokes = {
        "×": [((-5, -5), (5, 5)), ((-5, 5), (5, -5))],
        "=": [((-6, -3), (6, -3)), ((-6, 3), (6, 3))],
    }[sign]
    return group(*[stroke([(x + a, y + b) for a, b in ends]) for ends in strokes])


def _name(name: str, x: float, y: float) -> list[Markup]:
    """A table's name, centred above it; a small T stands behind one that is turned."""
    line: Line = []
    for piece in name.rstrip("'").split():
        line += words(" ") if line else []
        line += [Run("∂"), Run("L", "letter"), Run("/"), Run("∂")] if piece[0] == "∂" else []
        line += symbol(piece.lstrip("∂"))
    turned = name.endswith("'")
    written = [centred(x, y, line)]
    return written + [centred(x + width(line) / 2 + 7, y - 7, words("T"), size=SMALL)] * turned


def _said(name: str) -> str:
    """A table's name in words."""
    turned = " turned on its side" if name.endswith("'") else ""
    slope = "the slopes by " if name.startswith("∂") else ""
    return slope + name.strip("∂'").replace(" ", " times ") + turned


def _table(name: str, given: Any) -> np.ndarray:
    array = np.asarray(given)
    if array.ndim != 2 or 0 in array.shape:
        raise ValueError(f"{name} should be a table, and got an array of shape {array.shape}")
    return checks.numbers(name, array.ravel()).reshape(array.shape)


def _fit(tables: list[np.ndarray], names: tuple[str, str, str], place: tuple[int, int]) -> None:
    left, right, result = tables
    if left.shape[1] != len(right):
        raise ValueError(
            f"{names[0]} should have a column for each row of {names[1]}: {left.shape}, {right.shape}"
        )
    if result.shape != (len(left), right.shape[1]) or not np.allclose(left @ right, result):
        raise ValueError(f"{names[2]} should be the product of {names[0]} and {names[1]}, and is not")
    if not all(0 <= at < size for at, size in zip(place, result.shape, strict=True)):
        raise ValueError(f"{names[2]} has no row and column {place}: its shape is {result.shape}")
    checks.at_most(MOST, "rows", max(len(table) for table in tables))
    checks.at_most(MOST, "columns", sum(table.shape[1] for table in tables))

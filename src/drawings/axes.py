"""A plane to draw a curve in: two scales, their ticks and their names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from drawings.lettering import SMALL, Line, Run, centred, fixed, width, write
from drawings.pen import Markup, Point, element, group, stroke
from drawings.placing import Box
from drawings.polylines import simplified
from drawings.scale import Scale, decimals, step, ticks


@dataclass(frozen=True)
class Axes:
    """Two scales that make a plane."""

    x: Scale
    y: Scale

    @property
    def frame(self) -> Box:
        """The part of the drawing that the plane takes."""
        return Box(self.x.start, self.y.end, self.x.end, self.y.start)

    def at(self, x: float, y: float) -> Point:
        """The place of one pair of numbers."""
        return float(self.x(x)), float(self.y(y))

    def points(self, xs: np.ndarray, ys: np.ndarray) -> list[Point]:
        """The places of many."""
        return list(zip(self.x(xs).tolist(), self.y(ys).tolist(), strict=True))

    def curve(self, xs: np.ndarray, ys: np.ndarray, class_: str, **attributes: str | float) -> Markup:
        """A line through the points, with no more corners than the eye can see."""
        return stroke(
            simplified(self.points(xs, ys)), class_=f"curve {class_}", stroke_width=2.2, **attributes
        )

    def dot(self, x: float, y: float, class_: str, radius: float = 4.5, **attributes: str) -> Markup:
        """A point on a curve."""
        across, down = self.at(x, y)
        return element(
            "circle", cx=across, cy=down, r=radius, fill="currentColor", class_=f"dot {class_}", **attributes
        )

    def drawn(self, x_name: Line, y_name: Line, about: tuple[int, int] = (5, 4), grid: bool = True) -> Markup:
        """The axes with their ticks and names; for y, light lines across at its ticks or its own line."""
        left, top, right, bottom = self.frame
        names = [
            write(right, bottom + 38, x_name, size=SMALL, anchor="end", class_="axis-name"),
            self._beside(top - 14, y_name),
        ]
        lines = [(left, bottom), (right, bottom)] if grid else [(left, top), (left, bottom), (right, bottom)]
        return group(
            *self._across(about[1], right if grid else left - 5),
            *self._down(about[0]),
            stroke(lines),
            *names,
            class_="axes",
            data_x=str(self.x),
            data_y=str(self.y),
            stroke_width=1.2,
        )

    def _beside(self, baseline: float, y_name: Line) -> Markup:
        """The name of y: flush with its ticks where it is as short, else from the left across the axis."""
        place = (
            {"x": self.x.start - 8, "anchor": "end"} if width(y_name, SMALL) < self.x.start - 8 else {"x": 6}
        )
        return write(y=baseline, line=y_name, size=SMALL, class_="axis-name", **place)

    def _down(self, about: int) -> list[Markup]:
        bottom, drawn = self.y.start, []
        for tick, text in _labels(self.x, about):
            x = float(self.x(tick))
            drawn += [
                stroke([(x, bottom), (x, bottom + 5)]),
                centred(x, bottom + 20, [text], size=SMALL, class_="tick"),
            ]
        return drawn

    def _across(self, about: int, to: float) -> list[Markup]:
        left, drawn = self.x.start, []
        light = {"class_": "grid", "stroke_opacity": 0.2} if to > left else {}
        for tick, text in _labels(self.y, about):
            y = float(self.y(tick))
            drawn += [
                stroke([(left, y), (to, y)], **light),
                write(left - 8, y + 5, [text], size=SMALL, anchor="end", class_="tick"),
            ]
        return drawn


def _labels(scale: Scale, about: int) -> list[tuple[float, Run]]:
    places = decimals(step(scale.low, scale.high, about))
    return [(tick, Run(fixed(tick, places))) for tick in ticks(scale.low, scale.high, about)]

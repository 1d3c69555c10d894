"""The contours that the page draws are those of the drawings."""

import numpy as np
from numpy.testing import assert_allclose
from tests.figures.node import called

from drawings.contours import contours, region


def test_contours_and_regions():
    rng = np.random.default_rng(6)
    xs, ys = np.linspace(-3, 4, 23).tolist(), np.linspace(10, 30, 17).tolist()
    waves = rng.normal(size=(40, 3))
    maps = [
        np.array([[np.sin(a * x + 0.3 * b * y) + c * x for x in xs] for y in ys]) for a, b, c in waves
    ] + [np.array([[x * (y - 20) for x in xs] for y in ys]), np.zeros((17, 23)), np.ones((17, 23))]
    given = {"xs": xs, "ys": ys, "maps": [one.ravel().tolist() for one in maps], "level": 0.25}
    script = """return given.maps.map((heights) => {
        const grid = { xs: given.xs, ys: given.ys, heights };
        return [it.contours(grid, given.level), it.contours(it.moated(grid), given.level)];
    })"""
    for heights, ours in zip(maps, called("contours.js", script, given), strict=True):
        for lines, make in zip(ours, (contours, region), strict=True):
            theirs = make(np.array(xs), np.array(ys), heights, 0.25)
            assert len(lines) == len(theirs)
            for line, their in zip(lines, theirs, strict=True):
                assert_allclose(line, their, rtol=1e-12, atol=1e-12)

// The lines along which a map over a plane has one height: marching squares, as in src/drawings/contours.py.

// Which edges of a cell a contour joins, by the corners above the level: bit 0 bottom left, 1 bottom right,
// 2 top right, 3 top left; edges 0 bottom, 1 right, 2 top, 3 left. The higher ground is on the left.
const CROSSINGS = [
  [], [[0, 3]], [[1, 0]], [[1, 3]], [[2, 1]], [[0, 3], [2, 1]], [[2, 0]], [[2, 3]],
  [[3, 2]], [[0, 2]], [[1, 0], [3, 2]], [[1, 2]], [[3, 1]], [[0, 1]], [[3, 0]], [],
];
const BELOW_ALL = -1e12;

/**
 * @typedef {[x: number, y: number]} Point
 * @typedef {{xs: number[], ys: number[], heights: ArrayLike<number>}} Grid heights row by row, lowest y first
 */

/** Each contour at one level, from edge to edge or back to its first point. @param {Grid} grid @param {number} level @returns {Point[][]} */
export function contours({ xs, ys, heights }, level) {
  const wide = xs.length;
  const side = (/** @type {number} */ row, /** @type {number} */ column, /** @type {number} */ which) =>
    2 * ((row + Number(which === 2)) * wide + column + Number(which === 1)) + (which % 2); // odd: an edge that goes up
  /** @type {Map<number, number>} */ const following = new Map();
  for (let row = 0; row < ys.length - 1; row += 1) {
    for (let column = 0; column < wide - 1; column += 1) {
      const k = row * wide + column;
      const code =
        Number(heights[k] >= level) +
        2 * Number(heights[k + 1] >= level) +
        4 * Number(heights[k + wide + 1] >= level) +
        8 * Number(heights[k + wide] >= level);
      if (code === 0 || code === 15) continue;
      for (const [start, end] of CROSSINGS[code]) following.set(side(row, column, start), side(row, column, end));
    }
  }
  /** @type {(edge: number) => Point} where the level lies on an edge, the height changing evenly along it */
  const point = (edge) => {
    const k = edge >> 1;
    const [row, column] = [Math.floor(k / wide), k % wide];
    const up = edge % 2;
    const part = (level - heights[k]) / (heights[up ? k + wide : k + 1] - heights[k]);
    return up
      ? [xs[column], ys[row] + part * (ys[row + 1] - ys[row])]
      : [xs[column] + part * (xs[column + 1] - xs[column]), ys[row]];
  };
  return joined(following).map((line) => line.map(point));
}

/** The map with a moat around it, of no width and of endless depth: each of its contours is closed. @param {Grid} grid @returns {Grid} */
export function moated({ xs, ys, heights }) {
  const edged = (/** @type {number[]} */ all) => [all[0], ...all, all[all.length - 1]];
  const wide = xs.length + 2;
  const deep = new Float64Array(wide * (ys.length + 2)).fill(BELOW_ALL);
  ys.forEach((_, row) => {
    for (let column = 0; column < xs.length; column += 1) {
      deep[(row + 1) * wide + column + 1] = heights[row * xs.length + column];
    }
  });
  return { xs: edged(xs), ys: edged(ys), heights: deep };
}

/** The pieces put end to end: open lines from their starts, and then the rings. @param {Map<number, number>} following */
function joined(following) {
  const ends = new Set(following.values());
  const all = [...following.keys()];
  const lines = [];
  for (const start of [...all.filter((edge) => !ends.has(edge)), ...all]) {
    if (!following.has(start)) continue;
    const line = [start];
    let last = start;
    while (following.has(last)) {
      const next = /** @type {number} */ (following.get(last));
      following.delete(last);
      line.push(next);
      last = next;
    }
    lines.push(line);
  }
  return lines;
}

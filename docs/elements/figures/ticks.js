// Axes for other numbers than the book's: round ticks, as in src/drawings/scale.py, drawn as in axes.py.

import { drawn, Plane, trace, units } from "./plane.js";
import { fixed } from "./printed.js";

/** The round step (1, 2 or 5 times a power of ten) that gives about so many intervals. @param {number} low @param {number} high @param {number} about */
export function roundStep(low, high, about) {
  const rough = (high - low) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const away = (/** @type {number} */ gap) => Math.abs(Math.log(gap / rough));
  return [1, 2, 5, 10].map((times) => times * power).reduce((best, gap) => (away(gap) < away(best) ? gap : best));
}

/** Where an axis from 0 ends well. @param {number} highest @param {number} [about] */
export function roundUp(highest, about = 4) {
  const gap = roundStep(0, highest, about);
  return gap * Math.ceil(highest / gap - 1e-9);
}

/** The round numbers from low to high, and how many decimals they need. @param {number} low @param {number} high @param {number} about */
export function ticks(low, high, about) {
  const gap = roundStep(low, high, about);
  const places = Math.max(0, -Math.floor(Math.log10(gap) + 1e-9));
  const [first, last] = [Math.ceil(low / gap - 1e-9), Math.floor(high / gap + 1e-9)];
  const numbers = Array.from({ length: last - first + 1 }, (_, k) => Number(((first + k) * gap).toFixed(places)));
  return { numbers, places };
}

/** Draws a plane's axes again, from x's low to its high and from y = 0; their names stay. @param {Element} drawing @param {[low: number, high: number]} x @param {number} highest */
export function redrawAxes(drawing, [low, high], highest) {
  const axes = /** @type {SVGGElement} */ (drawing.querySelector(".axes"));
  const { x, y } = new Plane(drawing);
  axes.dataset.x = [low, high, x.start, x.end].join(" ");
  axes.dataset.y = [0, highest, y.start, y.end].join(" ");
  const plane = new Plane(drawing);
  const names = axes.querySelectorAll(".axis-name");
  const [across, up] = [ticks(low, high, 5), ticks(0, highest, 4)];
  const text = (/** @type {number} */ left, /** @type {number} */ base, /** @type {string} */ anchor, /** @type {string} */ says) =>
    drawn("text", { class: "tick", x: units(left), y: units(base), "font-size": 14, fill: "currentColor", stroke: "none", "text-anchor": anchor }, says);
  const line = (/** @type {[number, number][]} */ points, attributes = {}) => drawn("path", { d: trace(points), ...attributes });
  axes.replaceChildren(
    ...up.numbers.flatMap((number) => {
      const at = plane.y.place(number);
      const light = line([[x.start, at], [x.end, at]], { class: "grid", "stroke-opacity": 0.2 });
      return [light, text(x.start - 8, at + 5, "end", fixed(number, up.places))];
    }),
    ...across.numbers.flatMap((number) => {
      const at = plane.x.place(number);
      return [line([[at, y.start], [at, y.start + 5]]), text(at, y.start + 20, "middle", fixed(number, across.places))];
    }),
    line([[x.start, y.start], [x.end, y.start]]),
    ...names,
  );
  return plane;
}

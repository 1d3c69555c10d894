// The way of a chain through the drawing of the network: its edges and neurons bold, against their arrows, with
// the numbers of the factors beside them.

import { FACTORS } from "./factors.js";
import { drawn, units } from "./plane.js";

const APART = 48; // of a badge from the middle of the neuron that its edge ends in
const ASIDE = 14; // and from the edge
const UPPER = ["w2", "w6"]; // their badges stand on the other side, clear of the labels
const LOSS = [400, 85]; // inside of the arrow to the loss
const VIA = { h1: "w5", h2: "w6" }; // what a hidden neuron moves the output through

/** The edge that a nudge runs along, and the two neurons, if they are two. @param {SVGSVGElement} drawing @param {string} by */
export function parts(drawing, by) {
  const part = (/** @type {string} */ which) => /** @type {SVGGElement} */ (drawing.querySelector(which));
  const edge = by === "y_pred" ? part('.edge[data-to="L"]') : part(`:is(.edge, .bias)[data-quantity="${VIA[by] ?? by}"]`);
  const node = (/** @type {string} */ name) => part(`.node[data-quantity="${name}"]`);
  return { edge, end: node(edge.dataset.to), start: by in VIA || by === "y_pred" ? node(edge.dataset.from) : null };
}

export class Trail {
  #drawing;
  /** What has been put over the drawing. @type {SVGGElement | undefined} */ #over;

  /** @param {SVGSVGElement} drawing */
  constructor(drawing) {
    this.#drawing = drawing;
  }

  /** @param {string[]} names the chain @param {number} step the factor that is looked at, from 1; beyond the last, all are */
  show(names, step) {
    for (const part of this.#drawing.querySelectorAll(".now, .passed")) part.classList.remove("now", "passed");
    this.#over?.remove();
    if (!step) return;
    this.#over = drawn("g", { class: "trail q-gradient", "aria-hidden": "true" });
    names.slice(0, step).forEach((name, k) => {
      const { by } = FACTORS[name];
      const { edge, start, end } = parts(this.#drawing, by);
      const now = k === step - 1 ? "now" : "passed";
      for (const part of [edge, start, end]) {
        part?.classList.remove("passed");
        part?.classList.add(now);
      }
      const [x, y] = badge(edge, end);
      this.#over.append(
        drawn("path", { class: now, d: backwards(edge.querySelector("path").getAttribute("d")), fill: "currentColor" }),
        drawn("g", { class: `badge ${now}` },
          drawn("circle", { cx: units(x), cy: units(y), r: 9 }),
          drawn("text", { x: units(x), y: units(y + 4.5), "font-size": 13, "text-anchor": "middle", stroke: "none", fill: "currentColor" }, String(k + 1))),
      );
    });
    this.#drawing.append(this.#over);
  }
}

/** Where an edge's badge stands. @param {SVGGElement} edge @param {SVGGElement} end */
function badge(edge, end) {
  if (edge.dataset.to === "L") return LOSS;
  const [[x, y], [x0, y0]] = [middle(end), tail(edge)];
  if (edge.classList.contains("bias")) return [x + (edge.dataset.quantity === "b3" ? -16 : 16), (y0 + y) / 2 + Math.sign(y0 - y) * 14];
  const length = Math.hypot(x - x0, y - y0);
  const [ux, uy] = [(x - x0) / length, (y - y0) / length];
  const side = UPPER.includes(edge.dataset.quantity) ? -ASIDE : ASIDE;
  return [x - APART * ux - side * uy, y - APART * uy + side * ux];
}

/** @param {SVGGElement} node */
const middle = (node) => ["cx", "cy"].map((side) => Number(node.querySelector("circle").getAttribute(side)));

/** @param {SVGGElement} edge */
const tail = (edge) => corners(edge.querySelector("path").getAttribute("d"))[0];

/** @param {string} d */
const corners = (d) => [...d.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);

/** A full arrowhead at the beginning of a path: that way the derivative goes. @param {string} d */
function backwards(d) {
  const [[x, y], [x1, y1]] = corners(d);
  const length = Math.hypot(x1 - x, y1 - y);
  const [ux, uy] = [(x1 - x) / length, (y1 - y) / length];
  const at = (/** @type {number} */ along, /** @type {number} */ aside) => `${units(x + along * ux - aside * uy)} ${units(y + along * uy + aside * ux)}`;
  return `M${at(-1, 0)}L${at(10, 6)}L${at(10, -6)}Z`;
}

// One neuron whose every number can be changed: multiply, add, squash, and where in the plane of its inputs
// it says yes.

import { Figure, given, put } from "./figure.js";
import { sigmoid, weightedSum } from "./formulas.js";
import { Plane, drawn, trace, units } from "./plane.js";
import { fitted, printed } from "./printed.js";

const NAMES = ["x1", "x2", "w1", "w2", "b"];
const LABELS = { x: "input", w: "weight", b: "bias" };
const CORNERS = [[0, 0], [0, 1], [1, 0], [1, 1]]; // the inputs that AND knows
const SPACING = 9; // of the hatching
const PULL = 10; // so many of the drawing's units up are one more
const NEAR = 0.005; // an output so near to 0.5 is 0.5

/** @typedef {{x1: number, x2: number, w1: number, w2: number, b: number}} State */

/**
 * The sum, without the noise of the last binary digits: 0.1 + 0.2 - 0.3 is 0 here, as on paper.
 * @param {State} state @param {number} [x1] @param {number} [x2]
 */
const sum = ({ w1, w2, b, ...now }, x1 = now.x1, x2 = now.x2) => Math.round(weightedSum([w1, w2], b, [x1, x2]) * 1e9) / 1e9;

/** Whether it says yes, which 0.5 itself is not. @param {State} state @param {number[]} pair */
const yes = (state, [x1, x2]) => sigmoid(sum(state, x1, x2)) > 0.5;

/** In steps of a tenth. @param {number} number */
const tenths = (number) => Math.round(number * 10) / 10;

export class NeuronFigure extends Figure {
  static observedAttributes = NAMES;
  /** @type {{neuron: Element, curve: Plane, riding: Element, y: Element}} */ #way;
  /** @type {{plane: Plane, hatching: Element, boundary: Element, note: Element, others: Element[], dot: Element, answer: Element}} */ #map;

  controls() {
    const reach = { x1: this.#map?.plane.x.high ?? 6, x2: this.#map?.plane.y.high ?? 5 };
    return NAMES.map((name) => {
      const most = reach[name] ?? 10;
      return { name, kind: /** @type {const} */ ("number"), label: LABELS[name[0]], quantity: name, least: -most, most, step: 0.1 };
    });
  }

  read() {
    const of = (/** @type {string} */ kind) => this.drawings.find((one) => one.classList.contains(`drawing-${kind}`));
    const [neuron, map] = [of("neuron"), of("decisions")];
    this.#way = neuron && { neuron, curve: new Plane(neuron), riding: neuron.querySelector(".dot"), y: neuron.querySelector('[data-quantity="y"] .value') };
    this.#map = map && {
      plane: new Plane(map),
      hatching: map.querySelector(".hatching"),
      boundary: map.querySelector(".boundary"),
      note: map.querySelector(".boundary-note"),
      others: [...map.querySelectorAll("circle.other:not(.key *)")],
      dot: map.querySelector(".point .dot"),
      answer: map.querySelector(".point text"),
    };
    if (map) this.#carry(map);
    if (!neuron) return this.book; // its cell has failed, for now
    for (const name of NAMES) this.#pull(neuron, name);
    return Object.fromEntries(NAMES.map((name) => [name, given(neuron, name)]));
  }

  /** A number in the neuron is pulled up and down. @param {Element} neuron @param {string} name */
  #pull(neuron, name) {
    const part = /** @type {SVGGraphicsElement} */ (neuron.querySelector(`[data-quantity="${name}"]`));
    const circle = part.querySelector("circle");
    const text = part.querySelector("text");
    const [x, y] = circle ? [circle.getAttribute("cx"), circle.getAttribute("cy")].map(Number)
      : [Number(text.getAttribute("x")) + 22, Number(text.getAttribute("y")) - 5]; // the bias is a text alone
    this.handle(part, () => [x, y], (_, dy, from) => ({ [name]: tenths(Number(from[name]) - dy / PULL) }), "y");
  }

  /** The point in the plane is carried about. @param {Element} map */
  #carry(map) {
    const { plane, dot } = this.#map;
    const place = () => /** @type {[number, number]} */ ([dot.getAttribute("cx"), dot.getAttribute("cy")].map(Number));
    const part = /** @type {SVGGraphicsElement} */ (map.querySelector(".point"));
    this.handle(part, place, (dx, dy, { x1, x2 }) => ({
      x1: tenths(plane.x.number(plane.x.place(Number(x1)) + dx)),
      x2: tenths(plane.y.number(plane.y.place(Number(x2)) + dy)),
    }));
  }

  /** @param {any} values */
  draw(values) {
    const z = sum(values);
    if (this.#way) this.#drawWay(values, z);
    if (this.#map) this.#drawMap(values, z);
  }

  /** @param {State} state @param {number} z */
  #drawWay(state, z) {
    const { neuron, curve, riding, y } = this.#way;
    for (const name of NAMES) put(neuron, name, state[name]);
    put(neuron, "w1_x1", state.w1 * state.x1);
    put(neuron, "w2_x2", state.w2 * state.x2);
    put(neuron, "z", z);
    y.textContent = fitted(sigmoid(z), 3, 52.5);
    riding.setAttribute("cx", units(curve.x.place(Math.min(curve.x.high, Math.max(curve.x.low, z)))));
    riding.setAttribute("cy", units(curve.y.place(sigmoid(z))));
  }

  /** @param {State} state @param {number} z */
  #drawMap(state, z) {
    const { plane, hatching, boundary, note, others, dot, answer } = this.#map;
    const ends = line(state, plane).map(([x1, x2]) => plane.at(x1, x2));
    hatching.setAttribute("d", hatched(state, plane).map(trace).join("") || "M0 0");
    boundary.setAttribute("d", ends.length ? trace(ends) : "M0 0");
    note.replaceChildren(...told(state, plane));
    for (const one of others) {
      const [x1, x2] = [plane.x.number(Number(one.getAttribute("cx"))), plane.y.number(Number(one.getAttribute("cy")))];
      one.setAttribute("fill", yes(state, [tenths(x1), tenths(x2)]) ? "currentColor" : "none");
    }
    const [x, y] = plane.at(state.x1, state.x2);
    const left = x > (plane.x.start + plane.x.end) / 2; // there the answer has more room on the left
    dot.setAttribute("cx", units(x));
    dot.setAttribute("cy", units(y));
    answer.setAttribute("x", units(left ? x - 12 : x + 12));
    answer.setAttribute("y", units(Math.min(Math.max(y + 5, plane.y.end + 14), plane.y.start - 7)));
    answer.setAttribute("text-anchor", left ? "end" : "start");
    answer.querySelector(".value").textContent = printed(sigmoid(z));
  }

  /** @param {any} values */
  tell(values) {
    const z = sum(values);
    const why = this.#map ? ` In the plane: ${told(values, this.#map.plane).map((part) => part.textContent).join("")}.` : "";
    return `The sum z is ${printed(z)}, and the neuron answers ${printed(sigmoid(z))}.${why}`;
  }

  /** @param {any} values */
  table(values) {
    const { x1, x2, w1, w2, b } = values;
    const row = (/** @type {number[]} */ pair) => [sum(values, ...pair), sigmoid(sum(values, ...pair))].map((one) => printed(one));
    const kept = (/** @type {number} */ one) => (one < 0 ? `(${printed(one)})` : printed(one));
    return {
      caption: `Now the sum is ${kept(w1)} × ${kept(x1)} + ${kept(w2)} × ${kept(x2)} + ${kept(b)} = ${printed(sum(values))}.`,
      head: ["inputs", "sum z", "answer y", "for AND"],
      rows: [
        [`now: ${printed(x1)} and ${printed(x2)}`, ...row([x1, x2]), "–"],
        ...CORNERS.map((pair) => {
          const wanted = pair[0] + pair[1] === 2;
          const says = yes(values, pair);
          return [pair.join(" and "), ...row(pair), `${says ? "yes" : "no"}: ${says === wanted ? "right" : "wrong"}`];
        }),
      ],
    };
  }

  /** @param {any} values */
  tasks(values) {
    const [z, half] = [sum(values), Math.abs(sigmoid(sum(values)) - 0.5) < NEAR];
    const and = CORNERS.every((pair) => yes(values, pair) === (pair[0] + pair[1] === 2));
    return [
      { name: "half", done: half, say: `Done: the sum is ${printed(z)}, so the neuron answers ${printed(sigmoid(z))}.` },
      { name: "and", done: and, say: "Done: of the four small marks only the one at 1 and 1 is a disc. Your neuron is an AND." },
    ];
  }
}

/** Where the line z = 0 enters and leaves the plane; nothing where it does not come by. @param {State} state @param {Plane} plane @returns {[number, number][]} */
function line(state, { x, y }) {
  const corners = [[x.low, y.low], [x.high, y.low], [x.high, y.high], [x.low, y.high]];
  return corners.flatMap(([x1, x2], k) => {
    const [next1, next2] = corners[(k + 1) % 4];
    const [here, there] = [sum(state, x1, x2), sum(state, next1, next2)];
    if (here > 0 === there > 0) return [];
    const part = here / (here - there);
    return [[x1 + part * (next1 - x1), x2 + part * (next2 - x2)]];
  });
}

/** What is to be said of the line. @param {State} state @param {Plane} plane */
function told(state, plane) {
  const letter = (/** @type {string} */ name) => drawn("tspan", { class: "letter", "font-style": "italic" }, name);
  const text = (/** @type {string} */ words) => document.createTextNode(words);
  if (line(state, plane).length) return [text("on the line "), letter("z"), text(" = 0 and "), letter("y"), text(" = 0.5")];
  return [text(state.w1 || state.w2 ? "the line lies outside" : "no line: both weights are 0")];
}

/** Slanting strokes over all of the plane where the sum is more than 0. @param {State} state @param {Plane} plane @returns {[number, number][][]} */
function hatched(state, { x, y }) {
  const [left, right, top, bottom] = [x.start, x.end, y.end, y.start];
  const at = (/** @type {number[]} */ [across, down]) => sum(state, x.number(across), y.number(down));
  const strokes = [];
  for (let across = left - (bottom - top) + SPACING; across < right; across += SPACING) {
    const ends = [Math.max(left, across), Math.min(right, across + bottom - top)];
    const [start, end] = ends.map((one) => [one, top + one - across]);
    const [here, there] = [at(start), at(end)];
    const part = here / (here - there);
    const border = [start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1])];
    if (here > 0 || there > 0) strokes.push([here > 0 ? start : border, there > 0 ? end : border]);
  }
  return strokes;
}

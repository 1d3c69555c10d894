// One step of descent: the loss along one parameter, its slope where you stand, and how far a learning rate goes.

import { Figure } from "./figure.js";
import { backward, forward, mse, PARAMETERS } from "./formulas.js";
import { drawn, Plane, trace } from "./plane.js";
import { printed } from "./printed.js";
import { redrawAxes, roundUp } from "./ticks.js";

const FURTHEST = 40; // a parameter's value; no step from within a curve's bend leads further
const TANGENT = 105; // half of its length, in the drawing's units
const SEEN = 12; // a shorter step's arrow would be no longer than its head
const POINTS = 161;
const STEPS = 1e6;

/** @typedef {[x: number, y: number]} Point */
/** @typedef {{name: string, here: number, there: number, rate: number, slope: number, before: number, after: number, steps: number, along: (value: number) => number}} Step */

export class StepFigure extends Figure {
  static observedAttributes = ["parameter", "rate", "steps", ...PARAMETERS];
  /** The network that the book stands at. @type {Record<string, number>} */ #network = {};
  /** @type {[number, number, number]} */ #sample;
  /** How far the book's picture goes to either side. */ #reach = 6;

  connectedCallback() {
    super.connectedCallback();
    this.#rows(this.values);
  }

  controls() {
    const place = /** @type {const} */ ({ kind: "number", label: "value of", least: -FURTHEST, most: FURTHEST, step: 0.01 });
    return [
      { name: "parameter", kind: "choice", label: "parameter", choices: PARAMETERS.map((name) => [name, name]) },
      { name: "rate", kind: "number", label: "learning rate", scale: "log", least: 0.01, most: 100, step: 0.05 },
      ...PARAMETERS.map((name) => ({ ...place, name, quantity: name })),
      { name: "steps", kind: "number", label: "number of steps", apart: true, least: 0, most: STEPS, step: 1 },
    ];
  }

  actions() {
    return [["Take the step", () => this.#take()]];
  }

  read() {
    const step = /** @type {SVGGElement} */ (this.drawings[0].querySelector("[data-network]"));
    const { quantity, rate, reach, network, sample } = step.dataset;
    const numbers = network.split(" ").map(Number);
    this.#network = Object.fromEntries(PARAMETERS.map((name, k) => [name, numbers[k]]));
    this.#sample = sample.split(" ").map(Number);
    this.#reach = Number(reach);
    const place = step.querySelector(".place");
    const dot = place.querySelector("circle");
    const middle = () => [Number(dot.getAttribute("cx")), Number(dot.getAttribute("cy"))];
    this.handle(place, middle, (dx, _dy, from) => this.#dragged(dx, from), "x");
    return { parameter: quantity, rate: Number(rate), steps: 0, ...this.#network };
  }

  /** Where a drag leads along the axis as it was at its beginning. */
  #dragged(dx, from) {
    const [name, [low, high]] = [from.parameter, this.#span(this.#step(from))];
    const { x } = new Plane(this.drawings[0]);
    return { [name]: Math.round((from[name] + (dx * (high - low)) / (x.end - x.start)) * 100) / 100 };
  }

  /** Another parameter, or another place, is another beginning. */
  set(values) {
    if ("parameter" in values) for (const name of [...PARAMETERS, "steps"]) this.removeAttribute(name);
    else if (!("steps" in values) && PARAMETERS.some((name) => name in values)) this.removeAttribute("steps");
    super.set(values);
  }

  #take() {
    const { name, there, steps } = this.#step(this.values);
    if (Math.abs(there) > FURTHEST || steps === STEPS) {
      this.say(`This step leads to ${printed(there)}, further than the figure goes.`, true);
      return;
    }
    this.set({ [name]: there, steps: steps + 1 });
    this.say(steps ? `${steps + 1} steps taken.` : "1 step taken.");
  }

  /** The step that the values lead to. @returns {Step} */
  #step(values) {
    const [x1, x2, y_true] = this.#sample;
    const name = String(values.parameter);
    const network = Object.fromEntries(PARAMETERS.map((one) => [one, Number(values[one])]));
    const along = (/** @type {number} */ value) => mse([y_true], [forward({ ...network, [name]: value }, x1, x2).o1]);
    const [here, rate] = [network[name], Number(values.rate)];
    const slope = backward(network, forward(network, x1, x2), y_true)[`dL_d${name}`];
    const there = here - rate * slope;
    return { name, here, there, rate, slope, along, before: along(here), after: along(there), steps: Number(values.steps) };
  }

  /** From where to where the picture goes: around the book's value, and as often twice as far as it takes. @param {Step} step @returns {[number, number]} */
  #span({ name, here, there }) {
    const centre = this.#network[name];
    const far = Math.max(1.25 * Math.abs(there - centre), 1.1 * Math.abs(here - centre));
    let reach = this.#reach;
    while (reach < far) reach *= 2;
    return [centre - reach, centre + reach];
  }

  draw(values) {
    const [drawing] = this.drawings;
    const step = this.#step(values);
    const [low, high] = this.#span(step);
    const heights = Array.from({ length: POINTS }, (_, k) => step.along(low + ((high - low) * k) / (POINTS - 1)));
    const plane = redrawAxes(drawing, [low, high], roundUp(Math.max(...heights, step.after, 1e-9)));
    drawing.querySelector(".curve").setAttribute("d", plane.curve(step.along, POINTS));
    drawing.querySelector(".tangent").setAttribute("d", trace(tangent(plane, step)));
    arrowed(drawing, plane, step);
    named(drawing, step.name);
    numbered(drawing, step);
    this.#rows(values);
  }

  /** Of the nine values only the chosen parameter's has a row. */
  #rows({ parameter }) {
    for (const row of this.querySelectorAll(".figure-control[data-quantity]")) row.hidden = row.dataset.quantity !== parameter;
  }

  tell(values) {
    const { name, here, there, slope, before, after, steps } = this.#step(values);
    const taken = steps ? `${steps} ${steps === 1 ? "step" : "steps"} taken. ` : "";
    return `${taken}At ${name} ${printed(here)} the loss is ${printed(before)} and its slope ${printed(slope)}. The next step leads to ${printed(there)} and the loss ${printed(after)}.`;
  }

  table(values) {
    const { name, here, there, rate, slope, before, after, steps } = this.#step(values);
    const rows = { "steps taken": steps, [name]: here, "learning rate": rate, derivative: slope, [`${name} after the step`]: there, loss: before, "loss after the step": after };
    const row = ([says, number]) => [says, printed(number, 5)];
    return { caption: `One step along ${name}`, head: ["what", "number"], rows: Object.entries(rows).map(row) };
  }

  tasks(values) {
    const { name, here, there, rate, before, after, steps } = this.#step(values);
    const fresh = here === this.#network[name];
    return [
      { name: "one", done: fresh && after < 0.001, say: `A learning rate of ${printed(rate)}: one step, and the loss is below 0.001.` },
      { name: "count", done: rate === 1 && steps > 0 && before < 0.1, say: `With a learning rate of 1, the loss is below 0.1 after ${steps} steps.` },
      {
        name: "stuck",
        done: steps === 1 && before < 0.001 && Math.abs(there - here) < 0.001,
        say: `The curve is flat here. Even with this learning rate, the next step moves ${name} by less than 0.001.`,
      },
    ];
  }
}

/** Both ends of the tangent: so long, or to where it would leave the picture above or below. @param {Plane} plane @param {Step} step @returns {Point[]} */
function tangent(plane, { here, before, slope }) {
  const [x, y] = plane.at(here, before);
  const down = (plane.y.place(before + slope) - y) / (plane.x.place(here + 1) - x);
  const far = TANGENT / Math.hypot(1, down);
  return [-far, far].map((dx) => {
    const end = y + dx * down;
    const limit = Math.min(Math.max(end, plane.y.end), plane.y.start);
    const part = end === limit ? 1 : (limit - y) / (end - y);
    return [x + part * dx, y + part * (end - y)];
  });
}

/** The way across and the loss falling to where it then is. @param {SVGElement} drawing @param {Plane} plane @param {Step} step */
function arrowed(drawing, plane, { here, there, before, after }) {
  const [[x0, y0], [x1, y1], floor] = [plane.at(here, before), plane.at(there, after), plane.y.start];
  const group = drawing.querySelector(".step");
  const seen = Math.abs(x1 - x0) > SEEN;
  const guides = trace([[x0, y0], [x0, floor]]) + (seen ? trace([[x1, Math.min(y0, y1)], [x1, floor]]) : "");
  group.parentElement.querySelector(".guide").setAttribute("d", guides);
  const dot = group.querySelector(".place circle");
  dot.setAttribute("cx", String(x0));
  dot.setAttribute("cy", String(y0));
  for (const old of group.querySelectorAll(":scope > :is(path, .dot-open)")) old.remove();
  if (!seen) return;
  const back = 6 * Math.sign(x0 - x1);
  const head = trace([[x1 + back, y0 - 3.6], [x1, y0], [x1 + back, y0 + 3.6]]);
  group.prepend( // under the dot, which can be dragged
    drawn("path", { d: trace([[x0, y0], [x1, y0]]) + head, "stroke-width": 2 }),
    drawn("circle", { cx: x1, cy: y1, r: 4.5, class: "dot-open q-loss" }),
  );
}

/** The chosen parameter's letter and colour. @param {SVGElement} drawing @param {string} name */
function named(drawing, name) {
  const [step, tangent] = [drawing.querySelector(".step"), drawing.querySelector(".tangent")];
  const [update, slope] = [drawing.querySelector(".update"), drawing.querySelector(".numbers .q-gradient")];
  for (const part of [step, update]) {
    part.dataset.quantity = name;
    part.classList.toggle("q-weight", name[0] === "w");
    part.classList.toggle("q-bias", name[0] === "b");
  }
  for (const part of [tangent, slope]) part.dataset.quantity = `dL_d${name}`;
  for (const place of [drawing.querySelector(".axis-name"), update, slope]) {
    const letters = place.querySelectorAll(".letter"); // the last: before it there may be the L of the loss
    letters[letters.length - 1].textContent = name[0];
    place.querySelector(".sub").textContent = name.slice(1);
  }
}

/** @param {SVGElement} drawing @param {Step} step */
function numbered(drawing, { here, there, rate, slope, before, after }) {
  const places = drawing.querySelectorAll(".numbers .value");
  [slope, here, rate, slope, there, before, after].forEach((number, k) => (places[k].textContent = printed(number)));
  drawing.querySelectorAll(".bracket").forEach((bracket, k) => (bracket.textContent = slope < 0 ? "()"[k] : ""));
}

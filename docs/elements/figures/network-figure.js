// The network with its numbers, live on every line and in every circle. Its way to the answer can be taken
// step by step, and each neuron opened: its sum is then written out as the text writes it.

import { element } from "../make.js";
import { Figure, put } from "./figure.js";
import { PARAMETERS, forward } from "./formulas.js";
import { drawn } from "./plane.js";
import { fitted, letters, printed } from "./printed.js";

const DIGITS = 4; // as on the page
const ROOM = 49; // of a number in a circle (src/drawings/nodes.py)
const UNITS = 10; // that an input is dragged for each of its steps
const INPUTS = ["x1", "x2"];

/** @typedef {{sum: string, terms: [weight: string, input: string][], bias: string}} Neuron */
/** @type {Record<string, Neuron>} in the order in which they are worked out */
const NEURONS = {
  h1: { sum: "z_h1", terms: [["w1", "x1"], ["w2", "x2"]], bias: "b1" },
  h2: { sum: "z_h2", terms: [["w3", "x1"], ["w4", "x2"]], bias: "b2" },
  o1: { sum: "z_o1", terms: [["w5", "h1"], ["w6", "h2"]], bias: "b3" },
};
const NODES = [...INPUTS, ...Object.keys(NEURONS)];

/** What each step gives, and the parts of the drawing that it is done with. */
const STEPS = [
  { neuron: "", gives: INPUTS, marks: INPUTS },
  ...Object.entries(NEURONS).flatMap(([neuron, { sum, terms, bias }]) => [
    { neuron, gives: [sum], marks: [...terms.map(([weight]) => weight), bias, sum] },
    { neuron, gives: [neuron], marks: [neuron] },
  ]),
];
const REACHED_LATER = STEPS.flatMap(({ gives }) => gives);

/** @typedef {import("./figure.js").Values} Values */
/** @typedef {Record<string, number>} Numbers every number in the network, by name */

export class NetworkFigure extends Figure {
  static observedAttributes = [...INPUTS, ...PARAMETERS, "step", "open"];
  /** The drawing's parts by the quantity that they show. @type {Map<string, SVGGraphicsElement>} */ #parts = new Map();
  /** @type {Record<string, HTMLElement>} */ #around;

  connectedCallback() {
    super.connectedCallback();
    if (!this.#around) this.#surround();
  }

  controls() {
    const number = (/** @type {string} */ name, label = "weight", step = 0.1, most = 5) =>
      /** @type {const} */ ({ name, kind: "number", label, quantity: name, least: -most, most, step });
    const button = (/** @type {string} */ name, /** @type {string[]} */ choices) =>
      /** @type {const} */ ({ name, kind: "choice", label: name, apart: true, choices: choices.map((one) => [one, one]) });
    return [
      ...INPUTS.map((name) => number(name, "input", 0.5, 10)),
      ...Object.values(NEURONS).flatMap(({ terms, bias }) => [...terms.map(([weight]) => number(weight)), number(bias, "bias")]),
      button("step", ["all", ...STEPS.map((_, k) => String(k + 1))]),
      button("open", ["none", ...Object.keys(NEURONS)]),
    ];
  }

  read() {
    const [drawing] = this.drawings;
    this.#parts = new Map();
    for (const name of [...NODES, ...PARAMETERS, ...REACHED_LATER]) {
      const part = drawing.querySelector(`[data-quantity="${name}"]`);
      if (part) this.#parts.set(name, part);
    }
    for (const name of NODES) this.#touchable(name, this.#parts.get(name));
    // Somebody may have taken the numbers out of the cell: then those before go on.
    const exact = (/** @type {string} */ name) => Number(this.#parts.get(name).dataset.value ?? this.book[name] ?? 0);
    return { step: "all", open: "none", ...Object.fromEntries([...INPUTS, ...PARAMETERS].map((name) => [name, exact(name)])) };
  }

  /** An input can be dragged, a neuron opened. @param {string} name @param {SVGGraphicsElement} node */
  #touchable(name, node) {
    const [cx, cy] = ["cx", "cy"].map((side) => Number(node.querySelector("circle").getAttribute(side)));
    if (INPUTS.includes(name)) {
      const to = (/** @type {number} */ dy, /** @type {Values} */ from) => Number(from[name]) - Math.round(dy / UNITS) / 2;
      this.handle(node, () => [cx, cy], (_, dy, from) => ({ [name]: to(dy, from) }), "y");
      return;
    }
    node.append(drawn("circle", { class: "opener", cx, cy, r: 30, fill: "transparent", stroke: "none" }));
    node.addEventListener("click", () => this.#open(name));
  }

  #surround() {
    const button = (/** @type {Node | string} */ says, /** @type {() => void} */ act, attributes = {}) => {
      const made = element("button", { type: "button", ...attributes }, says);
      made.addEventListener("click", act);
      return made;
    };
    const [step, sum] = ["step", "sum"].map((of) => element("p", { class: "network-line", id: `${this.id}-${of}` }));
    const next = button("Next step", () => this.set({ step: String(((Number(this.values.step) || 0) % STEPS.length) + 1) }));
    const all = button("See all", () => this.set({ step: "all" }));
    const openers = Object.keys(NEURONS).map((name) =>
      button(letters(name), () => this.#open(name), { "aria-label": `Sum of ${name}`, "aria-expanded": "false", "aria-controls": sum.id }));
    const row = element("div", { class: "figure-bar", role: "group", "aria-label": "The way to the answer" },
      next, all, element("span", { class: "network-openers" }, element("span", {}, "Sum of"), ...openers));
    this.querySelector(".figure-bar").after(row, step, sum);
    this.#around = { step, sum, all, ...Object.fromEntries(openers.map((one, k) => [Object.keys(NEURONS)[k], one])) };
    this.#write(this.values);
  }

  /** A neuron's sum, written out; or no more. @param {string} name */
  #open(name) {
    this.set({ open: this.values.open === name ? "none" : name });
  }

  /** @param {Values} values */
  draw(values) {
    const numbers = worked(values);
    const now = at(values);
    for (const name of [...PARAMETERS, ...REACHED_LATER]) {
      if (!NODES.includes(name)) put(this.drawings[0], name, numbers[name], DIGITS);
    }
    for (const name of NODES) {
      const place = this.#parts.get(name).querySelector(".value");
      if (place) place.textContent = fitted(numbers[name], DIGITS, ROOM);
    }
    for (const [name, part] of this.#parts) {
      part.classList.toggle("unreached", now.later.includes(name));
      part.classList.toggle("now", now.marks.includes(name));
    }
    this.#write(values);
  }

  /** The lines under the drawing. @param {Values} values */
  #write(values) {
    const { step, sum, all, ...openers } = this.#around;
    step.replaceChildren(...stepLine(values));
    sum.replaceChildren(...sumLines(values));
    /** @type {HTMLButtonElement} */ (all).disabled = values.step === "all";
    for (const [name, opener] of Object.entries(openers)) opener.ariaExpanded = String(values.open === name);
  }

  /** @param {Values} values */
  tell(values) {
    const { x1, x2, h1, h2, o1 } = worked(values);
    const lines = [stepLine(values), sumLines(values)].map((line) => element("p", {}, ...line).textContent);
    if (values.step !== "all") return lines.join(" ").trim();
    const answer = `For x1 = ${shown(x1)} and x2 = ${shown(x2)}, h1 is ${shown(h1)}, h2 is ${shown(h2)} and the answer o1 is ${shown(o1)}.`;
    return `${answer} ${lines[1]}`.trim();
  }

  /** @param {Values} values */
  table(values) {
    const numbers = worked(values);
    const { later } = at(values);
    const cell = (/** @type {string} */ name) => (later.includes(name) ? "not yet" : shown(numbers[name]));
    return {
      caption: `The three neurons, for x1 = ${shown(numbers.x1)} and x2 = ${shown(numbers.x2)}`,
      head: ["neuron", "weights", "bias", "sum", "output"],
      rows: Object.entries(NEURONS).map(([name, { sum, terms, bias }]) =>
        [name, terms.map(([weight]) => `${weight} = ${cell(weight)}`).join(", "), `${bias} = ${cell(bias)}`, cell(sum), cell(name)]),
    };
  }

  /** Which input makes no difference, and which one weight changes that. @param {Values} values */
  tasks(values) {
    const book = this.book;
    const changed = PARAMETERS.filter((name) => values[name] !== book[name]);
    const same = worked(values).o1 === worked(book).o1;
    const way = path(values);
    const opened = way && !path(book);
    return [
      { name: "no difference", done: values.x1 !== book.x1 && values.x2 === book.x2 && !changed.length && same,
        say: `Whatever x1 is, the answer stays ${shown(worked(values).o1)}.` },
      { name: "one weight", done: opened && changed.length === 1,
        say: `Now x1 makes a difference: it reaches o1 through ${way}, and ${changed[0]} alone has opened that path.` },
      { name: "more weights", done: opened && changed.length > 1,
        say: `Now x1 makes a difference: it reaches o1 through ${way}. One changed weight is enough, though.` },
    ];
  }
}

/** The neuron through which x1 reaches the answer, if it does. @param {Values} p */
const path = (p) => (p.w3 && p.w6 ? "h2" : p.w1 && p.w5 ? "h1" : "");

/** Every number in the network. @param {Values} values @returns {Numbers} */
function worked(values) {
  const given = /** @type {Numbers} */ (values);
  return { ...given, ...forward(given, given.x1, given.x2) };
}

/** The step that the reader is at: what it is done with, and what comes later. @param {Values} values */
function at({ step }) {
  if (step === "all") return { marks: [], later: [] };
  const k = Number(step);
  return { ...STEPS[k - 1], later: STEPS.slice(k).flatMap(({ gives }) => gives) };
}

/** @param {number} number */
const shown = (number) => printed(number, DIGITS);

/** @typedef {(Node | string)[]} Pieces of a line */

/** What is done in this step. @param {Values} values @returns {Pieces} */
function stepLine(values) {
  if (values.step === "all") return [];
  const k = Number(values.step);
  const { neuron, gives, later } = { ...STEPS[k - 1], later: at(values).later.filter((name) => name in NEURONS) };
  const numbers = worked(values);
  const rest = later.length ? [" Not reached yet: ", ...join(later.map((name) => letter(name)), ", "), "."] : [" This is the answer."];
  const work = !neuron
    ? ["The inputs come in: ", ...join(INPUTS.map((name) => whole([letter(name), ` = ${shown(numbers[name])}`])), ", ")]
    : gives[0] === neuron
      ? [letter(neuron), " squashes its sum: ", ...squashed(neuron, numbers)]
      : [letter(neuron), " adds up: ", ...summed(neuron, numbers)];
  return [`Step ${k} of ${STEPS.length}. `, ...work, ".", ...rest];
}

/** The open neuron's two numbers, written out. @param {Values} values @returns {Pieces} */
function sumLines(values) {
  const name = String(values.open);
  if (name === "none") return [];
  const { later } = at(values);
  const sum = later.includes(NEURONS[name].sum);
  if (sum) return ["The sum of ", letter(name), " is not reached yet."];
  const numbers = worked(values);
  return [...summed(name, numbers), ...(later.includes(name) ? [] : [element("br"), ...squashed(name, numbers)])];
}

/** w1 x1 + w2 x2 + b1 = 0 × 2 + 1 × 3 + 0 = 3 @param {string} neuron @param {Numbers} numbers @returns {Pieces} */
function summed(neuron, numbers) {
  const { sum, terms, bias } = NEURONS[neuron];
  const value = (/** @type {string} */ name, first = false) => coloured(name, bracketed(shown(numbers[name]), first));
  const products = (/** @type {(name: string, first?: boolean) => Node} */ of, /** @type {string} */ times) =>
    join([...terms.map(([weight, input], k) => whole([of(weight, !k), times, of(input)])), of(bias)], " + ");
  return [
    letter(sum, "z"), " = ", ...products(letterOf, "\u2009"), " ",
    element("span", { class: "row" }, "=\u00a0", ...products(value, " × ")), " ",
    whole(["= ", coloured(sum, shown(numbers[sum]))]),
  ];
}

/** h1 = f(3) = 0.9526 @param {string} neuron @param {Numbers} numbers @returns {Pieces} */
function squashed(neuron, numbers) {
  const { sum } = NEURONS[neuron];
  const f = element("i", { class: "letters" }, "f");
  return [whole([letter(neuron), " = ", f, "(", coloured(sum, shown(numbers[sum])), ") = ", coloured(neuron, shown(numbers[neuron]))])];
}

/** A negative number behind a sign stands in brackets. @param {string} text @param {boolean} first */
const bracketed = (text, first) => (text.startsWith("−") && !first ? `(${text})` : text);

/** A quantity's letter, in its colour. @param {string} name @param {string} [as] */
const letter = (name, as = name) => coloured(name, letters(as));
const letterOf = (/** @type {string} */ name) => letter(name);

/** What shows a quantity, in its colour. @param {string} name @param {Node | string} inside */
function coloured(name, inside) {
  const kind = { x: "input", w: "weight", b: "bias", z: "sum", h: "activation", o: "activation" }[name[0]];
  return element("span", { class: `q-${kind}`, "data-quantity": name }, inside);
}

/** What no line is broken in. @param {Pieces} inside */
const whole = (inside) => element("span", { class: "whole" }, ...inside);

/** @param {Pieces} pieces @param {string} between */
const join = (pieces, between) => pieces.flatMap((piece, k) => (k ? [between, piece] : [piece]));

// You are seed n: where one of ten thousand runs lies in the histograms of Emily, Frank and the final loss.

import { element } from "../make.js";
import { Figure } from "./figure.js";
import { Originals } from "./originals.js";
import { Plane, units } from "./plane.js";
import { printed } from "./printed.js";
import { numbersIn } from "./seeds.js";

const RUNS = 10_000;
const HALF = 3.6; // of a letter of the mark, about
const NAMES = ["Emily", "Frank", "The final loss"];
const [LEFT, RIGHT] = [6, 414]; // a label stays between

/** @typedef {import("./figure.js").Values} Values */
/** @typedef {{name: string, value: number, below: number}} Place where a seed's run lies among all */

export class SeedsFigure extends Figure {
  static observedAttributes = ["seed"];

  #originals = new Originals();
  /** Emily, Frank and the loss of all runs, once a reader has asked for one. @type {Float64Array[] | null} */ #ends = null;
  /** The same in rising order. @type {Float64Array[]} */ #sorted = [];
  /** @type {Promise<void> | null} */ #coming = null;
  /** The last seed that was asked for, among all. @type {{seed: number, places: Place[]} | null} */ #ranked = null;
  #words = element("p", { class: "figure-words" });

  connectedCallback() {
    super.connectedCallback();
    if (!this.#words.isConnected) this.querySelector(".figure-bar")?.after(this.#words);
  }

  controls() {
    return [{ name: "seed", kind: "number", label: "seed", least: 0, most: RUNS - 1, step: 1 }];
  }

  actions() {
    return [["Any seed", () => this.set({ seed: Math.floor(Math.random() * RUNS) })]];
  }

  read() {
    const marks = this.drawings.map((drawing) => drawing.querySelector(".mark"));
    if (marks.length < NAMES.length || !marks.every(Boolean)) return this.book; // a cell has failed; its drawing comes back
    this.marks = /** @type {SVGGraphicsElement[]} */ (marks);
    this.planes = this.drawings.map((drawing) => new Plane(drawing));
    this.marks.forEach((mark, k) => {
      mark.addEventListener("pointerdown", () => this.#fetch());
      this.handle(mark, () => [this.#x(k), this.planes[k].y.end + 12], (dx, _dy, from) => {
        const wanted = this.planes[k].x.number(this.planes[k].x.place(this.#places(Number(from.seed))[k].value) + dx);
        return this.#ends ? { seed: nearest(this.#ends[k], wanted) } : {};
      }, "x");
    });
    return { seed: Number(this.marks[0].textContent.match(/\d+/)[0]) };
  }

  /** Where a seed's run lies in each histogram; as drawn, until the numbers of the others have come. @param {number} seed @returns {Place[]} */
  #places(seed) {
    if (seed === this.book.seed || !this.#ends) {
      return this.marks.map(({ dataset }, k) => ({ name: NAMES[k], value: Number(dataset.value), below: Number(dataset.below) }));
    }
    if (this.#ranked?.seed !== seed) {
      const places = this.#ends.map((ends, k) => {
        const value = ends[seed];
        return { name: NAMES[k], value, below: lower(this.#sorted[k], value) };
      });
      this.#ranked = { seed, places };
    }
    return this.#ranked.places;
  }

  /** @param {number} k */
  #x(k) {
    return this.planes[k].x.place(this.#places(Number(this.values.seed))[k].value);
  }

  #fetch() {
    this.#coming ??= numbersIn("ends").then(
      (numbers) => {
        this.#ends = [0, 1, 2].map((k) => numbers.subarray(k * RUNS, (k + 1) * RUNS));
        this.#sorted = this.#ends.map((ends) => ends.slice().sort());
        this.attributeChangedCallback();
      },
      () => {
        this.removeAttribute("seed");
        for (const part of this.querySelectorAll(".figure-control, .figure-bar button:first-child")) part.remove();
        this.say("The runs of the other seeds can’t be had, so the figure stays as it is.", true);
      },
    );
  }

  /** @param {Values} values */
  draw(values) {
    if (!this.hasAttribute("changed")) {
      this.#originals.restore();
      this.#words.textContent = "";
      return;
    }
    if (!this.#ends) {
      this.#fetch();
      return;
    }
    const seed = Number(values.seed);
    this.#places(seed).forEach(({ value }, k) => this.#mark(k, seed, value));
    this.#words.textContent = this.tell(values);
  }

  /** @param {number} k @param {number} seed @param {number} value */
  #mark(k, seed, value) {
    const x = this.planes[k].x.place(value);
    const [line, text] = this.marks[k].children;
    this.#originals.set(line, "d", line.getAttribute("d").replace(/(?<=[ML])\S+/g, units(x)));
    this.#originals.write(text.firstChild, `seed ${seed}: `);
    this.#originals.write(text.querySelector(".value"), printed(value));
    const half = text.textContent.length * HALF; // to measure it would lay out the whole page at every move
    this.#originals.set(text, "x", units(Math.min(Math.max(x, LEFT + half), RIGHT - half)));
  }

  /** @param {Values} values */
  tell({ seed }) {
    if (seed !== this.book.seed && !this.#ends) return "";
    const said = this.#places(Number(seed)).map(({ name, value, below }) => `${name} ${printed(value)}, ${ranked(below)}`);
    return `Seed ${seed}: ${said.join("; ").replaceAll("The final", "the final")}.`;
  }

  /** @param {Values} values */
  table({ seed }) {
    const rows = this.#places(Number(seed)).map(({ name, value, below }) => [name, printed(value), printed(below, 5), printed(RUNS - 1 - below, 5)]);
    return { caption: `Seed ${seed} among ${printed(RUNS, 5)} runs`, head: ["result", "its value", "runs below", "runs above"], rows };
  }

  /** @param {Values} values */
  tasks({ seed }) {
    const frank = this.#places(Number(seed))[1].value;
    return [{
      name: "unsure",
      done: seed !== this.book.seed && this.#ends !== null && frank > 0.05,
      say: `That is one: from seed ${seed} the network gives Frank ${printed(frank)}, one of the less sure answers.`,
    }];
  }
}

/** A rank in words. @param {number} below how many of the runs are lower */
function ranked(below) {
  const share = Math.round((100 * below) / RUNS);
  if (below === 0) return "the lowest of all runs";
  if (below === RUNS - 1) return "the highest of all runs";
  return share === 0 ? "higher than fewer than 1 % of the runs" : `higher than ${share} % of the runs`;
}

/** The seed whose value is nearest. @param {Float64Array} values @param {number} wanted */
const nearest = (values, wanted) =>
  values.reduce((best, value, seed) => (Math.abs(value - wanted) < Math.abs(values[best] - wanted) ? seed : best), 0);

/** How many numbers of a rising row are less than one. @param {Float64Array} row @param {number} one */
function lower(row, one) {
  let [from, to] = [0, row.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (row[middle] < one) from = middle + 1;
    else to = middle;
  }
  return from;
}

// The map of a network's answers (src/drawings/maps.py), for any network: bands, contours and people.

import { contours, moated } from "./contours.js";
import { forward, sums } from "./formulas.js";
import { drawn, Plane, trace, units } from "./plane.js";
import { fixed, printed } from "./printed.js";

const LEVELS = [0.1, 0.3, 0.5, 0.7, 0.9];
const FINENESS = 91; // points in each direction: the sums before the sigmoid hardly bend between two of them
const LABEL = { wide: 12.5, high: 8 }; // half of the room that a contour's label takes
const CLEAR = 3; // units that it stays away from everything

/** @typedef {import("./contours.js").Point} Point */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */
/** @typedef {{name: string, pounds: number, inches: number, x: [number, number], label: number, trained: boolean, sign: SVGElement, text: SVGTextElement}} Person */

export class AnswersMap {
  /** Where the levels' labels stood last, so that they do not jump. @type {Map<number, Point>} */ #labels = new Map();

  /** @param {SVGSVGElement} drawing @param {import("./originals.js").Originals} originals */
  constructor(drawing, originals) {
    this.drawing = drawing;
    this.originals = originals;
    this.plane = new Plane(drawing);
    /** @type {Person[]} */
    this.people = [...drawing.querySelectorAll(".person[data-person]")].map((sign) => {
      const { person: name, pounds, inches, shifted, label } = sign.dataset;
      const text = drawing.querySelector(`.label[data-person="${name}"]`);
      const x = shifted.split(" ").map(Number);
      const trained = sign.matches(".disc, .square");
      return { name, pounds: Number(pounds), inches: Number(inches), x, label: Number(label), trained, sign, text };
    });
    const [{ pounds, inches, x }] = this.people;
    this.shift = [pounds - x[0], inches - x[1]];
    this.anyone = /** @type {Person} */ (this.people.find(({ name }) => name === "anyone"));
    const grid = ({ low, high }) => Array.from({ length: FINENESS }, (_, k) => low + ((high - low) * k) / (FINENESS - 1));
    this.pounds = grid(this.plane.x);
    this.inches = grid(this.plane.y);
    this.boxes = new Map();
  }

  /** Where a person's name stands in the book's drawing; measured once, when something moves. @param {Person} person @returns {Box} */
  box(person) {
    if (!this.boxes.has(person)) {
      const { x, y, width, height } = person.text.getBBox();
      this.boxes.set(person, { left: x, top: y, right: x + width, bottom: y + height });
    }
    return this.boxes.get(person);
  }

  /** The network's answer for somebody. @param {import("./formulas.js").Parameters} p @param {number} pounds @param {number} inches */
  answer = (p, pounds, inches) => forward(p, pounds - this.shift[0], inches - this.shift[1]).o1;

  /** @param {import("./formulas.js").Parameters} p @param {number} pounds of anyone @param {number} inches */
  draw(p, pounds, inches) {
    for (const person of this.people) this.box(person);
    for (const person of this.people.filter((one) => one !== this.anyone)) {
      const value = person.text.querySelector(".value");
      if (value) this.#write(person, value, this.answer(p, person.pounds, person.inches));
    }
    this.#place(p, pounds, inches);
    this.#ground(p);
  }

  /** A number beside a name; where the name stands to the left of its sign, its end stays there. @param {Person} person @param {Element} value @param {number} answer */
  #write(person, value, answer) {
    this.originals.write(value, printed(answer));
    const { right } = this.box(person);
    if (right > this.plane.x.place(person.pounds)) return;
    this.originals.set(person.text, "text-anchor", "end");
    this.originals.set(person.text, "x", units(right));
  }

  /** The ring, with its name where there is most room. @param {import("./formulas.js").Parameters} p @param {number} pounds @param {number} inches */
  #place(p, pounds, inches) {
    const { sign, text } = this.anyone;
    const [x, y] = this.plane.at(pounds, inches);
    this.originals.set(sign, "cx", units(x));
    this.originals.set(sign, "cy", units(y));
    this.originals.write(text.querySelector(".value"), printed(this.answer(p, pounds, inches)));
    const { left, right } = this.box(this.anyone);
    const [wide, high] = [right - left + 8, 19];
    const others = this.#taken(this.anyone);
    const places = [[1, 0], [-1, 0], [0, -1], [0, 1]].map(([across, down]) => {
      const [middle, centre] = [x + across * (11 + wide / 2), y + down * (11 + high / 2)];
      return { left: middle - wide / 2, right: middle + wide / 2, top: centre - high / 2, bottom: centre + high / 2 };
    });
    const frame = { left: this.plane.x.start, right: this.plane.x.end + 8, top: this.plane.y.end, bottom: this.plane.y.start };
    const crowding = (/** @type {Box} */ box) =>
      others.reduce((sum, other) => sum + shared(box, other), 10 * (wide * high - shared(box, frame)));
    const best = places.reduce((one, other) => (crowding(other) < crowding(one) ? other : one));
    this.ring = { left: x - 8, right: x + 8, top: y - 8, bottom: y + 8 };
    this.named = best;
    this.originals.set(text, "x", units(best.left));
    this.originals.set(text, "y", units(best.bottom - 5));
  }

  /** The room of all signs and names but one person's. @param {Person} [but] @returns {Box[]} */
  #taken(but) {
    return this.people.filter((one) => one !== but).flatMap((one) => {
      const [x, y] = this.plane.at(one.pounds, one.inches);
      return [this.box(one), { left: x - 8, right: x + 8, top: y - 8, bottom: y + 8 }];
    });
  }

  /** The bands and the contours, in groups of their own in place of the book's. @param {import("./formulas.js").Parameters} p */
  #ground(p) {
    const key = JSON.stringify(p);
    this.#begin();
    if (key !== this.ground) this.#survey(p);
    this.ground = key;
    this.lines.replaceChildren(...this.#contours(this.levels));
  }

  /** Where the bands and contours of a network run. @param {import("./formulas.js").Parameters} p */
  #survey(p) {
    const heights = sums(p, this.pounds.map((one) => one - this.shift[0]), this.inches.map((one) => one - this.shift[1]));
    const map = { xs: this.pounds, ys: this.inches, heights };
    const whole = moated(map);
    const placed = (/** @type {Point[]} */ line) => line.map(([x, y]) => this.plane.at(x, y));
    const bands = LEVELS.map((level) => contours(whole, unsquashed(level)).map((line) => `${trace(placed(line))}Z`).join(""));
    this.levels = LEVELS.map((level) => contours(map, unsquashed(level)).map(placed));
    this.bands.replaceChildren(
      ...bands.filter(Boolean).map((d) => drawn("path", { d, class: "band", fill: "currentColor", "fill-opacity": 0.1, stroke: "none" })),
    );
  }

  /** The book's bands and contours step back; empty groups stand in their places. */
  #begin() {
    if (this.lines?.isConnected) return;
    this.bands = drawn("g", { class: "bands q-activation" });
    this.lines = drawn("g", { class: "contours" });
    const bands = this.drawing.querySelector(".bands");
    for (const part of [bands, ...this.drawing.querySelectorAll("g.contour[data-level]")]) this.originals.set(part, "display", "none");
    bands.after(this.bands);
    this.drawing.querySelector(".axes").after(this.lines);
  }

  /** The book's own ground again. */
  restore() {
    this.bands?.remove();
    this.lines?.remove();
    this.ground = "";
  }

  /** Each contour, broken where its level is written. @param {Point[][][]} levels */
  #contours(levels) {
    const frame = { left: this.plane.x.start, right: this.plane.x.end, top: this.plane.y.end, bottom: this.plane.y.start };
    const taken = [...this.#taken(this.anyone), this.ring, this.named];
    return levels.flatMap((lines, k) => {
      // Every third point: they still lie closer than a label is high.
      const others = levels.filter((_, other) => other !== k).flat().flatMap((line) => line.filter((_, n) => n % 3 === 0));
      const longest = lines.reduce((one, other) => (other.length > one.length ? other : one), []);
      const at = this.#label(LEVELS[k], longest, frame, taken, others);
      if (at) taken.push(around(at));
      const text = fixed(LEVELS[k], 1);
      const label = at && drawn("text", { x: units(at[0]), y: units(at[1] + 5), "font-size": 14, fill: "currentColor", stroke: "none", "text-anchor": "middle", class: "tick" }, text);
      const d = lines.map((line) => (at && line === longest ? broken(line, around(at)) : trace(line))).join("");
      if (!d) return [];
      return [drawn("g", { class: "contour" }, drawn("path", { d, "stroke-width": LEVELS[k] === 0.5 ? 2.6 : 1.2 }), ...(label ? [label] : []))];
    });
  }

  /** A place for a level's label on its contour: near the last one if there is room, else where there is most. @param {number} level @param {Point[]} line @param {Box} frame @param {Box[]} taken @param {Point[]} others @returns {Point | null} */
  #label(level, line, frame, taken, others) {
    const room = (/** @type {Point} */ [x, y]) => {
      const inside = Math.min(x - frame.left, frame.right - x) - LABEL.wide;
      let least = Math.min(inside, Math.min(y - frame.top, frame.bottom - y) - LABEL.high);
      for (const box of taken) least = Math.min(least, Math.max(box.left - x - LABEL.wide, x - LABEL.wide - box.right, box.top - y - LABEL.high, y - LABEL.high - box.bottom));
      for (const [a, b] of others) least = Math.min(least, Math.max(Math.abs(a - x) - LABEL.wide, Math.abs(b - y) - LABEL.high));
      return least;
    };
    const free = line.filter((_, k) => k % 4 === 2).map((at) => ({ at, room: room(at) })).filter(({ room }) => room >= CLEAR);
    if (!free.length) return null;
    const last = this.#labels.get(level);
    const rank = last
      ? ({ at }) => -Math.hypot(at[0] - last[0], at[1] - last[1])
      : ({ room }) => room;
    const { at } = free.reduce((one, other) => (rank(other) > rank(one) ? other : one));
    this.#labels.set(level, at);
    return at;
  }
}

/** @param {Point} at @returns {Box} */
const around = ([x, y]) => ({ left: x - LABEL.wide, right: x + LABEL.wide, top: y - LABEL.high, bottom: y + LABEL.high });

/** The pieces of a line outside a box. @param {Point[]} line @param {Box} box */
function broken(line, box) {
  /** @type {Point[][]} */ const pieces = [[]];
  for (const point of finely(line)) {
    const [x, y] = point;
    if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) pieces.push([]);
    else pieces[pieces.length - 1].push(point);
  }
  return pieces.filter((piece) => piece.length > 1).map(trace).join("");
}

/** The same line with a point between each two, so that it breaks close to the label. @param {Point[]} line @returns {Point[]} */
const finely = (line) =>
  line.flatMap((point, k) => (k ? [[(line[k - 1][0] + point[0]) / 2, (line[k - 1][1] + point[1]) / 2], point] : [point]));

/** How much of its room a box shares with another. @param {Box} one @param {Box} other */
const shared = (one, other) =>
  Math.max(0, Math.min(one.right, other.right) - Math.max(one.left, other.left)) *
  Math.max(0, Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top));

/** The sum that the sigmoid squashes into a prediction. @param {number} y */
const unsquashed = (y) => Math.log(y / (1 - y));

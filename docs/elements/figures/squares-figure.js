// The loss as squares: drag the four predictions, and each squared error, and their mean, is a square that grows.

import { Figure } from "./figure.js";
import { mse } from "./formulas.js";
import { drawn, Plane, trace } from "./plane.js";
import { printed } from "./printed.js";

const PEOPLE = ["Alice", "Bob", "Charlie", "Diana"];
const SMALLEST = 0.5; // a square with shorter sides would not be seen
const SPACING = 6; // from one stroke of the hatching to the next
const GAP = 18; // from the mean's square to its words

/**
 * A person's part of the drawing, with what the library says of them.
 * @typedef {{part: SVGGElement, name: string, label: number, answer: number}} Person
 */

export class SquaresFigure extends Figure {
  static observedAttributes = PEOPLE.map((name) => name.toLowerCase());
  /** @type {Person[]} */ #people = [];
  /** @type {Plane} */ #plane;
  /** Where the words beside the mean's square start in the book. */ #words = 0;

  controls() {
    const bounds = /** @type {const} */ ({ kind: "number", least: 0, most: 1, step: 0.01 });
    return PEOPLE.map((name) => ({ ...bounds, name: name.toLowerCase(), label: `answer for ${name}` }));
  }

  read() {
    const [drawing] = this.drawings;
    this.#plane = new Plane(drawing);
    this.#words = Number(drawing.querySelector(".mean text").getAttribute("x"));
    this.#people = [...drawing.querySelectorAll(".person")].map((part) => ({
      part,
      name: part.dataset.person,
      label: valueIn(part, "y_true"),
      answer: valueIn(part, "y_pred"),
    }));
    for (const { part, name } of this.#people) this.#draggable(part, name.toLowerCase());
    return Object.fromEntries(this.#people.map(({ name, answer }) => [name.toLowerCase(), answer]));
  }

  /** @param {SVGGElement} part @param {string} name */
  #draggable(part, name) {
    const group = part.querySelector(".prediction");
    const dot = group.querySelector("circle");
    const middle = () => [Number(dot.getAttribute("cx")), Number(dot.getAttribute("cy"))];
    const { y } = this.#plane;
    const move = (_dx, dy, from) => ({ [name]: hundredth(y.number(y.place(from[name]) + dy)) });
    this.handle(group, middle, move, "y");
  }

  /** Everybody with their answer and its squared error. */
  #answers(values) {
    return this.#people.map((person) => {
      const answer = Number(values[person.name.toLowerCase()]);
      return { ...person, answer, squared: mse([person.label], [answer]) };
    });
  }

  #loss(people) {
    return mse(people.map(({ label }) => label), people.map(({ answer }) => answer));
  }

  draw(values) {
    const people = this.#answers(values);
    const { x, y } = this.#plane;
    for (const { part, label, answer, squared } of people) {
      const dot = part.querySelector(".prediction circle");
      const top = y.place(Math.max(label, answer));
      dot.setAttribute("cy", String(y.place(answer)));
      square(part.querySelector(".square"), Number(dot.getAttribute("cx")), top, y.place(Math.min(label, answer)) - top);
      const numbers = part.querySelectorAll(".value"); // the answer's only where there is room for it
      numbers[0].textContent = printed(answer);
      numbers[numbers.length - 1].textContent = printed(squared);
    }
    const loss = this.#loss(people);
    const mean = this.drawings[0].querySelector(".mean");
    const side = Math.sqrt(loss) * (x.place(1) - x.place(0));
    const [said, number] = mean.querySelectorAll("text");
    const middle = (Number(said.getAttribute("y")) + Number(number.getAttribute("y")) - 11) / 2;
    square(mean.querySelector(".square"), x.start, middle - side / 2, side);
    const beside = String(Math.max(this.#words, x.start + side + GAP)); // the words stay where they are while they can
    for (const text of [said, number]) text.setAttribute("x", beside);
    number.querySelector(".value").textContent = printed(loss);
  }

  tell(values) {
    const people = this.#answers(values);
    const errors = people.map(({ name, squared }) => `${printed(squared)} for ${name}`).join(", ");
    return `The squared errors are ${errors}. Their mean, the loss, is ${printed(this.#loss(people))}.`;
  }

  table(values) {
    const people = this.#answers(values);
    const row = ({ name, label, answer, squared }) => [name, ...[label, answer, label - answer, squared].map((one) => printed(one))];
    return {
      caption: "Answers and squared errors",
      head: ["name", "label", "answer", "error", "squared"],
      rows: [...people.map(row), ["mean", "", "", "", printed(this.#loss(people))]],
    };
  }

  tasks(values) {
    const people = this.#answers(values);
    const loss = this.#loss(people);
    const same = people.every(({ answer }) => answer === people[0].answer);
    return [
      { name: "worst", done: loss === 1, say: "These are the four worst answers. The loss is 1, and no answers from 0 to 1 have a larger one." },
      { name: "same", done: same && loss === 0.25, say: "Said to everyone, 0.5 has the smallest loss, 0.25. Any other answer is further from two of the four." },
      {
        name: "nobody",
        done: loss < 0.05 && people.every(({ label, answer }) => label !== answer),
        say: `The loss is ${printed(loss)}, and no answer is exactly right. Many small errors count for little once they are squared.`,
      },
    ];
  }
}

/** @param {Element} part @param {string} quantity */
const valueIn = (part, quantity) => Number(part.querySelector(`[data-quantity="${quantity}"]`).dataset.value);

/** @param {number} number */
const hundredth = (number) => Math.round(number * 100) / 100;

/** Draws a hatched square, or nothing where it would be too small to see. @param {Element} part @param {number} left @param {number} top @param {number} side */
function square(part, left, top, side) {
  if (side < SMALLEST) {
    part.replaceChildren();
    return;
  }
  if (!part.childElementCount) {
    part.append(drawn("path", { class: "hatching", "stroke-width": 1, "stroke-opacity": 0.55 }), drawn("rect"));
  }
  part.querySelector("path").setAttribute("d", hatching(left, top, left + side, top + side));
  const rect = part.querySelector("rect");
  for (const [name, value] of Object.entries({ x: left, y: top, width: side, height: side })) rect.setAttribute(name, String(value));
}

/** Slanting pencil strokes that fill an upright rectangle, as in src/drawings/pen.py. @param {number} left @param {number} top @param {number} right @param {number} bottom */
function hatching(left, top, right, bottom) {
  let d = "";
  for (let s = left + top + SPACING; s < right + bottom; s += SPACING) {
    d += trace([[Math.max(left, s - bottom), Math.min(bottom, s - left)], [Math.min(right, s - top), Math.max(top, s - right)]]);
  }
  return d;
}

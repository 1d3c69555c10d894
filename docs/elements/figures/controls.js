// The fields, sliders and choices of a figure: they show its values and change them.

import { element } from "../make.js";
import { letters, signed } from "./printed.js";

/**
 * @typedef {number | string | boolean} Value
 * @typedef {Record<string, Value>} Values
 *
 * @typedef {object} Control
 * @property {string} name       of the attribute, and in a link
 * @property {"number" | "choice" | "switch"} kind
 * @property {string} label      what it is: "weight", "learning rate"
 * @property {string} [quantity] w1, say: its letter is shown and its colour used
 * @property {number} [least]    of numbers, and by what a key steps
 * @property {number} [most]
 * @property {number} [step]
 * @property {"log"} [scale]     the slider goes by powers of ten, and step is a part of one; numbers have two digits
 * @property {[value: string, label: string][]} [choices]
 * @property {boolean} [apart]   the figure has buttons of its own for it: no row here, but kept, linked, reset
 */

export class Controls {
  /** @type {HTMLElement[]} */ rows;
  /** What shows each value. @type {Map<string, (value: Value) => void>} */ #shown = new Map();
  #id;
  #figure;

  /**
   * @param {string} id of the figure
   * @param {Control[]} controls
   * @param {{values: Values, set: (values: Values) => void, say: (sentence: string, wrong?: boolean) => void}} figure
   */
  constructor(id, controls, figure) {
    this.#id = id;
    this.#figure = figure;
    this.rows = controls.filter(({ apart }) => !apart).map((control) => this.#row(control));
  }

  /** @param {Values} values */
  show(values) {
    for (const [name, show] of this.#shown) show(values[name]);
  }

  /** @param {Control} control */
  #row(control) {
    const id = `${this.#id}-${control.name}`;
    const name = [control.label, ...(control.quantity ? [" ", letters(control.quantity)] : [])];
    const row = element("div", { class: "figure-control", "data-quantity": control.quantity ?? false });
    row.append(element("label", { for: id }, ...name));
    if (control.kind === "number") row.append(...this.#number(control, id));
    else row.append(control.kind === "choice" ? this.#choice(control, id) : this.#switch(control, id));
    return row;
  }

  /** @param {Control} control @param {string} id */
  #number(control, id) {
    const { name, least, most, step } = control;
    const { place, number } = SCALES[control.scale ?? "straight"];
    const bounds = { min: String(place(least)), max: String(place(most)), step: String(step) };
    const slider = element("input", { type: "range", ...bounds, "aria-label": `${called(control)}, slider` });
    const field = element("input", { id, type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false" });
    slider.addEventListener("input", () => this.#figure.set({ [name]: number(Number(slider.value)) }));
    let taken = ""; // what stands in the field and is the figure's value, or has been refused
    field.addEventListener("change", () => {
      taken = field.value;
      const text = field.value.trim().replace("−", "-").replace(/^(-?\d*),(\d+)$/, "$1.$2"); // 0,5 as many write it
      const fault = wrong(control, text);
      field.ariaInvalid = String(Boolean(fault));
      this.#figure.say(fault, Boolean(fault));
      if (!fault) this.#figure.set({ [name]: Number(text) });
    });
    field.addEventListener("keydown", (event) => {
      const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!way) return;
      event.preventDefault();
      taken = field.value; // what was typed gives way
      const steps = place(Number(this.#figure.values[name])) / step;
      const next = (control.scale ? Math.round(steps) : steps) + way; // by powers of ten: back to the same round numbers
      this.#figure.set({ [name]: number(Math.round(next * step * 1e9) / 1e9) });
    });
    this.#shown.set(name, (value) => {
      slider.value = String(place(Number(value)));
      if (control.scale) slider.ariaValueText = signed(shortest(Number(value)));
      const typing = field.ariaInvalid === "true" || field.value !== taken;
      if (document.activeElement === field && typing) return; // nobody's typing is lost
      field.value = taken = signed(shortest(Number(value)));
      field.ariaInvalid = "false";
    });
    return [slider, field];
  }

  /** @param {Control} control @param {string} id */
  #choice({ name, choices }, id) {
    const select = element("select", { id }, ...choices.map(([value, says]) => element("option", { value }, says)));
    select.addEventListener("change", () => this.#figure.set({ [name]: select.value }));
    this.#shown.set(name, (value) => (select.value = String(value)));
    return select;
  }

  /** @param {Control} control @param {string} id */
  #switch({ name }, id) {
    const box = element("input", { type: "checkbox", id });
    box.addEventListener("change", () => this.#figure.set({ [name]: box.checked }));
    this.#shown.set(name, (value) => (box.checked = value === true));
    return box;
  }
}

/**
 * What is wrong with a value that somebody typed or a link carries; nothing if it is sound.
 * @param {Control} control
 * @param {string} text
 */
export function wrong(control, text) {
  const name = called(control);
  if (control.kind === "number") {
    const number = Number(text);
    if (!text.trim() || !Number.isFinite(number)) return `The ${name} has to be a number, and “${text}” is none.`;
    const whole = !control.scale && Number.isInteger(control.step);
    if (whole && !Number.isInteger(number)) return `The ${name} has to be a whole number, and ${signed(text)} is none.`;
    if (number >= control.least && number <= control.most) return "";
    const bounds = `between ${signed(String(control.least))} and ${signed(String(control.most))}`;
    return `The ${name} has to lie ${bounds}, and ${signed(String(number))} does not.`;
  }
  const allowed = control.kind === "switch" ? ["true", "false"] : control.choices.map(([value]) => value);
  return allowed.includes(text) ? "" : `The ${name} can be ${allowed.join(", ")}, but not “${text}”.`;
}

/** A sound value out of an attribute or a link. @param {Control} control @param {string} text @returns {Value} */
export function valueOf({ kind }, text) {
  if (kind === "number") return Number(text);
  return kind === "switch" ? text === "true" : text;
}

/** A number within a control's bounds. @param {Control} control @param {number} value */
export const within = ({ least, most }, value) => Math.min(most, Math.max(least, value));

/** Where a number stands on its slider, and back. @type {Record<string, Record<"place" | "number", (from: number) => number>>} */
const SCALES = {
  straight: { place: (number) => number, number: (place) => place },
  log: { place: Math.log10, number: (place) => Number((10 ** place).toPrecision(2)) },
};

/** @param {Control} control */
const called = ({ label, quantity }) => [label, quantity].filter(Boolean).join(" ");

/** A number as a field shows it: at most six significant digits. @param {number} number */
const shortest = (number) => String(Number(number.toPrecision(6)));

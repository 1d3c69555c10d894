// A parameter's partial derivative, one factor at a time: from the loss back along the edges. The factor lights
// up in the formula and in the drawing; who wants to says what it is before it is shown.

import { element } from "../make.js";
import { FACTORS, chain, judged, product, workedOut } from "./factors.js";
import { Figure, given } from "./figure.js";
import { PARAMETERS } from "./formulas.js";
import { hint, praise } from "./hints.js";
import { formula, letter, number, partial, prime } from "./maths.js";
import { drawn } from "./plane.js";
import { printed } from "./printed.js";
import { Trail, parts } from "./trail.js";

/** @typedef {import("./figure.js").Values} Values */
/** @typedef {ReturnType<typeof workedOut> & {names: string[], step: number, parameter: string, predict: boolean}} State */

const text = (/** @type {string} */ name) => `∂${FACTORS[name].of}/∂${FACTORS[name].by}`;

export class BackpropFigure extends Figure {
  static observedAttributes = ["parameter", "step", "predict", "pencil"];
  /** What the drawing shows. @type {{p: Record<string, number>, x: [number, number], y_true: number}} */ #given;
  /** The factors of this chain that the reader has found. @type {Set<string>} */ #found = new Set();
  /** Whose chain that is. */ #of = "";
  /** @type {Trail} */ #trail;
  /** @type {Record<string, HTMLElement>} */ #around;
  /** @type {HTMLInputElement} */ #field;

  connectedCallback() {
    super.connectedCallback();
    if (!this.#around) this.#surround();
  }

  controls() {
    const steps = ["0", "1", "2", "3", "4"].map((one) => /** @type {[string, string]} */ ([one, one]));
    return /** @type {import("./controls.js").Control[]} */ ([
      { name: "parameter", kind: "choice", label: "Parameter", choices: PARAMETERS.map((name) => [name, name]) },
      { name: "predict", kind: "switch", label: "Predict the next factor" },
      { name: "pencil", kind: "switch", label: "Round each step" },
      { name: "step", kind: "choice", label: "step", apart: true, choices: steps },
    ]);
  }

  read() {
    const [drawing] = this.drawings;
    const number = (/** @type {string} */ name) => given(drawing, name);
    this.#given = {
      p: Object.fromEntries(PARAMETERS.map((name) => [name, number(name)])),
      x: [number("x1"), number("x2")],
      y_true: number("y_true"),
    };
    this.#trail = new Trail(drawing);
    for (const name of PARAMETERS) this.#touchable(name);
    return { parameter: "w1", step: "0", predict: false, pencil: false };
  }

  /** A parameter's label chooses it. @param {string} name */
  #touchable(name) {
    const { edge } = parts(this.drawings[0], name);
    const [x, y] = ["x", "y"].map((side) => Number(edge.querySelector("text").getAttribute(side)));
    edge.append(drawn("circle", { class: "opener", cx: x, cy: y - 5, r: 17, fill: "transparent", stroke: "none" }));
    edge.addEventListener("click", () => this.set({ parameter: name, step: "1" }));
  }

  /** @param {Values} values @returns {State} */
  #state({ parameter, step, predict, pencil }) {
    const { p, x, y_true } = this.#given;
    const names = chain(String(parameter));
    const now = Math.min(names.length + 1, Math.max(predict ? 1 : 0, Number(step)));
    return { ...workedOut(p, ...x, y_true, Boolean(pencil)), names, step: now, parameter: String(parameter), predict: Boolean(predict) };
  }

  #surround() {
    const button = (/** @type {string} */ says, /** @type {() => void} */ act) => {
      const made = element("button", { type: "button" }, says);
      made.addEventListener("click", act);
      return made;
    };
    const row = element("div", { class: "figure-bar backprop-steps", role: "group", "aria-label": "The factors" },
      button("Back", () => this.#walk(-1)), button("Next factor", () => this.#walk(1)));
    const part = (/** @type {"div" | "ol" | "p"} */ tag, /** @type {string} */ name) => element(tag, { class: `backprop-${name}` });
    const [whole, factors, now, sofar] = [part("div", "whole"), part("ol", "factors"), part("p", "now"), part("p", "sofar")];
    const id = `${this.id}-factor`;
    this.#field = element("input", { id, type: "text", autocomplete: "off", spellcheck: "false", "aria-describedby": `${this.id}-note` });
    const asked = element("label", { for: id });
    const form = element("form", { class: "backprop-form", hidden: "" }, asked, this.#field, element("button", {}, "Check"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#check();
    });
    const stage = element("div", { class: "backprop-stage", hidden: "" }, element("div", { class: "backprop-chain" }, whole, factors), now, form, sofar);
    sofar.tabIndex = -1; // where the reader is after the last factor
    this.querySelector(".figure-bar").after(row, stage);
    this.querySelector(".figure-note").id = `${this.id}-note`;
    this.#around = { whole, factors, now, sofar, asked, form, stage };
    if (this.hasAttribute("changed")) this.draw(this.values);
  }

  /** @param {number} way */
  #walk(way) {
    const { names, step, parameter, factors } = this.#state(this.values);
    const last = names.length + 1;
    this.say(way > 0 && step === last ? `That is all of it: ∂L/∂${parameter} = ${printed(product(names, factors))}.` : "");
    this.set({ step: String(Math.min(last, Math.max(0, step + way))) });
  }

  /** What the reader has typed. */
  #check() {
    const state = this.#state(this.values);
    const { p, x, y_true } = this.#given;
    const name = state.names[state.step - 1];
    const { right, slips } = judged(name, this.#field.value, p, ...x, y_true);
    this.#field.ariaInvalid = String(!right);
    if (!right) {
      this.say(hint(name, slips, state.scope), true);
      return;
    }
    const [exact, pencil] = [false, true].map((how) => workedOut(p, ...x, y_true, how).factors[name]);
    this.say(praise(right, exact, pencil));
    this.#found.add(name);
    this.#field.value = "";
    this.set({ step: String(state.step + 1) });
    if (state.step === state.names.length) this.#around.sofar.focus({ preventScroll: true });
  }

  reset() {
    super.reset();
    this.#found.clear();
  }

  /** @param {Values} values */
  draw(values) {
    if (!this.#around) return;
    const state = this.#state(values);
    const { names, step, factors, parameter, predict, scope } = state;
    if (parameter !== this.#of) this.#found.clear();
    this.#of = parameter;
    const { whole, factors: list, now, sofar, asked, form, stage } = this.#around;
    this.#trail.show(names, step);
    stage.hidden = step === 0;
    const done = step > names.length;
    const asks = predict && !done;
    const shown = asks ? step - 1 : Math.min(step, names.length);
    whole.replaceChildren(formula(partial("L", parameter), "="));
    list.replaceChildren(...names.map((name, k) => {
      const { of, by } = FACTORS[name];
      const value = k < shown ? formula(number(printed(factors[name]))) : "?";
      const badge = element("span", { class: "backprop-badge" }, String(k + 1));
      return element("li", { class: k < step - 1 ? "passed" : "", "aria-current": k === step - 1 && "step" },
        badge, formula(partial(of, by)), element("span", { class: "backprop-value" }, value));
    }));
    form.hidden = !asks;
    now.hidden = asks;
    if (asks) {
      asked.replaceChildren(formula(partial(FACTORS[names[step - 1]].of, FACTORS[names[step - 1]].by), "="));
      this.#field.ariaLabel = `Factor ${step}, ${text(names[step - 1])}`; // a formula is no name to every program
    } else if (!done && step) now.replaceChildren(...writtenOut(names[step - 1], scope, factors));
    const times = names.slice(0, shown).flatMap((name, k) => [...(k ? ["×"] : []), number(printed(factors[name]), k > 0)]);
    const result = number(printed(product(names.slice(0, shown), factors)));
    now.hidden ||= done;
    sofar.replaceChildren(...(done
      ? [formula(partial("L", parameter), "=", ...times), " ", formula("=", result)]
      : shown ? ["So far: ", formula(...(shown > 1 ? times : []), ...(shown > 1 ? ["="] : []), result)] : []));
  }

  /** @param {Values} values */
  tell(values) {
    const { names, step, factors, parameter, predict } = this.#state(values);
    if (!step) return "No factor is shown.";
    const sofar = (/** @type {number} */ count) => printed(product(names.slice(0, count), factors));
    if (step > names.length) return `All factors multiplied: ∂L/∂${parameter} = ${sofar(step)}.`;
    const name = names[step - 1];
    const where = `Factor ${step} of ${names.length} for ${parameter}: ${text(name)}`;
    return predict ? `${where} is asked for.` : `${where} = ${printed(factors[name])}. The product so far is ${sofar(step)}.`;
  }

  /** @param {Values} values */
  table(values) {
    const { p, x, y_true } = this.#given;
    const [exact, pencil] = [false, true].map((how) => workedOut(p, ...x, y_true, how).factors);
    const shown = values.pencil ? pencil : exact;
    const rows = PARAMETERS.map((name) => {
      const names = chain(name);
      return [`∂L/∂${name}`, names.map((one) => printed(shown[one])).join(" × "), printed(product(names, exact)), printed(product(names, pencil))];
    });
    const caption = `The factors of all nine partial derivatives, ${values.pencil ? "each rounded to three digits" : "exact"}, and their product either way.`;
    return { caption, head: ["partial", "factors", "exact", "pencil"], rows };
  }

  /** @param {Values} values */
  tasks(values) {
    const { names, step, factors, parameter } = this.#state(values);
    const done = parameter === this.#of && step > names.length && names.every((name) => this.#found.has(name));
    return [{ name: parameter, done, say: `Done: you predicted every factor, and ∂L/∂${parameter} = ${printed(product(names, factors))}.` }];
  }
}

/** A factor as the text writes it: in letters, in numbers, and what it comes to. @param {string} name @param {Record<string, number>} scope @param {Record<string, number>} factors */
function writtenOut(name, scope, factors) {
  const { of, by, times, sum } = FACTORS[name];
  const [n, is] = [(/** @type {string} */ one) => number(printed(scope[one])), formula("=", number(printed(factors[name])))];
  const two = () => number("−2");
  const letters = sum
    ? [...(times ? [letter(times), "×"] : []), prime(letter(sum))]
    : [two(), "(", letter("y_true"), "−", letter("y_pred"), ")"];
  const numbers = sum ? [...(times ? [n(times), "×"] : []), prime(n(sum))] : [two(), "(", n("y_true"), "−", n("o1"), ")"];
  return [formula(partial(of, by), "=", ...letters), " ", formula("=", ...numbers), " ", is];
}

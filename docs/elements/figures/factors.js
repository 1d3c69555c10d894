// The chain of factors of each parameter, worked out exactly or with a pencil, and what goes wrong on the way.
// Pure arithmetic: tests/figures/test_factors.py holds it against pencilnet.

import { backward, forward, sigmoid, sigmoidDerivative } from "./formulas.js";

/** @typedef {Record<string, number>} Scope every number that a factor is made of, by name */
/**
 * @typedef {object} Factor
 * @property {string} of      what moves: "h1" in dh1_dw1
 * @property {string} by      what is nudged: "w1"
 * @property {string} [times] what the nudge is multiplied by on its way into the sum; nothing for a bias
 * @property {string} [sum]   where the sigmoid's derivative is taken; nothing for the loss
 * @property {string} [output] the sigmoid of that sum
 * @property {string} [instead] what is easily taken in place of `times`
 */

const hidden = (of, by, times) => ({ of, by, times, sum: `z_${of}`, output: of, instead: by });
const output = (by, times) => ({ of: "y_pred", by, times, sum: "z_o1", output: "o1", instead: by });

/** The twelve, by the library's names. @type {Record<string, Factor>} */
export const FACTORS = {
  dL_dy_pred: { of: "L", by: "y_pred" },
  dy_pred_dh1: output("h1", "w5"),
  dy_pred_dh2: output("h2", "w6"),
  dh1_dw1: hidden("h1", "w1", "x1"),
  dh1_dw2: hidden("h1", "w2", "x2"),
  dh1_db1: hidden("h1", "b1"),
  dh2_dw3: hidden("h2", "w3", "x1"),
  dh2_dw4: hidden("h2", "w4", "x2"),
  dh2_db2: hidden("h2", "b2"),
  dy_pred_dw5: output("w5", "h1"),
  dy_pred_dw6: output("w6", "h2"),
  dy_pred_db3: output("b3"),
};

/** From the loss back to a parameter. @param {string} parameter @returns {string[]} */
export function chain(parameter) {
  const last = Object.keys(FACTORS).find((name) => FACTORS[name].by === parameter);
  const { of } = FACTORS[last];
  return of === "y_pred" ? ["dL_dy_pred", last] : ["dL_dy_pred", `dy_pred_d${of}`, last];
}

/** As a pencil writes it down: three significant digits. @param {number} number */
export const rounded = (number) => Number(number.toPrecision(3));

/**
 * What a chain's factors are worked out from and what they come to. With a pencil, the numbers of the forward
 * pass are taken as they are printed, each factor is rounded before it is used, and so is nothing else.
 * @param {Record<string, number>} p @param {number} x1 @param {number} x2 @param {number} y_true @param {boolean} pencil
 */
export function workedOut(p, x1, x2, y_true, pencil) {
  const way = forward(p, x1, x2);
  const scope = { ...p, ...way, y_true };
  if (!pencil) return { scope, factors: backward(p, way, y_true) };
  const written = Object.fromEntries(Object.entries(scope).map(([name, number]) => [name, rounded(number)]));
  return { scope: written, factors: Object.fromEntries(Object.keys(FACTORS).map((name) => [name, rounded(factor(name, written))])) };
}

/** A chain multiplied up to a factor. @param {string[]} names @param {Record<string, number>} factors */
export const product = (names, factors) => names.reduce((sofar, name) => sofar * factors[name], 1);

/** @param {string} name @param {Scope} scope */
function factor(name, scope) {
  const { times, sum } = FACTORS[name];
  return sum ? (times ? scope[times] : 1) * sigmoidDerivative(scope[sum]) : -2 * (scope.y_true - scope.o1);
}

/**
 * The same with other orders of rounding: the slope rounded first, or worked out as h(1 − h) from a rounded h.
 * @param {string} name @param {Scope} scope rounded
 */
function roundings(name, scope) {
  const { times, sum, output: squashed } = FACTORS[name];
  const first = factor(name, scope);
  if (!sum) return [first];
  const slope = scope[squashed] * (1 - scope[squashed]);
  return [first, ...[slope, rounded(slope), rounded(sigmoidDerivative(scope[sum]))].map((one) => (times ? scope[times] : 1) * one)];
}

/** What each slip comes to. @param {string} name @param {Scope} scope @returns {[slip: string, number: number][]} */
function slips(name, scope) {
  const { times, sum, output: squashed, instead } = FACTORS[name];
  if (!sum) {
    const error = scope.y_true - scope.o1;
    return [["two", -error], ["square", error ** 2], ["sum", -2 * (scope.y_true - scope.z_o1)]];
  }
  const [slope, through] = [sigmoidDerivative(scope[sum]), times ? scope[times] : 1];
  return [
    ...(times ? [["times", slope]] : []),
    ["output", through * sigmoidDerivative(scope[squashed])],
    ["slope", through],
    ["squash", through * sigmoid(scope[sum])],
    ["instead", scope[instead] * slope],
  ];
}

/** Whether a number is another one rounded to so many digits. @param {number} given @param {number} meant */
function agrees(given, meant, digits = 3) {
  if (meant === 0) return given === 0;
  const power = Number(meant.toExponential(digits - 1).split("e")[1]);
  return Math.abs(given - meant) <= 0.5 * 10 ** (power - digits + 1) * (1 + 1e-9);
}

/** How many significant digits somebody has written. @param {string} text */
const digitsOf = (text) => text.replace(/e.*$/i, "").replace(/[^\d]/g, "").replace(/^0+/, "").length;

/** A number as a reader types it; NaN if it is none. @param {string} text */
export function typed(text) {
  const plain = text.trim().replace(/[−–]/g, "-").replace(/^([-+]?\d*),(\d+)/, "$1.$2");
  const power = plain.replace(/\s*[×*x]\s*10\s*(\^|\*\*)?\s*\(?(-?\d+)\)?$/i, "e$2");
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(power) ? Number(power) : NaN;
}

/**
 * What a reader's number is: "exact" or "pencil" if it is right, "coarse" if it is right with fewer digits,
 * the slips that lead to it, or "off".
 * @param {string} name @param {string} text
 * @param {Record<string, number>} p @param {number} x1 @param {number} x2 @param {number} y_true
 * @returns {{right: "exact" | "pencil" | "", slips: string[]}}
 */
export function judged(name, text, p, x1, x2, y_true) {
  const given = typed(text);
  const exact = workedOut(p, x1, x2, y_true, false);
  const pencil = workedOut(p, x1, x2, y_true, true);
  if (Number.isNaN(given)) return { right: "", slips: ["none"] };
  if (agrees(given, exact.factors[name])) return { right: "exact", slips: [] };
  const written = roundings(name, pencil.scope).map(rounded);
  if (written.some((one) => agrees(given, one))) return { right: "pencil", slips: [] };
  const made = [exact.scope, pencil.scope].flatMap((scope) => slips(name, scope));
  const found = (/** @type {number} */ number) => [...new Set(made.filter(([, one]) => agrees(number, one)).map(([slip]) => slip))];
  const sign = [exact.factors[name], ...written].some((one) => agrees(-given, one));
  const plain = [...(sign ? ["sign"] : []), ...found(given)];
  if (plain.length) return { right: "", slips: plain };
  const digits = digitsOf(text);
  if (digits < 3 && digits && agrees(given, exact.factors[name], digits)) return { right: "", slips: ["coarse"] };
  const turned = found(-given);
  return { right: "", slips: turned.length ? [turned[0], "also-sign"] : ["off"] };
}

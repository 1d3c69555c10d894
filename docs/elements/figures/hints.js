// What is said of a reader's factor: which number it is if it is right, and which slip if it is not.

import { FACTORS } from "./factors.js";
import { printed } from "./printed.js";

/** A quantity in a sentence. @param {string} quantity */
const said = (quantity) => (quantity.startsWith("z_") ? `the sum of ${quantity.slice(2)}` : quantity);

/** @type {Record<string, (factor: import("./factors.js").Factor, scope: Record<string, number>) => string>} */
const SLIPS = {
  sign: ({ sum, times }) =>
    sum
      ? `the size is right and the sign is not${times ? `: f′ is never negative, so the sign is that of ${times}` : ": f′ is never negative"}`
      : "the size is right and the sign is not: raise y_pred, and the error y_true − y_pred gets smaller",
  "also-sign": () => "the sign has got lost too",
  two: () => "the 2 is missing: a square moves twice its error for each unit",
  square: () => "that is the loss itself; how it moves is −2 times the error",
  sum: () => "that is taken at the sum of o1, and y_pred is its output",
  times: ({ by, times }) => `${times} is missing: a nudge of ${by} reaches the sum ${times} times as large`,
  output: ({ sum, output }, scope) =>
    `that is f′ at the output ${output}; it belongs at ${said(sum)}, which is ${printed(scope[sum])}`,
  slope: ({ sum }) => `that is how the sum moves; the sigmoid passes on only f′ times that, and f′ is taken at ${said(sum)}`,
  squash: () => "that is f of the sum; a nudge is passed on by its derivative f′",
  instead: ({ by, times }) =>
    times ? `that has ${by} where ${times} belongs: what is nudged does not multiply itself` : `that has ${by} in it: nudge a bias, and the sum moves by exactly the nudge`,
  none: () => "that is no number. Write it like −0.5 or 3.4e-5",
  coarse: () => "right as far as it goes, but three significant digits are asked for",
  off: () => "not yet. Look again at what is nudged, and at what it passes through",
};

/** What went wrong, most likely first. @param {string} name @param {string[]} slips @param {Record<string, number>} scope */
export function hint(name, slips, scope) {
  const [first, ...others] = slips.map((slip) => SLIPS[slip](FACTORS[name], scope));
  const joined = [first, ...others].join(slips[1] === "also-sign" ? ", and " : "; or ");
  return `${joined[0] === "f" ? joined : joined.replace(/^[a-z](?=[a-z ])/, (letter) => letter.toUpperCase())}.`;
}

/** Whose number the reader has. @param {"exact" | "pencil"} right @param {number} exact @param {number} pencil */
export function praise(right, exact, pencil) {
  if (right === "exact") return `Right: to three digits it is ${printed(exact)}.`;
  return `Right with a pencil: rounding each step gives ${printed(pencil)} or thereabouts, all digits give ${printed(exact)}.`;
}

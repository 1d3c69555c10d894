// Numbers and letters as the drawings print them (src/drawings/lettering.py).

import { element } from "../make.js";

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A true minus sign. @param {string} text */
export const signed = (text) => text.replace("-", "−");

/** With so many significant digits; fewer if the number needs no more. @param {number} number @param {number} [digits] */
export function printed(number, digits = 3) {
  if (number === 0) return "0";
  const power = Number(number.toExponential(digits - 1).split("e")[1]);
  if (power <= -5 || power >= 7) {
    const raised = [...String(Math.abs(power))].map((digit) => SUPERSCRIPTS[Number(digit)]).join("");
    const mantissa = signed(rounded(number / 10 ** power, digits - 1));
    return `${mantissa}\u2009×\u200910${power < 0 ? "⁻" : ""}${raised}`;
  }
  const places = Math.max(0, digits - 1 - power);
  const text = rounded(number, places);
  const exact = Math.abs(Number(text) - number) <= 1e-12 * Math.max(Math.abs(Number(text)), Math.abs(number));
  return grouped(exact && text.includes(".") ? text.replace(/\.?0+$/, "") : text);
}

/** With so many digits after the point. @param {number} number @param {number} places */
export function fixed(number, places) {
  const text = rounded(number, places);
  return Number(text) === 0 ? text.replace("-", "") : grouped(text);
}

/** With as many of the digits as the room allows, and at least one: in a circle, say. @param {number} number @param {number} digits @param {number} room in the drawing's units @param {number} [size] of the letters */
export function fitted(number, digits, room, size = 14) {
  const text = printed(number, digits);
  return digits === 1 || size * width(text) <= room ? text : fitted(number, digits - 1, room, size);
}

/** About how wide a number is, in ems, as drawings.lettering reckons. @param {string} text */
const width = (text) => [...text].reduce((ems, one) => ems + (one === "\u2009" ? 0.22 : /[.,]/.test(one) ? 0.36 : /[⁻⁰¹²³⁴-⁹]/.test(one) ? 0.42 : 0.56), 0);

const ALL = 30; // more digits than a number has that lies right between two

/** As Python does it: what lies right between two goes to the even one, 0.3125 to 0.312. @param {number} number @param {number} places */
function rounded(number, places) {
  const [text, all] = [number.toFixed(places), number.toFixed(places + ALL)];
  const between = /^50*$/.test(all.slice(-ALL));
  return between && Number(text.at(-1)) % 2 ? all.slice(0, -ALL).replace(/\.$/, "") : text;
}

/** Thousands set off. @param {string} text */
function grouped(text) {
  const [whole, ...rest] = text.split(".");
  return signed([whole.replace(/\B(?=(\d{3})+$)/g, ","), ...rest].join("."));
}

/** The letter of a quantity such as w1, z_h1 or y, as the text sets it. @param {string} quantity */
export function letters(quantity) {
  const [, letter, below] = quantity.match(/^([A-Za-z])_?(\w*)$/);
  return element("span", { class: "letters" }, element("i", {}, letter), ...(below ? [element("sub", {}, below)] : []));
}

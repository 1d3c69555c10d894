// One stated number, and its receipt. Where the reader's run gives another value, the reader's stands
// in its place and the book's over it, small and struck through, as a proof is corrected between the
// lines.
//
// Three ways were drawn. Side by side pushes the words along and makes tables and formulas twice as
// wide, and a phone has no room for that. The reader's over the book's keeps the room, but makes
// small what is to be read. This way is no wider than the wider of the two, and between lines of
// running text no higher either (follow.css).

import { element } from "./make.js";

/**
 * A number as it is printed: its digits, the power of ten if it has one, what stands after it.
 * @typedef {{digits: string, power?: string, unit?: string}} Printed
 */

const MATHML = "http://www.w3.org/1998/Math/MathML";
const WAITS = "?";
const PRINTED = /^(?<digits>[^×]*?)(?:\s*×\s*10(?<power>−?\d+))?(?<unit>\D*)$/;

export class Stated {
  #host;
  #receipt;
  /** What is shown beside the book's; the same is not shown twice, so that nothing moves. */ #key = "";
  /** The way back to the page as built. @type {(() => void)[]} */ #undo = [];

  /** @param {Element} host the number in a formula; in text the element with the number and its receipt */
  constructor(host) {
    this.#host = host;
    this.#receipt = document.getElementById(host.getAttribute("aria-describedby"));
    const { expr, literal, tolerance, after } = this.#number.dataset;
    this.after = Number(after);
    this.request = { id: host.id, expression: expr, literal, ...(tolerance && { tolerance }) };
    /** @type {Printed} */ this.book = PRINTED.exec(this.#number.textContent).groups;
    /** @type {Printed | null} */ this.yours = null;
  }

  /** What has the focus, and the receipt. */
  get host() {
    return this.#host;
  }

  get asBuilt() {
    return !this.#key;
  }

  get waits() {
    return this.#key === WAITS;
  }

  /** The reader's value instead of the book's. @param {Printed} yours @param {string} value in full */
  change(yours, value) {
    if (!this.#turnTo(`${value} ${inWords(yours)}`)) return;
    this.yours = yours;
    this.#show("differs", element("s", { class: "note" }, said("book "), ...inText(this.book)), yours, ", yours ");
    this.#account(element("b", {}, value));
  }

  /** The reader's run gives no value. @param {string} reason in it, `names` stand between backticks */
  fail(reason) {
    if (!this.#turnTo(`none: ${reason}`)) return;
    const words = reason.split("`").map((part, k) => (k % 2 ? element("code", {}, part) : part));
    this.#mark("none", "none", ", yours none");
    this.#account("none. ", ...words);
  }

  /** The reader's run has not come this far. */
  wait() {
    if (!this.#turnTo(WAITS)) return;
    const cell = `cell ${this.after}`;
    this.#mark("waiting", WAITS, `, yours not worked out yet: ${cell} has to run first`);
    this.#account("not worked out yet: ", element("a", { href: `#cell-${this.after}` }, cell), " has to run first");
  }

  /** The book's alone, as it was built. */
  restore() {
    this.#turnTo("");
  }

  get #number() {
    return this.#host.matches(".stated") ? this.#host : this.#host.querySelector(".stated");
  }

  /** @returns {boolean} whether that is anything new */
  #turnTo(key) {
    if (key === this.#key) return false;
    for (const step of this.#undo.splice(0)) step();
    this.#key = key;
    this.yours = null;
    return true;
  }

  #mark(state, sign, words) {
    this.#show(state, element("span", { class: "note", "aria-hidden": "true" }, sign), this.book, "book ", words);
  }

  /**
   * @param {string} state
   * @param {Element} note over the number
   * @param {Printed} number
   * @param {string} before what a screen reader says before it; in a formula the note says enough
   * @param {string} after and after it
   */
  #show(state, note, number, before, after = "") {
    const stated = this.#number;
    if (stated.namespaceURI === MATHML) {
      const over = mathml("mtext", {}, note, said(after));
      const both = mathml("mover", {}, mathml("mrow", { class: "yours" }, ...inFormula(number)), over);
      for (const { name, value } of stated.attributes) both.setAttribute(name, value);
      this.#swap(stated, both);
      this.#undo.push(() => this.#swap(both, stated));
    } else {
      const built = [...stated.childNodes];
      const yours = element("span", { class: "yours" }, ...inText(number));
      stated.replaceChildren(element("span", { class: "both" }, note, said(before), yours, said(after)));
      this.#undo.push(() => stated.replaceChildren(...built), () => stated.removeAttribute("data-run"));
    }
    this.#number.dataset.run = state;
  }

  /** In the receipt: the reader's value, and the book's named as such. @param {(Node | string)[]} yours */
  #account(...yours) {
    const book = this.#receipt.firstElementChild;
    const line = element("small", { class: "receipt-line" }, "yours: ", ...yours, " ");
    const name = new Text("book: ");
    book.before(line);
    book.prepend(name);
    this.#undo.push(() => line.remove(), () => name.remove());
  }

  /** An element for another, with the focus if it has it. */
  #swap(old, next) {
    const focused = document.activeElement === old;
    old.replaceWith(next);
    this.#host = next;
    if (focused) next.focus({ preventScroll: true });
  }
}

/** For a live region. @param {Printed} number */
export function inWords({ digits, power, unit }) {
  return `${digits}${power ? ` × 10 to the power ${power}` : ""}${unit ?? ""}`;
}

/** @param {Printed} number */
function inText({ digits, power, unit }) {
  if (!power) return [digits + (unit ?? "")];
  return [`${digits}\u00a0×\u00a010`, element("sup", {}, power), unit ?? ""];
}

/** @param {Printed} number */
function inFormula({ digits, power, unit }) {
  if (!power) return [mathml("mn", {}, digits + (unit ?? ""))];
  const ten = mathml("msup", {}, mathml("mn", {}, "10"), mathml("mn", {}, power));
  return [mathml("mn", {}, digits), mathml("mo", {}, "×"), ten, ...(unit ? [mathml("mtext", {}, unit)] : [])];
}

function said(words) {
  return words ? element("span", { class: "said" }, words) : "";
}

function mathml(name, attributes, ...inside) {
  const made = document.createElementNS(MATHML, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

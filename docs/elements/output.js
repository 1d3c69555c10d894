// What a cell shows: text as it is printed, figures, errors in plain words; and how that compares
// with what the book shows there.

import { comparison } from "./compare.js";
import { harmless, isText } from "./harmless.js";
import { element } from "./make.js";

const FEW = 3; // lines; as many stand beside the book's, of more the differences

/** @typedef {{cell: number, line: number, code: string}} Frame */
/** @typedef {{plain: string, message: string, line: number | null, trace: Frame[]}} Fault */
/** @typedef {{ok: true, html: string} | {ok: false, error: Fault}} Result */

export class Output {
  /** What the book shows here. @type {Element} */ #book;
  /** Where output stands, if there is any. @type {HTMLElement | null} */ #box;
  #place;
  /** What has been printed so far. @type {HTMLElement | null} */ #printed = null;

  /**
   * @param {HTMLElement | null} box the book's output
   * @param {(box: HTMLElement) => void} place puts a box where the book has none
   */
  constructor(box, place) {
    this.#box = box;
    this.#place = place;
    this.#book = asBuilt(box);
  }

  /** A run begins. What stands there stays until something takes its place. */
  begin() {
    this.#printed = null;
  }

  /** @param {string} text */
  print(text) {
    if (!this.#printed) this.#fill([(this.#printed = element("pre", { class: "cell-text" }))]);
    const { scrollTop, clientHeight, scrollHeight } = this.#printed;
    this.#printed.append(text);
    if (scrollTop + clientHeight >= scrollHeight - 1) this.#printed.scrollTop = this.#printed.scrollHeight;
    this.#reach();
  }

  /**
   * @param {Result} result
   * @returns {Promise<"book" | "differs" | "failed">}
   */
  async show(result) {
    if (!result.ok) {
      this.#fill([...(this.#printed ? [this.#printed] : []), told(result.error)]);
      return "failed";
    }
    const yours = element("div", {}, ...(await harmless(result.html)));
    yours.normalize();
    if (yours.isEqualNode(this.#book)) {
      this.restore();
      return "book";
    }
    this.#fill(this.#book.hasChildNodes() ? this.#besideTheBook(yours) : [...yours.childNodes]);
    return "differs";
  }

  /** Why there is no output. @param {string} sentence */
  say(sentence) {
    this.#fill([element("div", { class: "cell-error" }, element("p", {}, sentence))]);
  }

  /** The book's output again. */
  restore() {
    if (!asBuilt(this.#box).isEqualNode(this.#book)) this.#fill(copies(this.#book));
    this.#reach();
  }

  /** @param {Element} yours */
  #besideTheBook(yours) {
    const [lines, books] = [linesOf(yours), linesOf(this.#book)];
    const shown = yours.hasChildNodes() ? [...yours.childNodes] : [element("p", {}, "(nothing)")];
    const label = (/** @type {string} */ words) => element("p", { class: "cell-label" }, words);
    if (books && (!lines || Math.max(lines.length, books.length) <= FEW)) {
      return [label("Yours"), ...shown, label("The book’s"), ...copies(this.#book)];
    }
    const text = lines && books;
    const words = text ? "Compare with the book, line by line" : "The book’s output";
    const body = text ? [comparison(books.join("\n"), lines.join("\n"), "− the book’s, + yours")] : copies(this.#book);
    return [...shown, element("details", { class: "cell-book" }, element("summary", {}, words), ...body)];
  }

  /** @param {Node[]} nodes */
  #fill(nodes) {
    this.#box ??= element("div", { class: "cell-output" });
    this.#box.replaceChildren(...nodes);
    if (!nodes.length) {
      this.#box.remove();
      this.#box = null;
    } else if (!this.#box.isConnected) this.#place(this.#box);
    this.#reach();
  }

  /** What scrolls can be reached by keyboard. */
  #reach() {
    for (const pre of this.#box?.querySelectorAll(".cell-text") ?? []) {
      const scrolls = pre.scrollHeight > pre.clientHeight || pre.scrollWidth > pre.clientWidth;
      if (scrolls) pre.setAttribute("tabindex", "0");
      else pre.removeAttribute("tabindex");
    }
  }
}

/** A box's content as the build made it, without what scrolling has added. @param {Element | null} box */
function asBuilt(box) {
  const copy = element("div", {}, ...copies(box));
  for (const pre of copy.querySelectorAll(".cell-text")) pre.removeAttribute("tabindex");
  copy.normalize();
  return copy;
}

/** @param {Element | null} box */
function copies(box) {
  return [...(box?.childNodes ?? [])].map((node) => node.cloneNode(true));
}

/** The lines of an output that is text and nothing else. @param {Element} output */
function linesOf(output) {
  const parts = [...output.childNodes];
  if (!parts.length || !parts.every(isText)) return null;
  return parts.map((part) => part.textContent).join("").replace(/\n$/, "").split("\n");
}

/** An error: what it means, what Python says, and the lines that led there. @param {Fault} fault */
function told({ plain, message, trace }) {
  const error = element("div", { class: "cell-error" }, element("p", {}, ...withCode(plain)));
  if (message) error.append(element("pre", { class: "cell-text" }, message));
  if (trace?.length) {
    const steps = trace.map(({ cell, line, code }, k) => {
      const where = element("a", { href: `#cell-${cell}` }, `cell ${cell}, line ${line}`);
      return element("li", {}, k ? "called from " : "in ", where, ": ", element("code", {}, code));
    });
    error.append(element("ul", { class: "cell-trace" }, ...steps));
  }
  return error;
}

/** A sentence in which `names` stand between backticks. @param {string} sentence */
function withCode(sentence) {
  return sentence.split("`").map((part, k) => (k % 2 ? element("code", {}, part) : part));
}

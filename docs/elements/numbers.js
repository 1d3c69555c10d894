// The stated numbers of a page follow the reader's run: which are to be worked out anew, what became
// of them, and the one sentence that says so. How a number looks is in stated.js.

import { inWords, Stated } from "./stated.js";

/**
 * A number as Python finds it.
 * @typedef {object} Result
 * @property {string} id
 * @property {boolean} [agrees] whether the book's digits are right for it
 * @property {string} [value] in full
 * @property {string} [digits] rounded as the book rounds
 * @property {string} [power] of ten, where the book writes one
 * @property {string} [unit]
 * @property {string} [error] why there is no value
 */

const FEW = 3; // as many changes are read out, the others counted

export class Numbers {
  /** @type {Map<string, Stated>} */ #all;
  /** What the reader was told last, where it is not the book's. @type {Map<string, string>} */ #told = new Map();
  #voice = document.createElement("p");

  /** @param {Document | Element} root */
  constructor(root = document) {
    const hosts = root.querySelectorAll(".proof[id], math .stated[id]");
    this.#all = new Map([...hosts].map((host) => [host.id, new Stated(host)]));
    this.#voice.className = "said";
    this.#voice.role = "status";
    document.body.append(this.#voice);
  }

  /** Those for which the run has no value or another one, from the top of the page. @returns {Element[]} */
  get changed() {
    return this.#where((number) => !number.asBuilt && !number.waits).map((number) => number.host);
  }

  /** What to evaluate once this cell has run. @param {number} cell */
  after(cell) {
    return this.#where((number) => number.after === cell).map((number) => number.request);
  }

  /** @param {Result[]} results */
  show(results) {
    for (const { id, agrees, error, value, digits, power, unit } of results) {
      const number = this.#all.get(id);
      if (agrees) number.restore();
      else if (error) number.fail(error);
      else number.change({ digits, power, unit }, value);
    }
  }

  /** These are not worked out anew yet. @param {number} from the first cell that is still to run */
  stale(from) {
    for (const number of this.#where(({ after }) => after >= from)) number.wait();
  }

  /** The book's again. @param {number} from @param {number} to the cells, both included */
  book(from, to = Infinity) {
    for (const number of this.#where(({ after }) => from <= after && after <= to)) number.restore();
  }

  /** Says in one go what became of the numbers since it last spoke, and nothing if nothing did. */
  announce() {
    const told = this.#told;
    this.#told = new Map();
    const changes = [];
    let open = 0;
    let back = 0;
    for (const [id, { asBuilt, book, yours }] of this.#all) {
      const says = asBuilt ? undefined : yours ? inWords(yours) : "";
      if (!asBuilt) this.#told.set(id, says);
      if (says === told.get(id)) continue;
      if (says) changes.push(`${told.get(id) || inWords(book)} is now ${says}`);
      else if (asBuilt) back += 1;
      else open += 1;
    }
    const few = changes.slice(0, FEW).join(", ") + (changes.length > FEW ? ", and so on" : "");
    const sentences = [
      changes.length && `${counted(changes.length)} changed: ${few}.`,
      open && `${counted(open)} without a value of yours.`,
      back && `${counted(back)} as in the book again.`,
    ].filter(Boolean);
    if (sentences.length) this.#voice.textContent = sentences.join(" ");
  }

  /** @param {(number: Stated) => boolean} holds */
  #where(holds) {
    return [...this.#all.values()].filter(holds);
  }
}

function counted(count) {
  return count === 1 ? "1 number" : `${count} numbers`;
}

// What a reader changes is kept on their device: through reloads, through other pages, and through
// changes of the book. Nothing is overwritten or thrown away unless the reader says so.
//
// localStorage holds one item a changed cell, and none for a cell that is as the book has it:
//   "draft /descent/ 3"    {"source": "…", "book": "…"}   your code, and the book's when you changed it
//   "draft /descent/ 3 ~"  the same: a second version, kept while you have not chosen between two
// The page is its whole path, since a host may serve several books, or several builds of one.

import { comparison } from "./compare.js";
import { ask, copier } from "./notice.js";

/** @typedef {{source: string, book: string}} Draft */
/** @typedef {HTMLElement & {number: number, book: string, source: string}} Cell */

const BOOK_CHANGED = {
  text:
    "The book’s code here has changed since you edited it. Until you choose, the cell has the book’s, and yours " +
    "is kept. Lines with − are the book’s alone, lines with + yours alone.",
  theirs: "Keep mine",
  here: "Take the book’s",
};
const OTHER_TAB = {
  text: "You have edited this cell in another tab. Lines with − are only here, lines with + only there.",
  here: "Keep what is here",
  theirs: "Take what is there",
};
const TWO_VERSIONS = {
  text:
    "There are two versions of your code for this cell. Lines with − are only in the cell, lines with + only in " +
    "the other version.",
  here: "Keep what is in the cell",
  theirs: "Take the other",
};

const SECOND = " ~";
const SOON = 300; // milliseconds after the last change
const PAGE = `draft ${location.pathname.replace(/index\.html$/, "")} `;

/** @param {number} cell @param {"" | " ~"} [which] */
const key = (cell, which = "") => `${PAGE}${cell}${which}`;

/** The device's storage. Where it is denied even asking for it throws. */
function item(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** @param {string | null} raw @returns {Draft | null} */
function parsed(raw) {
  try {
    const { source, book } = JSON.parse(raw ?? "");
    return typeof source === "string" && typeof book === "string" ? { source, book } : null;
  } catch {
    return null;
  }
}

/** The reader's code for a cell. @param {number} cell @param {"" | " ~"} [which] */
export function read(cell, which = "") {
  return parsed(item(key(cell, which)));
}

/**
 * Keeps the reader's code for a cell; none where it is the book's.
 * @param {number} cell
 * @param {string} source
 * @param {string} book
 * @param {"" | " ~"} [which]
 * @returns {boolean} whether it could be kept
 */
export function write(cell, source, book, which = "") {
  if (source === book) return forget(cell, which);
  try {
    localStorage.setItem(key(cell, which), JSON.stringify({ source, book }));
    return true;
  } catch {
    return false;
  }
}

/** @param {number} cell @param {"" | " ~"} [which] */
export function forget(cell, which = "") {
  try {
    localStorage.removeItem(key(cell, which));
    return true;
  } catch {
    return false;
  }
}

/**
 * Where the book has put a cell in between, the drafts of the cells below go with their cells.
 * @param {Map<number, string>} books the book's code of every cell of the page
 */
export function follow(books) {
  const drafts = [...books.keys()].map((cell) => /** @type {const} */ ([cell, read(cell)]));
  const moves = drafts.flatMap(([from, draft]) => {
    if (!draft || books.get(from) === draft.book) return [];
    const homes = [...books].filter(([, book]) => book === draft.book);
    return homes.length === 1 ? [{ from, to: homes[0][0], draft }] : [];
  });
  const leaving = new Set(moves.map(({ from }) => from));
  for (const { from, to, draft } of moves) {
    if (!leaving.has(to) && read(to)) continue; // taken: the reader is asked instead
    if (!write(to, draft.source, draft.book)) continue;
    if (!moves.some((other) => other.to === from)) forget(from);
  }
}

/** @type {Set<Kept>} */
const all = new Set();
let told = false; // that nothing can be kept is said once

/**
 * Keeps the code of a cell from now on. What was kept of it is put into the cell, or asked about.
 * @param {Cell} cell
 * @param {(source: string) => void} put shows other code in the cell; runs nothing
 */
export function keep(cell, put) {
  if (!all.size) follow(books());
  return new Kept(cell, put);
}

/** What keeps one cell's code. */
class Kept {
  #cell;
  #put;
  /** What was stored when this tab last looked. @type {string | null} */ #seen;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  /** The version that the reader has still to choose or leave. @type {string | null} */ #other = null;
  /** Takes the question back. */ #question = new AbortController();

  /** @param {Cell} cell @param {(source: string) => void} put */
  constructor(cell, put) {
    this.#cell = cell;
    this.#put = put;
    this.#seen = item(key(cell.number));
    all.add(this);
    const { number, book } = cell;
    const draft = read(number);
    const second = read(number, SECOND);
    if (second && draft && second.source !== draft.source) {
      put(second.source);
      this.#ask(draft.source, TWO_VERSIONS);
    } else if (draft && draft.book !== book && draft.source !== book) {
      this.#ask(draft.source, BOOK_CHANGED);
    } else if (draft ?? second) {
      put((draft ?? second).source);
      this.#keep();
    }
  }

  /** The reader has changed the code; it is stored when they pause. */
  changed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.save(), SOON);
  }

  /** Stores what is waiting, now. */
  save() {
    if (this.#timer === undefined) return;
    this.#settled();
    this.look();
    if (this.#other === null) this.#keep();
    else {
      this.#write(SECOND);
      if (this.#other !== this.#cell.source) this.#ask(this.#other, TWO_VERSIONS);
    }
  }

  /** The reader has taken the book's code again. A version they are still asked about stays. */
  reset() {
    this.#settled();
    this.look();
    forget(this.#cell.number, this.#other === null ? "" : SECOND);
    this.#seen = item(key(this.#cell.number));
  }

  /** Whether another tab has stored something else: then the reader is asked. */
  look() {
    const { number, source, book } = this.#cell;
    const raw = item(key(number));
    if (raw === this.#seen) return;
    this.#seen = raw;
    const theirs = raw === null ? book : parsed(raw)?.source;
    this.#question.abort();
    this.#other = null;
    if (theirs !== undefined && theirs !== source) this.#ask(theirs, OTHER_TAB);
  }

  /** Nothing is kept for this cell any more; what waits is stored first. */
  release() {
    this.save();
    this.#question.abort();
    all.delete(this);
  }

  /**
   * Which version goes on: the one in the cell, or another? Both are shown, and both are kept until then.
   * @param {string} other
   * @param {{text: string, theirs: string, here: string}} question
   */
  async #ask(other, { text, ...choices }) {
    this.#question.abort();
    this.#other = other;
    this.#question = new AbortController();
    const { signal } = this.#question;
    const body = [comparison(this.#cell.source, other, "The two versions, line by line")];
    const answer = await ask(this.#cell, { text, body, choices, signal });
    if (!answer) return;
    this.#other = null;
    if (answer === "theirs") this.#put(other);
    this.#settled();
    this.#keep();
  }

  /** What the cell has is what is kept. */
  #keep() {
    if (this.#write("")) forget(this.#cell.number, SECOND);
    this.#seen = item(key(this.#cell.number));
  }

  /** @param {"" | " ~"} which */
  #write(which) {
    const { number, source, book } = this.#cell;
    const kept = write(number, source, book, which) || source === book;
    if (!kept && !told) this.#cannot();
    return kept;
  }

  #settled() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #cannot() {
    told = true;
    const field = document.createElement("textarea");
    field.hidden = true;
    field.rows = 6;
    field.setAttribute("aria-label", "Your code");
    ask(this.#cell, {
      text:
        "Your changes can’t be kept on this device: the browser has no room left for this site, or does not let " +
        "it store anything. They last until you leave the page.",
      body: [copier(field, "Copy my code", () => this.#cell.source)],
      choices: { close: "Go on without" },
      escape: "close",
    });
  }
}

/** The book's code of every cell of the page, before anything is edited. */
function books() {
  return new Map(
    [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-cell]"))].map((cell) => {
      const template = /** @type {HTMLTemplateElement | null} */ (cell.querySelector("template.cell-code"));
      const text = (template?.content ?? cell.querySelector(".highlight code"))?.textContent ?? "";
      return [Number(cell.dataset.cell), text.replace(/\n$/, "")];
    }),
  );
}

const saveAll = () => all.forEach((kept) => kept.save());
const lookAll = () => all.forEach((kept) => kept.look());
addEventListener("pagehide", saveAll);
document.addEventListener("visibilitychange", () => document.hidden && saveAll());
addEventListener("storage", lookAll); // another tab has stored something
addEventListener("pageshow", lookAll); // this page was away, and is back as it was

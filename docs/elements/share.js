// A link that carries what you changed to somebody else. Whoever opens it sees the code as text,
// compared with the book's, and decides. It never runs by itself.
//
// #share=1…  {"3": "source of cell 3", …} as JSON, deflated, in base64 for addresses
// #share=0…  the same, not deflated: from a browser that can't

import { comparison } from "./compare.js";
import { ask, copier } from "./notice.js";

/** @typedef {HTMLElement & {number: number, book: string, source: string}} Cell */

const SIGN = "#share=";
const LONGEST = 100_000; // characters of a link, of which mail and chat programs take far fewer
const MOST = 500_000; // characters of code: what is deflated small may come out large
const LONG = 8_000; // from here on a link may be cut off on its way

const BROKEN = "This link was meant to carry somebody’s changes, but it is damaged. Ask for it again.";
const TOO_MUCH = "This link carries more code than the book takes from a link.";
const TOO_OLD = "This browser is too old to read the changes that this link carries.";

/** A link that can't be read; the message is a sentence for the reader. */
export class BadLink extends Error {}

/**
 * @param {Map<number, string>} edits the code of every changed cell of the page
 * @returns {Promise<string>} this page's address with the edits in it
 */
export async function link(edits) {
  const page = location.href.split("#")[0];
  if (!edits.size) return page;
  const bytes = new TextEncoder().encode(JSON.stringify(Object.fromEntries(edits)));
  const deflated = deflating() && (await through(bytes, new CompressionStream("deflate-raw")));
  return page + SIGN + (deflated ? "1" + encoded(deflated) : "0" + encoded(bytes));
}

/**
 * @param {string} hash of an address
 * @returns {Promise<Map<number, string> | null>} the edits in it; null if it is not such a link
 * @throws {BadLink}
 */
export async function read(hash) {
  if (!hash.startsWith(SIGN)) return null;
  if (hash.length > LONGEST) throw new BadLink(TOO_MUCH);
  const [way, text] = [hash[SIGN.length], hash.slice(SIGN.length + 1)];
  if (way !== "0" && way !== "1") throw new BadLink(BROKEN);
  if (way === "1" && !deflating()) throw new BadLink(TOO_OLD);
  let found;
  try {
    const bytes = decoded(text);
    const inflated = way === "1" ? await through(bytes, new DecompressionStream("deflate-raw")) : bytes;
    found = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(inflated));
  } catch (error) {
    throw error instanceof BadLink ? error : new BadLink(BROKEN);
  }
  const edits = Object.entries(found ?? {});
  const right = ([cell, source]) => /^[1-9]\d{0,3}$/.test(cell) && typeof source === "string";
  if (!edits.length || Array.isArray(found) || !edits.every(right)) throw new BadLink(BROKEN);
  return new Map(edits.map(([cell, source]) => [Number(cell), source.replace(/\r\n?/g, "\n")]));
}

/**
 * Offers what the page's address carries, now and whenever the address changes.
 * @param {() => Iterable<Cell>} cells the cells of the page
 * @param {(cell: Cell, source: string) => void} put shows other code in a cell, as an edit; runs nothing
 * @returns {() => void} ends it
 */
export function receive(cells, put) {
  let question = new AbortController();
  const look = async () => {
    if (!location.hash.startsWith(SIGN)) return;
    question.abort();
    question = new AbortController();
    const { signal } = question;
    try {
      await offer(await read(location.hash), [...cells()], put, signal);
    } catch (error) {
      if (!(error instanceof BadLink)) throw error;
      await told(error.message, [], signal);
    }
    // All is answered: a reload need not ask again.
    if (!signal.aborted) history.replaceState(history.state, "", location.href.split("#")[0]);
  };
  addEventListener("hashchange", look);
  look();
  return () => {
    removeEventListener("hashchange", look);
    question.abort();
  };
}

/** A sentence above the page, which the reader puts away. @param {string} text @param {Node[]} body @param {AbortSignal} signal */
function told(text, body, signal) {
  const page = /** @type {HTMLElement} */ (document.querySelector("article") ?? document.body);
  return ask(page, { text, body, choices: { close: "Close" }, escape: "close", focus: true, signal });
}

/**
 * Shows what somebody sent, each in its cell, and puts in what the reader takes.
 * @param {Map<number, string>} edits
 * @param {Cell[]} cells
 * @param {(cell: Cell, source: string) => void} put
 * @param {AbortSignal} signal
 */
async function offer(edits, cells, put, signal) {
  const questions = [];
  let focus = true; // on the first
  for (const cell of cells) {
    const source = edits.get(cell.number);
    edits.delete(cell.number);
    if (source === undefined || source === cell.source) continue;
    const own = cell.source !== cell.book;
    const text =
      "The link you opened carries somebody’s change to this cell. It has not run. Lines with − are only in the " +
      "book, lines with + only in theirs." +
      (own ? " You have changed this cell too: their code would take the place of yours." : "");
    const body = [comparison(cell.book, source, "Their code, compared with the book’s")];
    if (own) {
      const yours = document.createElement("p");
      yours.textContent = "Lines with − are only in yours, lines with + only in theirs:";
      body.push(yours, comparison(cell.source, source, "Their code, compared with yours"));
    }
    const choices = { put: own ? "Replace my code" : "Put it in the cell", leave: "Leave it" };
    const answer = ask(cell, { text, body, choices, escape: "leave", focus, signal });
    questions.push(answer.then((which) => which === "put" && put(cell, source)));
    focus = false;
  }
  if (edits.size) {
    const code = [...edits].map(([cell, source]) => comparison("", source, `Code for cell ${cell}`));
    questions.push(told("The link you opened carries code for cells that this page does not have.", code, signal));
  }
  await Promise.all(questions);
}

/**
 * Shows the link to the page with its edits, to copy.
 * @param {Map<number, string>} edits
 */
export async function dialog(edits) {
  const address = await link(edits);
  const box = document.createElement("dialog");
  box.className = "share";
  box.setAttribute("aria-label", "A link to your changes");

  const says = document.createElement("p");
  says.textContent = edits.size
    ? "This link carries the code you changed on this page. Whoever opens it sees it as text first and decides; " +
      "nothing runs by itself."
    : "You have changed nothing on this page. This link leads to the page as it is.";
  const field = document.createElement("input");
  field.value = address;
  field.setAttribute("aria-label", "Link");
  box.append(says, copier(field, "Copy", () => address));
  if (address.length > LONG) {
    const long = document.createElement("p");
    long.textContent =
      `It is long: ${address.length.toLocaleString("en")} characters. Some mail and chat programs cut such links off.` +
      (address.length > LONGEST ? " The book itself takes no link of this length: change less at a time." : "");
    box.append(long);
  }
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => box.close());
  box.append(close);

  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
  field.select();
}

const deflating = () => {
  try {
    return Boolean(new CompressionStream("deflate-raw") && new DecompressionStream("deflate-raw"));
  } catch {
    return false;
  }
};

/** @param {Uint8Array} bytes @param {CompressionStream | DecompressionStream} stream */
async function through(bytes, stream) {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  /** @type {Uint8Array[]} */
  const parts = [];
  for (let length = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    length += value.length;
    if (length > MOST) {
      reader.cancel();
      throw new BadLink(TOO_MUCH);
    }
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** @param {Uint8Array} bytes */
function encoded(bytes) {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {string} text */
function decoded(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

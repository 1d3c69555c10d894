// A figure, a displayed formula or a table can be pinned: it then stays in view beside the text (beside.js)
// while the reader reads on. By its pin; by the key b over it or within it; Escape puts the last one back.
// What is pinned is remembered for as long as the tab is open, by what it says: a chapter that has
// changed forgets it.

import { Beside } from "./beside.js";
import { element } from "./make.js";

const KEY = "b"; // for beside. The theme has f, s, p and n.
const MOST = 4; // more, and none of them could be seen
const TYPING = "input, textarea, select, [contenteditable], .cm-editor";
const OPEN = "dialog[open], [popover]:popover-open, #__search:checked, #__drawer:checked"; // the last two: the theme's
const CARDS = ":is(.proof, .term, .formula):is(:hover, :focus-within) :is(.receipt, .definition)";

/** @typedef {"figure" | "formula" | "table"} Kind */
/** What is written down of a pin: of which kind, the how-manieth of them, and what it says. @typedef {[Kind, number, string]} Note */

const article = /** @type {HTMLElement | null} */ (document.querySelector(".md-content__inner"));
const memory = `pins:${location.pathname}`;
const voice = element("p", { class: "said", role: "status" });

/** A block that can be pinned. */
class Block {
  /** While it is pinned: what keeps its place. @type {HTMLElement | null} */ place = null;

  /** @param {HTMLElement} block @param {Kind} kind @param {number} number */
  constructor(block, kind, number) {
    this.block = block;
    this.kind = kind;
    this.number = number;
    const parts = kind === "figure" ? [...block.querySelectorAll("svg.drawing, figcaption")] : [block];
    this.print = fingerprint(parts.map(({ textContent }) => textContent).join(" ")); // as the book has it
    this.button = element("button", {
      type: "button", class: "pin", "aria-pressed": "false", "aria-label": `Pin ${kind} ${number}`,
      "aria-keyshortcuts": KEY, title: `Pin beside the text (${KEY})`,
    });
    this.button.addEventListener("click", () => toggle(this));
    block.classList.add("pinnable");
    block.prepend(this.button);
    const title = element("span", { class: "pin-title" }, ...this.#title());
    const back = element("button", { type: "button", class: "pin-back", "aria-label": `Show ${kind} ${number} in the text`, title: "Show in the text" });
    back.addEventListener("click", () => this.#show());
    this.open = element("button", { type: "button", class: "pin-open", "aria-label": `Show ${kind} ${number} here`, title: "Show here", hidden: "" });
    this.open.addEventListener("click", () => {
      beside.open(this);
      this.button.focus({ preventScroll: true });
    });
    this.card = element("li", { class: "pin-card" }, element("div", { class: "pin-head" }, title, this.open, back), element("div", { class: "pin-body" }));
  }

  /** @returns {Note} */
  get note() {
    return [this.kind, this.number, this.print];
  }

  /** Whether a part of the page is the block, or stands for it. @param {Element | null} part */
  has(part) {
    return [this.block, this.place, this.card].some((one) => one?.contains(part));
  }

  /** From the text to the panel, and nothing around it moves. */
  take() {
    const { height } = this.block.getBoundingClientRect();
    const { marginTop, marginBottom, marginLeft, marginRight } = getComputedStyle(this.block);
    const back = element("button", { type: "button" }, "Put it back");
    back.addEventListener("click", () => toggle(this));
    this.place = element("div", { class: "pin-place" }, element("p", {}, "Pinned beside the text"), back);
    Object.assign(this.place.style, { height: `${height}px`, margin: `${marginTop} ${marginRight} ${marginBottom} ${marginLeft}` });
    this.block.before(this.place);
    this.block.classList.add("pinned");
    this.#pressed(true);
  }

  /** And back. */
  release() {
    this.block.classList.remove("pinned", "pinned-away", "pinned-gone");
    this.place?.remove();
    this.place = null;
    this.#pressed(false);
  }

  /** @param {boolean} pressed */
  #pressed(pressed) {
    this.button.ariaPressed = String(pressed);
    this.button.title = pressed ? "Put it back (Escape)" : `Pin beside the text (${KEY})`;
  }

  /** To where it stands in the text. The keyboard goes on from the block. */
  #show() {
    this.place?.scrollIntoView({ block: "center" });
    this.button.focus({ preventScroll: true });
  }

  #title() {
    const caption = this.block.querySelector("figcaption, caption");
    const sentence = caption && plain(caption).match(/^.*?[.?!](?=\s|$)/s)?.[0];
    if (sentence) return [element("b", {}, sentence.replace(/\.$/, ""))];
    const name = element("b", {}, `${this.kind[0].toUpperCase()}${this.kind.slice(1)}`);
    const section = headings.findLast((one) => one.compareDocumentPosition(this.block) & Node.DOCUMENT_POSITION_FOLLOWING);
    return section ? [name, ` in ${plain(section)}`] : [name];
  }
}

/** What is read of a part: no receipts, no links to sections. @param {Element} part */
function plain(part) {
  const copy = /** @type {Element} */ (part.cloneNode(true));
  for (const more of copy.querySelectorAll(".receipt, .definition, .headerlink")) more.remove();
  return (copy.textContent ?? "").trim();
}

/** FNV-1a. @param {string} text */
function fingerprint(text) {
  let hash = 0x811c9dc5;
  for (const letter of text.replace(/\s+/g, " ").trim()) hash = Math.imul(hash ^ letter.codePointAt(0), 0x01000193);
  return (hash >>> 0).toString(36);
}

const headings = [...(article?.querySelectorAll("h2, h3") ?? [])];
/** @type {Block[]} */ const blocks = [];
/** @type {Block[]} in the order they were pinned */ let pins = [];
/** Where the pointer or the focus went last. @type {Element | null} */ let last = null;
const { folded, notes } = remembered();
const beside = article && new Beside(article, folded, keep);

/** @returns {{folded: boolean | null, notes: Note[]}} */
function remembered() {
  try {
    const { folded = null, notes = [] } = JSON.parse(sessionStorage.getItem(memory) ?? "{}");
    return { folded, notes };
  } catch {
    return { folded: null, notes: [] };
  }
}

function keep() {
  try {
    if (pins.length) sessionStorage.setItem(memory, JSON.stringify({ folded: beside.wish, notes: pins.map(({ note }) => note) }));
    else sessionStorage.removeItem(memory);
  } catch {
    // a browser that keeps nothing
  }
}

/** @param {Block} one */
function pin(one) {
  one.take();
  pins.push(one);
  beside.add(one);
}

/** @param {Block} one */
function unpin(one) {
  const within = one.has(document.activeElement);
  pins = pins.filter((other) => other !== one);
  beside.remove(one);
  one.release();
  if (within) one.button.focus({ preventScroll: true });
}

/** @param {Block} one */
function toggle(one) {
  const { kind, number } = one;
  if (one.place) {
    unpin(one);
    voice.textContent = `The ${kind} is back in the text.`;
  } else {
    if (pins.length === MOST) unpin(pins[0]);
    beside.unfold();
    pin(one);
    voice.textContent = `Pinned: ${kind} ${number} stays in view.`;
  }
  keep();
}

/** Whether Escape is for something that is open over the text. @param {KeyboardEvent} event */
function taken({ target }) {
  if (document.querySelector(OPEN) || target.closest?.(".cm-editor, [contenteditable], .notice")) return true;
  return [...document.querySelectorAll(CARDS)].some((card) => card.checkVisibility({ visibilityProperty: true }));
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && pins.length && !busy) {
    toggle(pins.find((one) => one.has(document.activeElement)) ?? pins[pins.length - 1]);
  } else if (event.key === KEY && !event.target.closest?.(TYPING)) {
    const here = last?.closest(":hover, :focus-within") ? last : document.activeElement;
    const one = here && blocks.find((one) => one.has(here));
    if (one) toggle(one);
  }
}

/** Before anything else hears of the key and closes. */
let busy = false;

if (article && !document.querySelector(".title-page")) {
  /** @type {[Kind, string][]} */
  const kinds = [["figure", "figure"], ["formula", ".formula-display"], ["table", ".md-typeset__scrollwrap"]];
  for (const [kind, selector] of kinds) {
    const found = [...article.querySelectorAll(selector)].filter((one) => !one.parentElement.closest("figure, .cell, live-cell"));
    found.forEach((block, k) => blocks.push(new Block(/** @type {HTMLElement} */ (block), kind, k + 1)));
  }
  article.after(voice);
  for (const how of ["pointerover", "focusin"]) addEventListener(how, ({ target }) => (last = target instanceof Element ? target : null));
  addEventListener("keydown", (event) => event.key === "Escape" && (busy = taken(event)), true);
  document.addEventListener("keydown", pressed);

  const before = notes
    .map(([kind, number, print]) => {
      const same = blocks.filter((one) => one.kind === kind && one.print === print);
      return same.find((one) => one.number === number) ?? same[0];
    })
    .filter(Boolean);
  // Not seen for a frame, they are not seen to jump: a reader who comes back finds them where they were.
  for (const { block } of before) block.style.visibility = "hidden";
  if (notes.length) {
    requestAnimationFrame(() => requestAnimationFrame(() => {
      for (const one of new Set(before)) if (!one.place) pin(one);
      for (const { block } of before) block.style.visibility = "";
      keep();
    }));
  }
}

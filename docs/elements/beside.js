// Where pinned blocks stand: a panel beside the text where there is room for one, else at the bottom of the
// screen. The blocks themselves are only shown there (position: fixed), each over a card of the panel: moved
// about in the page, a figure would lose its state and the reader's place in it.

import { element } from "./make.js";

const [LEAST, MOST] = [14, 28]; // rem: how wide it is beside the text
const CLEAR = 2.2; // rem between the text and it: the pins stand there
const GAP = 0.6; // rem to the edges of the screen
const HEADER = 2.4; // rem: the theme's
const CONTENTS = 8; // rem: the table of contents is of use if so much of it is left
const COLUMN = 17; // rem: at the bottom, as many stand side by side as are this wide
const SHARE = 0.45; // of the screen's height, at the bottom
const [SEEN, READ] = [3, 5]; // rem: so much of the newest is seen at least, and of another if it is to be read
const SMALLEST = 0.75; // of its size, that a formula or table gets to fit

/**
 * @typedef {object} Pin
 * @property {HTMLElement} block what is pinned
 * @property {HTMLElement} place what keeps its place in the text
 * @property {HTMLElement} card what it lies on
 * @property {HTMLElement} open the button that shows it where not all can be shown
 */

export class Beside {
  /** @type {Pin[]} in the order they were pinned */ #pins = [];
  /** @type {Pin[]} those that count most last */ #order = [];
  /** As the reader wants it; null: as the screen allows. @type {boolean | null} */ #folded;
  #fold = element("button", { type: "button", class: "pins-fold", "aria-controls": "pins-list" }, "Pinned");
  #list = element("ul", { class: "pins-list", id: "pins-list" });
  #sizes = new ResizeObserver(() => this.lay());
  #article;

  /**
   * @param {HTMLElement} article the text
   * @param {boolean | null} folded
   * @param {() => void} changed
   */
  constructor(article, folded, changed) {
    this.#article = article;
    this.#folded = folded;
    this.element = element("div", { class: "pins", role: "region", "aria-label": "Pinned", hidden: "" }, this.#fold, this.#list);
    article.before(this.element); // after the table of contents, which it covers, and before the text
    this.#fold.addEventListener("click", () => {
      this.#folded = !this.folded;
      this.lay();
      changed();
    });
    addEventListener("resize", () => this.lay());
    document.addEventListener("toggle", () => this.lay(), true); // what lies in a folded part is not seen
  }

  get folded() {
    return this.#folded ?? document.documentElement.clientHeight < 20 * rem();
  }

  /** What the reader has decided. */
  get wish() {
    return this.#folded;
  }

  /** @param {Pin} pin */
  add(pin) {
    if (!this.#pins.length) this.#sizes.observe(this.#article);
    this.#pins.push(pin);
    this.#order.push(pin);
    this.#list.append(pin.card);
    this.#sizes.observe(pin.block); // which lays it too
    this.lay();
  }

  /** @param {Pin} pin */
  remove(pin) {
    this.#pins = this.#pins.filter((one) => one !== pin);
    this.#order = this.#order.filter((one) => one !== pin);
    this.#sizes.unobserve(pin.block);
    if (!this.#pins.length) this.#sizes.disconnect();
    pin.card.remove();
    this.lay();
  }

  /** Shows one that waited for room. @param {Pin} pin */
  open(pin) {
    this.#order = [...this.#order.filter((one) => one !== pin), pin];
    this.lay();
  }

  /** Shows the panel to a reader who has just put something there. */
  unfold() {
    this.#folded &&= null;
  }

  /** Everything to its place. */
  lay() {
    const seen = this.#pins.filter(({ block, card }) => !(card.hidden = !block.checkVisibility()));
    const { folded } = this;
    this.element.hidden = !seen.length;
    this.element.classList.toggle("folded", folded);
    this.#fold.ariaExpanded = String(!folded);
    for (const pin of this.#pins) {
      this.#wait(pin, folded);
      pin.block.classList.toggle("pinned-gone", folded);
    }

    const unit = rem();
    const { clientWidth: width, clientHeight: height } = document.documentElement;
    const from = this.#article.getBoundingClientRect().right + CLEAR * unit;
    const free = width - from - GAP * unit;
    const aside = free >= LEAST * unit;
    const across = aside ? Math.min(free, MOST * unit) : width;
    this.element.classList.toggle("aside", aside);
    set(this.element, { left: aside ? from : 0, width: across });

    if (seen.length && !folded) {
      const most = aside ? height - (HEADER + 2 * GAP) * unit : SHARE * height;
      const row = !aside && seen.length * COLUMN * unit <= width;
      this.#list.classList.toggle("row", row);
      this.#share(seen, most - this.#fold.offsetHeight, row);
    }
    this.#clear(seen.length ? this.element.offsetHeight + (aside ? GAP * unit : 0) : 0, aside);
  }

  /** @param {Pin[]} pins @param {number} room @param {boolean} row side by side */
  #share(pins, room, row) {
    const head = pins[0].card.firstElementChild.offsetHeight + 1; // and the hairline above it
    for (const { block, card } of pins) {
      set(block, { width: card.clientWidth, most: 9999 }); // what it would need; drawings fit into what they get
      fit(block);
    }
    const needs = pins.map(({ block }) => block.scrollHeight);
    const heights = row ? needs.map((one) => Math.min(one, room - head)) : this.#stack(pins, needs, room, head);
    pins.forEach(({ block, card }, k) => {
      set(block, { most: heights[k] });
      set(card, { height: heights[k] });
    });
    const foot = this.element.getBoundingClientRect().bottom;
    const below = parseFloat(getComputedStyle(this.element).bottom);
    for (const [k, { block, card }] of pins.entries()) {
      const { left, bottom } = card.lastElementChild.getBoundingClientRect();
      set(block, { left, bottom: foot - bottom + below, height: heights[k] && block.offsetHeight });
    }
  }

  /**
   * One above the other. Where not all can be read, the newest can; of the others there is the title, or on a
   * very low screen nothing.
   * @param {Pin[]} pins @param {number[]} needs @param {number} room @param {number} head
   * @returns {number[]} their heights; 0 for those that wait
   */
  #stack(pins, needs, room, head) {
    const cards = Math.max(1, Math.min(pins.length, Math.floor((room - SEEN * rem()) / head)));
    room -= cards * head;
    let left = room;
    /** @type {number[]} */ const open = [];
    for (const pin of [...pins].sort((a, b) => this.#order.indexOf(b) - this.#order.indexOf(a))) {
      const k = pins.indexOf(pin);
      pin.card.hidden = this.#order.indexOf(pin) < this.#order.length - cards;
      const least = Math.min(needs[k], READ * rem());
      if (!open.length || (!pin.card.hidden && least <= left)) open.push(k);
      left -= least;
      this.#wait(pin, !open.includes(k));
    }
    const given = shares(open.map((k) => needs[k]), room);
    return needs.map((_, k) => given[open.indexOf(k)] ?? 0);
  }

  /** @param {Pin} pin @param {boolean} waits */
  #wait({ block, card, open }, waits) {
    block.classList.toggle("pinned-away", waits);
    block.classList.toggle("pinned-gone", card.hidden);
    open.hidden = !waits;
  }

  /** What it would cover makes room: the end of the page, what is scrolled to, the table of contents. @param {number} room @param {boolean} aside */
  #clear(room, aside) {
    for (const part of [document.documentElement, document.querySelector(".md-container")]) {
      part?.style.setProperty("--pins-room", `${aside ? 0 : room}px`);
    }
    const contents = /** @type {HTMLElement | null} */ (document.querySelector(".md-sidebar--secondary .md-sidebar__scrollwrap"));
    if (!contents) return;
    const left = document.documentElement.clientHeight - (HEADER + 2.4) * rem() - room;
    contents.style.setProperty("--pins-left", room && aside ? `${left}px` : "none");
    contents.classList.toggle("pins-over", aside && room > 0 && left < CONTENTS * rem());
  }
}

const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);

/** @param {HTMLElement} part @param {Record<string, number>} pixels */
function set(part, pixels) {
  for (const [name, value] of Object.entries(pixels)) part.style.setProperty(`--pin-${name}`, `${value}px`);
}

/** A formula or table that is too wide gets smaller, within reason; beyond, it scrolls. @param {HTMLElement} block */
function fit(block) {
  if (block.matches("figure")) return;
  block.style.setProperty("--pin-scale", "1");
  if (block.scrollWidth <= block.clientWidth) return;
  const scale = (0.99 * block.clientWidth) / block.scrollWidth;
  block.style.setProperty("--pin-scale", String(Math.max(SMALLEST, scale)));
}

/**
 * Shares out the room: none gets more than it needs, and what one leaves goes to the others.
 * @param {number[]} needs
 * @param {number} room
 * @returns {number[]}
 */
export function shares(needs, room) {
  const given = needs.map(() => 0);
  let open = needs.map((_, k) => k).sort((a, b) => needs[a] - needs[b]);
  for (; open.length; open = open.slice(1)) {
    const [k] = open;
    given[k] = Math.max(0, Math.min(needs[k], Math.floor(room / open.length)));
    room -= given[k];
  }
  return given;
}

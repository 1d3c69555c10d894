// What all figures have in common that a reader can move. A figure's element stands beside the cell that draws
// it, and takes over that drawing: it changes the numbers and shapes that are there, and adds a line of buttons.
//
// Its state is in its attributes: w1="2" where the reader has moved w1, none where the book's value stands.
// The book's values are read from the drawing, so there is one source of them. A link carries the attributes:
// ?a-neuron=w1:2,b:-3 for <neuron-figure id="a-neuron">.
//
// A subclass has
//   static observedAttributes   its controls' names
//   controls()                  what can be changed
//   read()                      the book's values, out of this.drawings; once for every drawing that comes
//   draw(values)                puts values into the drawings; at most once a frame
//   tell(values)                the result in a sentence or two, for those who do not see the drawing
//   table(values)               the numbers as a table
//   tasks(values)               optional: what the text asks for, each done or not

import { element } from "../make.js";
import { Controls, valueOf, within, wrong } from "./controls.js";
import { drawn, unitsPerPixel } from "./plane.js";
import { printed } from "./printed.js";

const REST = 600; // milliseconds after the last change before it is told
const TARGET = 14; // pixels from a handle's middle that still hit it

/**
 * @typedef {import("./controls.js").Control} Control
 * @typedef {import("./controls.js").Value} Value
 * @typedef {import("./controls.js").Values} Values
 *
 * @typedef {{head: string[], rows: string[][], caption: string}} Table
 * @typedef {{name: string, done: boolean, say: string}} Task
 */

export class Figure extends HTMLElement {
  /** The drawings that it has taken over. @type {SVGSVGElement[]} */ drawings = [];
  /** @type {Values} */ #book = {};
  /** @type {Control[]} */ #controls = [];
  #frame = 0;
  #rest = 0;
  /** What stands around the controls. */ #parts = {};
  /** The tasks that have been done. @type {Set<string>} */ #done = new Set();
  #watch = new MutationObserver(() => this.#take());
  /** A drawing that becomes smaller, pinned beside the text, keeps targets that a finger hits. */
  #sizes = new ResizeObserver(() => this.#places.forEach((place) => place(true)));

  connectedCallback() {
    if (!this.#parts.bar) {
      this.#take();
      this.#controls = this.controls();
      this.#build();
      this.#follow();
    }
    this.#watch.observe(this.figure, { childList: true, subtree: true });
    for (const drawing of this.drawings) this.#sizes.observe(drawing);
    this.#schedule();
  }

  disconnectedCallback() {
    this.#watch.disconnect();
    this.#sizes.disconnect();
    clearTimeout(this.#rest);
  }

  attributeChangedCallback() {
    if (this.#parts.bar) this.#schedule();
  }

  /** The whole figure, with its drawing and its caption. */
  get figure() {
    return /** @type {HTMLElement} */ (this.closest("figure"));
  }

  /** What holds now: the book's values, and the reader's where there are any. @returns {Values} */
  get values() {
    return { ...this.#book, ...this.#changed() };
  }

  /** The book's values. @returns {Values} */
  get book() {
    return { ...this.#book };
  }

  /** Change some values. Numbers are kept within their bounds. @param {Values} values */
  set(values) {
    for (const [name, value] of Object.entries(values)) {
      const control = this.#controls.find((one) => one.name === name);
      const kept = typeof value === "number" && control?.kind === "number" ? within(control, value) : value;
      if (kept === this.#book[name]) this.removeAttribute(name);
      else this.setAttribute(name, String(kept));
    }
  }

  /** Back to the book's values. */
  reset() {
    for (const { name } of this.#controls) this.removeAttribute(name);
    this.#done.clear();
  }

  /**
   * Lets a part of the drawing be dragged, by mouse, pen or finger. For the keyboard there are the controls.
   * @param {SVGGraphicsElement} part
   * @param {() => [number, number]} middle where its target is, in the drawing's units
   * @param {(dx: number, dy: number, from: Values) => Values} move values for a way in the drawing's units
   * @param {"x" | "y" | "both"} [along] what a finger does not scroll while it drags
   */
  handle(part, middle, move, along = "both") {
    const known = this.#handles.get(part);
    if (known) return void this.#places.push(known); // another drawing of the figure has come anew
    const drawing = /** @type {SVGSVGElement} */ (part.ownerSVGElement);
    const target = drawn("circle", { class: "handle-target", fill: "transparent", stroke: "none" });
    const place = (resized = false) => {
      const [x, y] = middle();
      target.setAttribute("cx", String(x));
      target.setAttribute("cy", String(y));
      if (resized) target.setAttribute("r", String(Math.max(15, TARGET * unitsPerPixel(drawing))));
    };
    part.append(target);
    part.classList.add("handle", `handle-${along}`);
    // A finger that drags does not scroll: on parts of a drawing touch-action alone does not hold.
    part.addEventListener("touchmove", (event) => event.preventDefault(), { passive: false });
    part.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      event.preventDefault(); // no text is selected
      const scale = unitsPerPixel(drawing);
      const [from, x, y] = [this.values, event.clientX, event.clientY];
      part.setPointerCapture(event.pointerId);
      part.classList.add("held");
      const moved = (/** @type {PointerEvent} */ now) =>
        this.set(move((now.clientX - x) * scale, (now.clientY - y) * scale, from));
      const end = () => {
        part.classList.remove("held");
        part.removeEventListener("pointermove", moved);
      };
      part.addEventListener("pointermove", moved);
      for (const how of ["pointerup", "pointercancel"]) part.addEventListener(how, end, { once: true });
    });
    this.#handles.set(part, place);
    this.#places.push(place);
    place(true);
  }

  /** @type {((resized?: boolean) => void)[]} moves the targets to their handles */ #places = [];
  /** @type {WeakMap<Element, (resized?: boolean) => void>} */ #handles = new WeakMap();
  /** What the drawings say of themselves, with the book's numbers. @type {Map<Element, string>} */ #words = new Map();

  // ---- state

  /** @returns {Values} the reader's own values that are sound */
  #changed() {
    const found = {};
    for (const control of this.#controls) {
      const text = this.getAttribute(control.name);
      if (text !== null && !wrong(control, text)) found[control.name] = valueOf(control, text);
    }
    return found;
  }

  /** The drawings as they are now; a run of the cell brings new ones. */
  #take() {
    const there = [...this.figure.querySelectorAll("svg.drawing")].filter((one) => !one.closest("details"));
    if (there.length === this.drawings.length && there.every((one, k) => one === this.drawings[k])) return;
    if (!there.length) return; // the cell has failed; its figure comes back with the next run
    this.drawings = /** @type {SVGSVGElement[]} */ (there);
    const said = there.flatMap((one) => one.querySelector("desc") ?? []);
    this.#words = new Map(said.map((one) => [one, this.#words.get(one) ?? one.textContent]));
    this.#places = [];
    this.#sizes.disconnect();
    for (const drawing of this.drawings) this.#sizes.observe(drawing);
    this.#book = this.read();
    this.#ready = false; // the cell tells of its run
    if (this.#parts.bar) this.#schedule();
  }

  #schedule() {
    if (!this.isConnected) return;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw() {
    const values = this.values;
    const own = Object.keys(this.#changed()).length > 0;
    this.toggleAttribute("changed", own);
    if (own || this.#moved) this.draw(values);
    if (!own && this.#moved) for (const [said, book] of this.#words) said.textContent = book;
    this.#moved = own;
    for (const place of this.#places) place();
    this.#parts.controls.show(values);
    this.#parts.reset.disabled = !own;
    if (!this.#parts.table.hidden) this.#fillTable();
    clearTimeout(this.#rest);
    if (this.#ready) this.#rest = setTimeout(() => this.#settle(), REST);
    this.#ready = true;
  }

  /** Whether the drawing shows anything but the book's. */ #moved = false;
  /** A drawing's first frame is nothing to be told of. */ #ready = false;

  /** The reader has stopped: say what has come of it. */
  #settle() {
    const values = this.values;
    const tasks = this.tasks(values).filter(({ name, done }) => done && !this.#done.has(name));
    for (const { name } of tasks) this.#done.add(name);
    const won = tasks.map(({ say }) => say).join(" ");
    if (won) this.say(won);
    const told = (this.#parts.voice.textContent = this.tell(values));
    if (this.#moved) for (const said of this.#words.keys()) said.textContent = told;
  }

  /** A line under the figure, seen and heard: a task done, or what is wrong. @param {string} sentence */
  say(sentence, wrong = false) {
    this.#parts.note.textContent = sentence;
    this.#parts.note.classList.toggle("wrong", wrong);
  }

  /** @param {Values} _values @returns {Task[]} */
  tasks(_values) {
    return [];
  }

  // ---- links

  /** The values that the page's address carries for this figure. */
  #follow() {
    const carried = new URLSearchParams(location.search).get(this.id);
    if (!carried) return;
    for (const pair of carried.split(",")) {
      const [name, text = ""] = pair.split(/:(.*)/s);
      const control = this.#controls.find((one) => one.name === name);
      const fault = control ? wrong(control, text) : `This figure has no “${name}”.`;
      if (fault) this.say(`The link asks for something that can’t be shown. ${fault}`, true);
      else this.setAttribute(name, text);
    }
  }

  /** This page's address with the figure as it is set now. */
  get link() {
    const address = new URL(location.href);
    const pairs = Object.entries(this.#changed()).map(([name, value]) => `${name}:${value}`);
    address.searchParams.delete(this.id);
    const others = address.searchParams.toString();
    const own = pairs.length ? `${this.id}=${encodeURIComponent(pairs.join(",")).replace(/%3A/g, ":").replace(/%2C/g, ",")}` : "";
    address.search = [others, own].filter(Boolean).join("&");
    address.hash = this.id;
    return address.href;
  }

  // ---- what is around the drawing

  #build() {
    const button = (/** @type {string} */ says, /** @type {() => void} */ act, attributes = {}) => {
      const made = element("button", { type: "button", ...attributes }, says);
      made.addEventListener("click", act);
      return made;
    };
    const controls = new Controls(this.id, this.#controls, this);
    const panel = element("div", { class: "figure-controls", id: `${this.id}-controls`, hidden: "" }, ...controls.rows);
    const table = element("div", { class: "figure-table", id: `${this.id}-table`, hidden: "" });
    const opens = (/** @type {string} */ says, /** @type {HTMLElement} */ part) => {
      const opener = button(says, () => {
        part.hidden = !part.hidden;
        opener.ariaExpanded = String(!part.hidden);
        if (part === table) this.#fillTable();
      }, { "aria-expanded": "false", "aria-controls": part.id });
      return opener;
    };
    const reset = button("Reset", () => {
      this.reset();
      this.say("");
    });
    const copied = button("Copy link", async () => {
      history.replaceState(history.state, "", this.link);
      const copy = await navigator.clipboard?.writeText(this.link).then(() => true, () => false);
      this.say(`The page’s address now carries this figure as it is set${copy ? ", and has been copied." : ": copy it from there."}`);
    });
    const bar = element("div", { class: "figure-bar", role: "group", "aria-label": `This figure: ${this.called}` },
      opens("Change it", panel), ...this.actions().map(([says, act]) => button(says, act)), reset, opens("Table", table), copied);
    const note = element("p", { class: "figure-note", role: "status" });
    const voice = element("p", { class: "said", role: "status" });
    this.#parts = { bar, controls, table, reset, note, voice };
    this.append(bar, note, panel, table, voice);
  }

  /** What the drawing is called. */
  get called() {
    return this.drawings[0]?.querySelector("title")?.textContent ?? "";
  }

  /** More buttons, each with what it does. @returns {[string, () => void][]} */
  actions() {
    return [];
  }

  #fillTable() {
    const { caption, head, rows } = this.table(this.values);
    const cells = (/** @type {string[]} */ row) =>
      row.map((text, k) => (k ? element("td", {}, text) : element("th", { scope: "row" }, text)));
    this.#parts.table.replaceChildren(
      element("table", {},
        element("caption", {}, caption),
        element("thead", {}, element("tr", {}, ...head.map((text) => element("th", { scope: "col" }, text)))),
        element("tbody", {}, ...rows.map((row) => element("tr", {}, ...cells(row)))),
      ),
    );
  }
}

/** Puts a number where a drawing shows a quantity's value. @param {Element} drawing @param {string} quantity @param {number} number @param {number} [digits] */
export function put(drawing, quantity, number, digits = 3) {
  const text = printed(number, digits);
  for (const place of drawing.querySelectorAll(`[data-quantity="${quantity}"] .value`)) {
    const own = /** @type {SVGElement} */ (place.closest("[data-quantity]")).dataset.quantity === quantity;
    if (own && place.textContent !== text) place.textContent = text; // not the dL_dw1 that stands under w1
  }
}

/** A quantity's value as the library computed it. @param {Element} drawing @param {string} quantity */
export function given(drawing, quantity) {
  const part = /** @type {SVGElement} */ (drawing.querySelector(`[data-quantity="${quantity}"][data-value]`));
  return Number(part.dataset.value);
}

// A quantity that is pointed at or has the focus is lit wherever it stands on the page: in formulas, figures,
// code, sentences and stated numbers. Only for the eyes: nothing is announced, and nothing moves.
//
// What is the same quantity? What has the same name; notation.md lists them. A figure says the name itself
// (data-quantity="w1"), and so does inline code; in a formula it follows from the structure: w with 1 below is
// w1, z with h1 below z_h1, ∂L over ∂w1 dL_dw1. A derivative is one quantity and not the two in it. Names in
// blocks of code, and stated numbers whose expression is but a name (w1, network.w1), join in if the page has a
// quantity of that name. Two sections may mean two things by one name: it is still the same name.
//
// By keyboard: what has the focus anyway (a stated number, a figure's field) lights its quantity. Inside a formula
// the left and right arrows walk from symbol to symbol and number to number. The way in is what has a Tab stop
// already: a number in it, its box where it scrolls, a button on it. A displayed formula that has none of these
// becomes a stop itself. A stop for each symbol would be hundreds a page, and one for each formula in a line
// dozens, for letters that stand in a displayed formula as well.
//
// By touch: a tap lights, a tap elsewhere puts out. Escape puts out too.

const CONTENT = ".md-content";
const MAYBE = "math, code, [data-quantity], .proof, .stated[data-expr]";
const NOT_OURS = ".cm-editor, .receipt, .definition";
const DWELL = 80; // milliseconds: a pointer that only passes by lights nothing
const TAP = 10; // pixels that a finger may slip

/** Other names of the same number. @param {string} name */
const proper = (name) => (name === "loss" ? "L" : name.replace("y_pred", "o1"));

/** Where each quantity stands. @type {Map<string, Set<Element>>} */
const places = new Map();
/** The way back. @type {WeakMap<Element, string>} */
const names = new WeakMap();
/** What each is, which is its colour: weight, sum. @type {Map<string, string>} */
const kinds = new Map();
/** Who asks for which quantity; the last one has it. @type {Map<"pointer" | "focus" | "tap", string>} */
const asked = new Map();
let lit = "";
let waiting = 0;
let indexed = false;

// ---- where they are

/** @param {Element} root */
function read(root) {
  if (root.closest(NOT_OURS)) return;
  const around = root.closest("math");
  for (const formula of around ? [around] : root.querySelectorAll("math")) readFormula(formula);
  for (const code of found(root, ":not(pre) > code[class*='q-']")) put(code, code.textContent);
  for (const part of found(root, "[data-quantity]")) put(part, part.getAttribute("data-quantity"));
  for (const number of found(root, ".stated[data-expr]")) {
    const [, name] = number.getAttribute("data-expr").match(/^(?:[A-Za-z]\w*\.)*([A-Za-z]\w*)$/) ?? [];
    if (name && known(name)) put(number, name);
  }
  for (const token of found(root, "pre > code span")) {
    if (!token.firstElementChild && known(token.textContent)) put(token, token.textContent);
  }
}

/** @param {Element} node of a formula */
function readFormula(node) {
  const name = symbol(node) || derivative(node);
  if (name) put(node, name);
  else for (const part of node.children) readFormula(part);
}

/** w1 of a w with 1 below. @param {Element} node @returns {string} */
function symbol(node) {
  const [letter, below] = /^msub/.test(node.localName) ? node.children : [node];
  if (letter.localName !== "mi" || !/^q-(?!gradient)/.test(letter.className)) return "";
  const index = below?.textContent ?? "";
  return letter.textContent + (index && !/^\d+$/.test(index) ? "_" : "") + index;
}

/** dL_dw1 of ∂L over ∂w1. @param {Element} node @returns {string} */
function derivative(node) {
  if (node.localName !== "mfrac") return "";
  const [above, below] = [...node.children].map(({ children: [sign, of] }) =>
    sign?.textContent === "∂" && of ? symbol(of) : "");
  return above && below ? `d${above}_d${below}` : "";
}

/** @param {Element} place @param {string} called */
function put(place, called) {
  if (place.closest(NOT_OURS)) return;
  const name = proper(called);
  if (!places.has(name)) places.set(name, new Set());
  places.get(name).add(place);
  names.set(place, name);
  if (!kinds.has(name)) {
    const coloured = place.matches("[class*='q-']") ? place : place.querySelector("[class*='q-']");
    const [, kind] = coloured?.getAttribute("class").match(/\bq-(\w+)/) ?? [];
    if (kind) kinds.set(name, kind);
  }
  mark(place, name === lit); // it may come from a copy
}

/** @param {string} name */
const known = (name) => places.has(proper(name));

/** @param {Element} root @param {string} selector @returns {Element[]} */
const found = (root, selector) => [...(root.matches(selector) ? [root] : []), ...root.querySelectorAll(selector)];

/** Cells that have run, figures that have been drawn anew. Text alone names nothing. */
const news = new MutationObserver((changes) => {
  for (const { target, addedNodes } of changes) {
    if (/** @type {Element} */ (target).closest(NOT_OURS)) continue;
    for (const node of addedNodes) if (node instanceof Element && node.isConnected) read(node);
  }
});

function index() {
  if (indexed) return;
  indexed = true;
  for (const content of document.querySelectorAll(CONTENT)) read(content);
  news.observe(document.body, { childList: true, subtree: true });
}

/** The quantity that something is, or is a part of. @param {EventTarget | null} target @returns {string} */
function quantityOf(target) {
  if (!(target instanceof Element) || !target.closest(MAYBE)) return "";
  index();
  for (let node = target; node; node = node.parentElement) if (names.has(node)) return names.get(node);
  const number = target.closest(".proof")?.querySelector(":scope > .stated");
  return (number && names.get(number)) ?? "";
}

// ---- their light

/** @param {"pointer" | "focus" | "tap"} who @param {string} name */
function ask(who, name) {
  asked.delete(who);
  if (name) asked.set(who, name);
  light([...asked.values()].at(-1) ?? "");
}

/** @param {string} name */
function light(name) {
  if (name === lit) return;
  const [old, now] = [places.get(lit) ?? [], places.get(name) ?? []];
  for (const place of old) mark(place, false);
  lit = name;
  for (const place of now) {
    if (place.isConnected) mark(place, true);
    else places.get(name).delete(place);
  }
}

/** @param {Element} place @param {boolean} on */
function mark(place, on) {
  if (on === place.classList.contains("lit")) return;
  for (const sign of ["lit", `lit-${kinds.get(names.get(place)) ?? "other"}`]) place.classList.toggle(sign, on);
  if (!place.classList.length) place.removeAttribute("class"); // as it was
}

// ---- pointers

document.addEventListener("pointerover", ({ pointerType, target }) => {
  if (pointerType === "touch") return;
  clearTimeout(waiting);
  const name = quantityOf(target);
  if (name !== asked.get("pointer")) ask("pointer", "");
  if (name) waiting = setTimeout(() => ask("pointer", name), DWELL);
});
document.documentElement.addEventListener("pointerleave", () => {
  clearTimeout(waiting);
  ask("pointer", "");
});

/** Where a finger came down. @type {PointerEvent | null} */
let finger = null;
document.addEventListener("pointerdown", (event) => (finger = event.pointerType === "mouse" ? null : event));
document.addEventListener("pointercancel", () => (finger = null)); // it scrolls
document.addEventListener("pointerup", ({ pointerId, clientX, clientY }) => {
  if (finger?.pointerId !== pointerId) return;
  const tap = Math.hypot(clientX - finger.clientX, clientY - finger.clientY) < TAP;
  if (tap) ask("tap", quantityOf(finger.target));
  finger = null;
});

// ---- the keyboard

document.addEventListener("focusin", ({ target }) => ask("focus", quantityOf(target)));
document.addEventListener("focusout", ({ target }) => {
  ask("focus", "");
  if (target instanceof Element && target.matches("math [tabindex='-1']")) target.removeAttribute("tabindex");
});
document.addEventListener("focusin", offerStops, { once: true });
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    clearTimeout(waiting);
    asked.clear();
    light("");
  }
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step && !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey) walk(event, step);
});

/** A displayed formula that nothing else lets the keyboard into. */
function offerStops() {
  for (const box of document.querySelectorAll(".formula-display:not([tabindex])")) {
    const formula = box.querySelector("math");
    const symbols = formula.querySelector("[class^='q-']");
    if (symbols && !box.querySelector("[tabindex], button")) formula.setAttribute("tabindex", "0");
  }
}

/** @param {KeyboardEvent} event @param {number} step */
function walk(event, step) {
  const here = /** @type {Element} */ (event.target);
  const formula = here.closest(".formula");
  if (!formula || here.closest(NOT_OURS)) return;
  index();
  const way = [...formula.querySelectorAll("math *")].filter((part) => names.has(part) || part.matches(".stated"));
  const next = way[way.indexOf(here) + step];
  if (!next) return; // a box that scrolls goes on scrolling
  event.preventDefault();
  if (!next.hasAttribute("tabindex")) next.setAttribute("tabindex", "-1");
  /** @type {HTMLElement} */ (next).focus();
}

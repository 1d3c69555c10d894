// Code, a formula, a table or an output that is wider than its box scrolls sideways. What scrolls must be
// reachable by keyboard; not every browser sees to that.

const BOXES = "pre > code, .formula-display, .md-typeset__scrollwrap, .cell-text";
const IN_A_LINE = "span.formula";
const TEXT = "p, li, dd, figcaption";

/** What scrolls or not: the box, or each formula in its lines. @param {Element} box @returns {[HTMLElement, boolean][]} */
function measured(box) {
  if (!box.matches(TEXT)) return [[box, box.scrollWidth > box.clientWidth]];
  return [...box.querySelectorAll(IN_A_LINE)].map((formula) => [
    formula,
    formula.querySelector("math").getBoundingClientRect().width > formula.closest(TEXT).clientWidth,
  ]);
}

/** A formula that is wider than the text it stands in gets a line of its own. @param {HTMLElement} box @param {boolean} wide */
function place(box, wide) {
  if (box.matches(IN_A_LINE)) box.classList.toggle("formula-wide", wide);
  allowFocus(box, wide);
}

/** @param {HTMLElement} box @param {boolean} scrolls */
function allowFocus(box, scrolls) {
  if (scrolls) box.tabIndex = 0;
  else box.removeAttribute("tabindex");
}

// All is measured before anything is changed, for after each change the page would be laid out again.
const sizes = new ResizeObserver((entries) => {
  for (const [box, wide] of entries.flatMap(({ target }) => measured(target))) place(box, wide);
});

// A box need not change its size when a number in it does. Observed anew, it is measured once more, after the
// next layout: now would be before whatever else is still to change.
const contents = new MutationObserver((changes) => {
  const boxes = new Set(changes.map(({ target }) => target.closest(`${BOXES}, ${TEXT}`)));
  for (const box of boxes) {
    if (!box) continue;
    sizes.unobserve(box);
    sizes.observe(box);
  }
});

const lines = [...document.querySelectorAll(IN_A_LINE)].map((formula) => formula.closest(TEXT));
for (const box of [...document.querySelectorAll(BOXES), ...new Set(lines)]) {
  if (!box) continue; // a formula in a table, which scrolls as a whole
  sizes.observe(box);
  contents.observe(box, { childList: true, subtree: true });
}

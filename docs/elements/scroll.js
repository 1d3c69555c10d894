// Code, a formula, a table or an output that is wider than its box scrolls sideways. What scrolls must be
// reachable by keyboard; not every browser sees to that.

const BOXES = "pre > code, .formula-display, .md-typeset__scrollwrap, .cell-text";
const IN_A_LINE = "span.formula";
const TEXT = "p, li, dd, figcaption";

/** @param {Element} box */
function reach(box) {
  if (box.matches(TEXT)) box.querySelectorAll(IN_A_LINE).forEach(place);
  else allowFocus(box, box.scrollWidth > box.clientWidth);
}

/** A formula that is wider than the text it stands in gets a line of its own. @param {Element} formula */
function place(formula) {
  const width = formula.querySelector("math").getBoundingClientRect().width;
  const wide = width > formula.closest(TEXT).clientWidth;
  formula.classList.toggle("formula-wide", wide);
  allowFocus(formula, wide);
}

/** @param {HTMLElement} box @param {boolean} scrolls */
function allowFocus(box, scrolls) {
  if (scrolls) box.tabIndex = 0;
  else box.removeAttribute("tabindex");
}

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) reach(target);
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

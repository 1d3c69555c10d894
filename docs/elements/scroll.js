// A formula, table or output that is wider than its box scrolls sideways. What scrolls must be
// reachable by keyboard; not every browser sees to that.

const BOXES = ".formula-display, .md-typeset__scrollwrap, .cell-text";

const watcher = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});

// Once the theme has put its tables into boxes.
addEventListener("load", () => {
  for (const box of document.querySelectorAll(BOXES)) watcher.observe(box);
});

// Two versions of a cell's code, line by line. The signs tell them apart; the colours only help.

const MUCH = 4e6; // more pairs of lines than a glance is worth: then all is shown as changed

/**
 * The lines of both, in order: "-" stands in the first alone, "+" in the second alone, " " in both.
 * @param {string} before
 * @param {string} after
 * @returns {["-" | "+" | " ", string][]}
 */
export function lines(before, after) {
  const [old, young] = [before.split("\n"), after.split("\n")];
  let start = 0;
  while (start < Math.min(old.length, young.length) && old[start] === young[start]) start += 1;
  let end = 0;
  const room = Math.min(old.length, young.length) - start;
  while (end < room && old[old.length - 1 - end] === young[young.length - 1 - end]) end += 1;
  const [a, b] = [old.slice(start, old.length - end), young.slice(start, young.length - end)];

  /** @type {["-" | "+" | " ", string][]} */
  const found = old.slice(0, start).map((line) => [" ", line]);
  // common[i][j]: how many lines a[i:] and b[j:] have in common, in order.
  const few = a.length * b.length <= MUCH;
  const common = few ? Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1)) : [];
  for (let i = a.length - 1; few && i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      common[i][j] = a[i] === b[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (few && i < a.length && j < b.length && a[i] === b[j]) {
      found.push([" ", a[i]]);
      i += 1;
      j += 1;
    } else if (i < a.length && (j >= b.length || !few || common[i + 1][j] >= common[i][j + 1])) {
      found.push(["-", a[i]]);
      i += 1;
    } else {
      found.push(["+", b[j]]);
      j += 1;
    }
  }
  return [...found, ...old.slice(old.length - end).map((line) => /** @type {[" ", string]} */ ([" ", line]))];
}

/**
 * The comparison as a block of code. What it shows is text, whatever the code says.
 * @param {string} before
 * @param {string} after
 * @param {string} label what is compared with what, for those who hear it
 */
export function comparison(before, after, label) {
  const block = document.createElement("pre");
  block.className = "comparison";
  block.tabIndex = 0; // it scrolls
  block.setAttribute("role", "group");
  block.setAttribute("aria-label", label);
  for (const [sign, line] of lines(before, after)) {
    const row = document.createElement(sign === "-" ? "del" : sign === "+" ? "ins" : "span");
    row.textContent = `${sign === "-" ? "−" : sign} ${line}\n`;
    block.append(row);
  }
  return block;
}

// The colours of Python code: Lezer's grammar reads it, and its tags become the class names that
// Pygments gives code when the book is built, as far as docs/styles/cells.css tells them apart. So code
// looks the same whether the book set it or you typed it; a test compares the two over every cell.

import { highlightTree, styleTags, tagHighlighter, tags } from "@lezer/highlight";
import { parser } from "@lezer/python";

const python = parser.configure({
  props: [
    styleTags({
      '":"': tags.punctuation,
      "ImportStatement/.": tags.variableName, // a dotted name is one name
      "FormatReplacement/{ FormatReplacement/} FormatSpec! FormatConversion": tags.string,
    }),
  ],
});

const kinds = tagHighlighter([
  { tag: tags.comment, class: "c1" },
  { tag: [tags.string, tags.escape], class: "s2" },
  { tag: tags.number, class: "mi" },
  { tag: [tags.keyword, tags.bool, tags.null], class: "k" },
  { tag: [tags.operator, tags.modifier], class: "o" },
  { tag: tags.punctuation, class: "p" },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)], class: "nf" },
  { tag: [tags.name, tags.meta], class: "n" },
]);

/**
 * The pieces of Python code that have a class of their own, in order.
 * @param {string} source
 * @returns {{from: number, to: number, kind: string}[]}
 */
export function highlight(source) {
  const pieces = [];
  highlightTree(python.parse(source), kinds, (from, to, kind) => pieces.push({ from, to, kind }));
  return pieces;
}

/**
 * Code as the book sets it, as nodes.
 * @param {string} source
 * @returns {DocumentFragment}
 */
export function coloured(source) {
  const code = document.createDocumentFragment();
  let end = 0;
  for (const { from, to, kind } of highlight(source)) {
    const piece = document.createElement("span");
    piece.className = kind;
    piece.textContent = source.slice(from, to);
    code.append(source.slice(end, from), piece);
    end = to;
  }
  code.append(source.slice(end));
  return code;
}

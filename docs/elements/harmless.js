// Markup from a reader's code, made harmless: nothing in it runs, fetches, sends, or passes for a
// part of the page. The book's own figures come through unchanged.

import { element } from "./make.js";

const ADDRESSES = new Set(["href", "xlink:href", "src"]);
const HERE = /^(#|data:image\/(png|jpeg|gif|webp)[;,])/i;
const ELSEWHERE = /url\s*\(\s*(?!["']?\s*#)/i; // a paint or a filter from another document

const RULES = {
  RETURN_DOM_FRAGMENT: true,
  SANITIZE_NAMED_PROPS: true, // no id that the page has already
  FORBID_TAGS: ["style", "form", "input", "button", "select", "textarea", "dialog", "audio", "video", "source", "track"],
  FORBID_ATTR: ["style", "srcset", "background", "poster", "action", "cite", "longdesc", "ping", "popover", "tabindex"],
};

/**
 * @param {string} html
 * @returns {Promise<Node[]>}
 */
export async function harmless(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html"); // where nothing is fetched
  const parts = [...body.childNodes];
  const plain = parts.map((part) => isText(part) ? element("pre", { class: "cell-text" }, part.textContent)
    : isNote(part) ? element("p", { class: "cell-note" }, part.textContent) : null);
  if (!plain.includes(null)) return plain;
  const { default: purify } = await import("../runtime/purify.js");
  purify.removeAllHooks();
  purify.addHook("uponSanitizeAttribute", (_, attribute) => {
    const { attrName: name, attrValue: value } = attribute;
    if (ELSEWHERE.test(value) || (ADDRESSES.has(name) && !HERE.test(value))) attribute.keepAttr = false;
  });
  return [...purify.sanitize(html, RULES).childNodes];
}

/** Output that is text and nothing else. @param {Node} part */
export const isText = (part) => isPlain(part, "pre.cell-text");

/** Says that there would have been more. @param {Node} part */
const isNote = (part) => isPlain(part, "p.cell-note");

/** @param {Node} part @param {string} kind */
function isPlain(part, kind) {
  return part instanceof Element && part.matches(kind) && !part.childElementCount;
}

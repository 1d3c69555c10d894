// Markup from a reader's code, made harmless: nothing in it runs, fetches, sends, or looks like a
// part of the page. The book's own figures pass unchanged; a test runs them all.

import { element } from "./make.js";

const ELSEWHERE = /url\s*\(\s*["']?\s*(?!["'#])/i; // a paint or a filter from another document

/** @type {import("dompurify").Config} */
const RULES = {
  RETURN_DOM_FRAGMENT: true,
  ALLOWED_URI_REGEXP: /^#/, // beside these, DOMPurify lets images be data:
  FORBID_TAGS: ["style", "form", "input", "button", "select", "textarea", "dialog", "audio", "video"],
  FORBID_ATTR: ["style", "srcset", "name", "popover", "popovertarget", "autofocus", "tabindex"],
  SANITIZE_NAMED_PROPS: true, // no id that the page has already
};

/**
 * @param {string} html
 * @returns {Promise<(Node | string)[]>}
 */
export async function harmless(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html"); // nothing is fetched from there
  const parts = [...body.childNodes];
  if (parts.every(isText)) return parts.map((part) => element("pre", { class: "cell-text" }, part.textContent));
  const { default: purify } = await import("../runtime/purify.js");
  purify.removeAllHooks();
  purify.addHook("uponSanitizeAttribute", (_, attribute) => {
    if (ELSEWHERE.test(attribute.attrValue)) attribute.keepAttr = false;
  });
  return [...purify.sanitize(html, RULES).childNodes];
}

/** Output that is text and nothing else. @param {Node} part */
export function isText(part) {
  return part instanceof Element && part.matches("pre.cell-text") && !part.childElementCount;
}

/**
 * An element with its attributes and what is in it.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | false>} [attributes] those that are false are left out
 * @param {Iterable<Node | string>} inside
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(tag, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== false) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

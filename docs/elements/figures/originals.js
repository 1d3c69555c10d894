// What a drawing said before a reader changed it, so that it can be put back to the letter.

export class Originals {
  /** @type {Map<Node, Map<string, string | null>>} */ #kept = new Map();

  /** Sets an attribute. @param {Element} part @param {string} name @param {string | number} value */
  set(part, name, value) {
    this.#keep(part, name, () => part.getAttribute(name));
    if (part.getAttribute(name) !== String(value)) part.setAttribute(name, String(value));
  }

  /** Sets the text of a part that has nothing but text. @param {Node} part @param {string} text */
  write(part, text) {
    this.#keep(part, "#text", () => part.textContent);
    if (part.textContent !== text) part.textContent = text;
  }

  /** Everything as it was. */
  restore() {
    for (const [part, before] of this.#kept) {
      for (const [name, value] of before) {
        if (name === "#text") part.textContent = value;
        else if (value === null) part.removeAttribute(name);
        else part.setAttribute(name, value);
      }
    }
    this.#kept.clear();
  }

  /** @param {Node} part @param {string} name @param {() => string | null} now */
  #keep(part, name, now) {
    const before = this.#kept.get(part) ?? new Map();
    if (!before.has(name)) before.set(name, now());
    this.#kept.set(part, before);
  }
}

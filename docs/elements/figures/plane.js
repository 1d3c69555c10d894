// The plane that a drawing was made in (src/drawings/axes.py): from numbers to its units, and back.

const SVG = "http://www.w3.org/2000/svg";

/** An SVG element with its attributes. @param {string} tag @param {Record<string, string | number>} attributes @param {(Node | string)[]} inside */
export function drawn(tag, attributes = {}, ...inside) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...inside);
  return made;
}

/** A straight line through points, as a path's d. @param {[number, number][]} points */
export const trace = (points) => "M" + points.map(([x, y]) => `${units(x)} ${units(y)}`).join("L");

/** A coordinate, short. @param {number} value */
export const units = (value) => String(Math.round(value * 100) / 100);

class Scale {
  /** @param {string} said "low high start end" */
  constructor(said) {
    [this.low, this.high, this.start, this.end] = said.split(" ").map(Number);
  }

  /** @param {number} number */
  place(number) {
    return this.start + ((number - this.low) * (this.end - this.start)) / (this.high - this.low);
  }

  /** @param {number} place */
  number(place) {
    return this.low + ((place - this.start) * (this.high - this.low)) / (this.end - this.start);
  }
}

export class Plane {
  /** @param {Element} drawing one with axes, or with a small curve that has its scales on it */
  constructor(drawing) {
    const axes = /** @type {SVGElement} */ (drawing.querySelector("[data-x][data-y]"));
    this.x = new Scale(axes.dataset.x);
    this.y = new Scale(axes.dataset.y);
  }

  /** @param {number} x @param {number} y @returns {[number, number]} */
  at(x, y) {
    return [this.x.place(x), this.y.place(y)];
  }

  /** A curve of a function, as a path's d. @param {(x: number) => number} f @param {number} [points] */
  curve(f, points = 121) {
    const { low, high } = this.x;
    const xs = Array.from({ length: points }, (_, k) => low + ((high - low) * k) / (points - 1));
    return trace(xs.map((x) => this.at(x, f(x))));
  }
}

/** How many of a drawing's units a pixel is. @param {SVGSVGElement} drawing */
export const unitsPerPixel = (drawing) => drawing.viewBox.baseVal.width / drawing.getBoundingClientRect().width;

// Formulas as the pages set them (MathML), with a quantity's colour on its letter.

const MATHS = "http://www.w3.org/1998/Math/MathML";
const KINDS = { x: "input", w: "weight", b: "bias", z: "sum", h: "activation", o: "activation", y: "activation", L: "loss" };

/** A MathML element. @param {string} tag @param {(Node | string)[]} inside */
export function maths(tag, ...inside) {
  const made = document.createElementNS(MATHS, tag);
  made.append(...inside);
  return made;
}

/** A whole formula of these pieces; text in it is an operator, a number a number. @param {(Node | string | number)[]} pieces */
export const formula = (...pieces) => maths("math", ...pieces.map(piece));

/** @param {Node | string | number} one */
function piece(one) {
  if (typeof one !== "string") return typeof one === "number" ? maths("mn", String(one)) : one;
  const made = maths("mo", one);
  if ("()".includes(one)) made.setAttribute("stretchy", "false");
  return made;
}

/** A printed number; in brackets where a minus sign would follow an operator. @param {string} text */
export function number(text, bracketed = false) {
  const [mantissa, power] = text.split(/\s*×\s*10/);
  const minus = mantissa.startsWith("−");
  const sign = maths("mo", "−");
  for (const side of ["lspace", "rspace"]) sign.setAttribute(side, "0");
  const made = [...(minus ? [sign] : []), maths("mn", minus ? mantissa.slice(1) : mantissa)];
  if (power) made.push(piece("×"), maths("mn", `10${power}`));
  return bracketed && minus ? maths("mrow", piece("("), ...made, piece(")")) : maths("mrow", ...made);
}

/** The letter of a quantity: w1, z_h1, y_pred. @param {string} quantity */
export function letter(quantity) {
  const [, one, below] = quantity.match(/^([A-Za-z])_?(\w*)$/);
  const made = maths("mi", one);
  made.setAttribute("class", `q-${KINDS[one]}`);
  if (!below) return made;
  return maths("msub", made, maths(/^\d+$/.test(below) ? "mn" : below.length > 2 ? "mtext" : "mi", below));
}

/** How one quantity moves when another is nudged: ∂of/∂by. @param {string} of @param {string} by */
export function partial(of, by) {
  const curly = () => {
    const made = maths("mi", "∂");
    made.setAttribute("class", "q-gradient");
    return made;
  };
  return maths("mfrac", maths("mrow", curly(), letter(of)), maths("mrow", curly(), letter(by)));
}

/** f′ of something. @param {(Node | string | number)[]} inside */
export const prime = (...inside) =>
  maths("mrow", maths("msup", maths("mi", "f"), maths("mo", "′")), ...["(", ...inside, ")"].map(piece));

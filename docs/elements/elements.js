// What the book's pages do in a browser. A page is whole without any of it, so none of it is fetched before
// the page has been seen, and of the elements only those that the page has.

const EVERYWHERE = [
  () => import("./dismiss.js"),
  () => import("./scroll.js"),
  () => import("./copy.js"),
  () => import("./offline.js"),
];
const ELEMENTS = {
  "live-cell": async () => (await import("./live-cell.js")).LiveCell,
};

async function begin() {
  const here = Object.keys(ELEMENTS).filter((name) => document.querySelector(name));
  const define = async (name) => customElements.define(name, await ELEMENTS[name]());
  await Promise.all([...EVERYWHERE.map((load) => load()), ...here.map(define)]);
  document.documentElement.dataset.elements = "ready"; // for whoever drives a browser
}

/** The page has loaded; after the next frame it has been painted too. */
const seen = () => requestAnimationFrame(() => setTimeout(begin));

if (document.readyState === "complete") seen();
else addEventListener("load", seen, { once: true });

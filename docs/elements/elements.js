// What the book's pages do in a browser. A page is whole without any of it, so none of it is fetched before
// the page has been seen, and of the elements only those that the page has.

const EVERYWHERE = [
  () => import("./dismiss.js"),
  () => import("./scroll.js"),
  () => import("./copy.js"),
  () => import("./offline.js"),
  () => import("./quantities.js"),
  () => import("./pins.js"),
];
const ELEMENTS = {
  "live-cell": async () => (await import("./live-cell.js")).LiveCell, // first: it keeps the figures as the book has them
  "neuron-figure": async () => (await import("./figures/neuron-figure.js")).NeuronFigure,
  "network-figure": async () => (await import("./figures/network-figure.js")).NetworkFigure,
  "squares-figure": async () => (await import("./figures/squares-figure.js")).SquaresFigure,
  "backprop-figure": async () => (await import("./figures/backprop-figure.js")).BackpropFigure,
  "step-figure": async () => (await import("./figures/step-figure.js")).StepFigure,
  "training-figure": async () => (await import("./figures/training-figure.js")).TrainingFigure,
  "seeds-figure": async () => (await import("./figures/seeds-figure.js")).SeedsFigure,
};

/** Until whatever else the browser has to do has had its turn: a phone can scroll and tap in between. */
const turn = () => new Promise((go) => setTimeout(go));

/**
 * The theme's script, where docs/seal.py has let it wait too. It sets about its work when all of the text is
 * there, which by now it is, so it is told once more.
 */
async function theme() {
  const { src } = document.querySelector("script[data-src]")?.dataset ?? {};
  if (!src) return;
  const script = Object.assign(document.createElement("script"), { src });
  await new Promise((come, fail) => {
    Object.assign(script, { onload: come, onerror: () => fail(new Error(`${src} did not come`)) });
    document.head.append(script);
  });
  await turn();
  document.dispatchEvent(new Event("DOMContentLoaded"));
}

async function begin() {
  const here = Object.keys(ELEMENTS).filter((name) => document.querySelector(name));
  const loads = [...here.map((name) => ELEMENTS[name]), theme, ...EVERYWHERE];
  const came = await Promise.allSettled(loads.map((load) => load()));
  for (const [k, name] of here.entries()) {
    await turn();
    if (came[k].status === "fulfilled") customElements.define(name, came[k].value);
  }
  document.documentElement.dataset.elements = "ready"; // for whoever drives a browser
  for (const { reason } of came) if (reason) console.error(reason); // what has come works without the rest
}

/** The page has loaded; after the next frame it has been painted too. One in the background is not painted. */
const seen = () => (document.hidden ? begin() : requestAnimationFrame(() => setTimeout(begin)));

if (document.readyState === "complete") seen();
else addEventListener("load", seen, { once: true });

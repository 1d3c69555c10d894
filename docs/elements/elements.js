// What the book's pages do in a browser, and the names of their elements. A page is whole without any of
// it, so none of it is fetched before the page has been seen.

async function begin() {
  const [{ LiveCell }] = await Promise.all([
    import("./live-cell.js"),
    import("./dismiss.js"),
    import("./scroll.js"),
    import("./copy.js"),
    import("./offline.js"),
  ]);
  customElements.define("live-cell", LiveCell);
}

/** The page has loaded; after the next frame it is painted too. */
const seen = () => requestAnimationFrame(() => setTimeout(begin));

if (document.readyState === "complete") seen();
else addEventListener("load", seen, { once: true });

// What has been read can be read again without a network: docs/service-worker.js sees to that, and this
// tells it which build the page is of and what it has loaded. `make serve` has no builds, and none of this.

const build = document.querySelector("meta[name=build]")?.content;

/** Tell the service worker in charge of everything the page has loaded, and of all that it will load. */
function tell() {
  const { controller } = navigator.serviceWorker;
  const watcher = new PerformanceObserver((list) => {
    const used = list.getEntries().map((entry) => entry.name);
    controller.postMessage({ build, address: location.href, used });
  });
  watcher.observe({ type: "resource", buffered: true });
  navigator.serviceWorker.addEventListener("controllerchange", () => watcher.disconnect(), { once: true });
}

// Where the browser forbids it, there is no copy.
if (build && navigator.serviceWorker) {
  navigator.serviceWorker.addEventListener("controllerchange", tell);
  if (navigator.serviceWorker.controller) tell();
  navigator.serviceWorker.register(new URL("../service-worker.js", import.meta.url)).catch(() => {});
}

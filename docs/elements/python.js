// Python, in a worker of a frame that has no origin: it sees no page, no storage and no network.
// This file fetches what it needs and hands it over; docs/elements/worker.js is the other end.

import { fetchFiles, manifest, PythonError, updated } from "./runtime-files.js";

export { PythonError };

const PATIENCE = 20_000; // milliseconds, for the frame to answer; it answers at once or never
const OFTEN = 5_000; // so often it is asked whether it lives, while Python has something to do

/** The Python of one page. Started by the first call; stopped at any time; then the next call starts anew. */
export class Python extends EventTarget {
  /** Grows with each new worker, which knows nothing of what the last one ran. */
  generation = 0;
  #version;
  #life = null;

  /** @param {string} version of the runtime that the page was built with */
  constructor(version) {
    super();
    this.#version = version;
  }

  get ready() {
    return this.#life?.ready ?? false;
  }

  get running() {
    return (this.#life?.calls.size ?? 0) > 0;
  }

  /** @returns {Promise<void>} */
  async start() {
    this.#life ??= this.#begin();
    await this.#life.started;
  }

  /**
   * Run a cell.
   * @param {number} cell its number on the page
   * @param {string} source
   * @param {{raises?: string, onText?: (text: string) => void}} options
   * @returns {Promise<object>} what LivePage.run answers
   */
  run(cell, source, { raises = null, onText = () => {} } = {}) {
    return this.#call("run", [cell, source, raises], onText);
  }

  /**
   * Work stated numbers out, as the page stands after a cell.
   * @param {number} after
   * @param {object[]} numbers
   * @returns {Promise<object[]>}
   */
  evaluate(after, numbers) {
    return this.#call("evaluate", [after, JSON.stringify(numbers)]);
  }

  /** At once, whatever it is doing. */
  stop() {
    this.#end(new PythonError("stopped", "Stopped."));
  }

  async #call(method, values, onText = () => {}) {
    this.#life ??= this.#begin();
    const { calls, port, started } = this.#life;
    return new Promise((resolve, reject) => {
      const id = this.#life.next++;
      calls.set(id, { resolve, reject, onText });
      port.postMessage({ call: method, id, values });
      started.catch(reject);
    });
  }

  #begin() {
    this.generation++;
    const { port1: port, port2: workers } = new MessageChannel();
    const { port1: frames, port2: other } = new MessageChannel();
    const life = { port, frames, calls: new Map(), next: 0, ready: false, abort: new AbortController() };
    const fail = (error) => this.#life === life && this.#end(error);
    life.frame = frame();
    life.frame.onload = async () => {
      life.frame.contentWindow?.postMessage(await life.script, "*", [other, workers]);
      life.patience = setTimeout(() => fail(refused("it does not answer")), PATIENCE);
    };
    life.pulse = setInterval(() => {
      if (!life.answered || !life.calls.size) return;
      life.patience ??= setTimeout(() => fail(died()), PATIENCE);
      frames.postMessage(null);
    }, OFTEN);
    life.started = new Promise((resolve, reject) => Object.assign(life, { resolve, reject }));
    life.started.catch(() => {}); // every call tells its own caller
    const { signal } = life.abort;
    life.script = text("worker.js", signal);
    Promise.all([text("sandbox.html", signal), life.script]).then(([html]) => {
      if (signal.aborted) return;
      life.frame.srcdoc = html;
      document.body.append(life.frame);
    }).catch(fail);
    frames.onmessage = ({ data }) => {
      if (data.why) fail(refused(data.why));
      life.answered = true;
      clearTimeout(life.patience);
      life.patience = null;
    };
    port.onmessage = ({ data }) => this.#heard(life, data, fail);
    this.#load(life).catch(fail);
    return life;
  }

  async #load(life) {
    const { signal } = life.abort;
    const progress = (what, done, total) =>
      this.dispatchEvent(new CustomEvent("progress", { detail: { what, done, total } }));
    const said = await manifest(this.#version, signal);
    life.port.postMessage({ begin: { ...said, page: location.pathname } });
    await fetchFiles(said, signal, progress, (file, bytes) => life.port.postMessage({ file, bytes }, [bytes]));
  }

  #heard(life, message, fail) {
    const call = life.calls.get(message.id);
    if (message.ready) {
      life.ready = true;
      life.resolve();
    } else if (message.failed) {
      fail(message.failed === "refused" ? refused(message.why) : died(message.why));
    } else if ("text" in message) {
      call?.onText(message.text);
    } else if (call) {
      life.calls.delete(message.id);
      call.resolve(JSON.parse(message.result));
    }
  }

  #end(error) {
    const life = this.#life;
    if (!life) return;
    this.#life = null;
    clearTimeout(life.patience);
    clearInterval(life.pulse);
    life.abort.abort();
    life.port.close();
    life.frames.close();
    life.frame.remove(); // and with it the worker, in the middle of whatever it is doing
    life.reject(error);
    for (const { reject } of life.calls.values()) reject(error);
  }
}

/**
 * A frame without an origin, in which scripts may run and nothing else. It gets its page handed over: had
 * it an address, it would ask the network for it, since a service worker answers nobody without an origin.
 */
function frame() {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.title = "Python";
  frame.sandbox = "allow-scripts";
  return frame;
}

async function text(name, signal) {
  const response = await fetch(new URL(name, import.meta.url), { signal }).catch((error) => {
    if (signal.aborted) throw error;
  });
  if (response?.ok) return response.text();
  if (response?.status === 409) throw updated();
  throw new PythonError("missing", `Python could not be loaded: ${name} did not arrive. Press Run again.`);
}

function refused(why) {
  return new PythonError(
    "refused",
    `This browser does not let the page run Python: ${why}. A current Chrome, Firefox or Safari can, ` +
      "unless whoever looks after it has switched that off.",
  );
}

function died(why = "the browser ended it") {
  return new PythonError("died", `Python has broken down: ${why}. Press Run to start it again; your changes are kept.`);
}

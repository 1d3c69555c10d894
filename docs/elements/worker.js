// Python's end of docs/elements/python.js: runs in a worker without an origin, under the policy of
// sandbox.html, and hears only what comes through the port that the page gave it.

const SITE = "/lib/python3.12/site-packages";
const NOWHERE = "https://book.invalid/"; // Pyodide asks for its files by address; they are here already

/** What the worker's global scope keeps: the language, and what Python's own machinery goes on using. */
const KEPT = new Set([
  ..."Object Function Array Number Boolean String Symbol BigInt Math JSON Reflect Proxy Promise Date RegExp".split(" "),
  ..."Map Set WeakMap WeakSet WeakRef FinalizationRegistry Iterator Intl Infinity NaN undefined globalThis".split(" "),
  ..."Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError DOMException".split(" "),
  ..."ArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array".split(" "),
  ..."Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array parseInt parseFloat isNaN isFinite".split(" "),
  ..."eval decodeURI decodeURIComponent encodeURI encodeURIComponent TextDecoder TextEncoder WebAssembly".split(" "),
  ..."crypto performance console self setTimeout clearTimeout queueMicrotask MessageChannel constructor".split(" "),
]);

const MOST = 2 ** 30 / 2 ** 16; // pages of memory: 1 GiB, which phones have too. More is Python's MemoryError
const { Blob, Response, DecompressionStream } = self; // used when the scope has forgotten them
const files = new Map(); // a file's name → its bytes, promised, and how to keep the promise
let port;
let python;
let page; // provenum's LivePage
let begin;
let turn = new Promise((resolve) => (begin = resolve)).then(start); // one thing after the other

onmessage = ({ ports }) => {
  onmessage = null;
  [port] = ports;
  turn.catch(failed);
  port.onmessage = ({ data }) => {
    if (data.file) arrived(data.file, data.bytes);
    else if (data.begin) begin(data.begin);
    else (turn = turn.then(() => answer(data))).catch(failed);
  };
};

/** Start Python from its memory, and leave nothing lying about that it does not need. */
async function start({ snapshot, lock, page: name }) {
  if (typeof WebAssembly === "undefined") throw new Refused("it has no WebAssembly");
  WebAssembly.Memory = limited(WebAssembly.Memory);
  const wasm = file("pyodide.asm.wasm");
  const compiled = wasm.then((bytes) => WebAssembly.compile(bytes)).catch((error) => {
    throw new Refused(error.message);
  });
  const memory = Promise.all([file("memory"), wasm]).then(([bytes, data]) => added(bytes, data, snapshot));
  for (const script of ["pyodide.asm.js", "pyodide.js"]) {
    const url = URL.createObjectURL(new Blob([await file(script)], { type: "text/javascript" }));
    importScripts(url);
    URL.revokeObjectURL(url);
  }
  const module = await compiled;
  WebAssembly.instantiateStreaming = async (_, imports) => ({
    module,
    instance: await WebAssembly.instantiate(module, imports),
  });
  const served = {
    "pyodide-lock.json": JSON.stringify({ info: lock, packages: {} }),
    "python_stdlib.zip": await file("python_stdlib.zip"),
  };
  self.fetch = async (url) => new Response(served[String(url).split("/").pop()] ?? "");
  python = await loadPyodide({
    indexURL: NOWHERE,
    lockFileURL: `${NOWHERE}pyodide-lock.json`,
    jsglobals: Object.create(null), // what `import js` finds: nothing
    stdin: () => null,
    stdout: () => {},
    stderr: () => {},
    _loadSnapshot: memory,
  });
  python.FS.writeFile("/book.zip", new Uint8Array(await file("book.zip")));
  python.runPython("import random, sys; random.seed(); sys.path.append('/book.zip')"); // chance is not kept in memory
  page = python.pyimport("provenum.live").LivePage(name, said);
  forget();
  port.postMessage({ ready: true });
}

/** Run a cell, or work numbers out. Whoever imports may import NumPy, which may still be on its way. */
async function answer({ call, id, values }) {
  if (call === "run" && /import/.test(values[1])) await numpy();
  said.id = id;
  port.postMessage({ id, result: page[call](...values) });
}

let installed;
function numpy() {
  return (installed ??= file("numpy.zip").then((archive) => unpack(archive, SITE)));
}

/** Put the files of an archive, which are not compressed, where Python finds them. */
function unpack(archive, folder) {
  const view = new DataView(archive);
  for (let at = 0; view.getUint32(at, true) === 0x04034b50; ) {
    const size = view.getUint32(at + 22, true);
    const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
    const name = new Uint8Array(archive, at + 30, view.getUint16(at + 26, true));
    const path = `${folder}/${new TextDecoder().decode(name)}`;
    python.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    python.FS.writeFile(path, new Uint8Array(archive, start, size), { canOwn: true });
    at = start + size;
  }
}

function said(text) {
  port.postMessage({ id: said.id, text });
}

/** A memory is kept without the data that the WebAssembly file has too (see docs/runtime.py). */
function added(bytes, wasm, { at, from, length }) {
  const memory = new Uint8Array(bytes);
  const data = new Uint8Array(wasm, from, length);
  for (let i = 0; i < length; i++) memory[at + i] ^= data[i];
  return memory;
}

/** The bytes of a file, once it is here. */
function file(name) {
  return entry(name).bytes;
}

function arrived(name, compressed) {
  const stream = new Blob([compressed]).stream().pipeThrough(new DecompressionStream("gzip"));
  entry(name).keep(new Response(stream).arrayBuffer());
}

function entry(name) {
  if (!files.has(name)) {
    const made = {};
    made.bytes = new Promise((resolve) => (made.keep = resolve));
    files.set(name, made);
  }
  return files.get(name);
}

/** Nothing is left to find for code that gets hold of this scope. */
function forget() {
  const { prototype: end } = EventTarget;
  for (let scope = self; scope !== end; scope = Object.getPrototypeOf(scope)) {
    for (const name of Object.getOwnPropertyNames(scope)) if (!KEPT.has(name)) delete scope[name];
  }
}

/** A memory that does not grow beyond what the reader's device can be asked for. */
function limited(Memory) {
  return function ({ initial }) {
    return new Memory({ initial, maximum: MOST });
  };
}

class Refused extends Error {}

/** The page is told, and gives this worker up. */
function failed(error) {
  const why = error instanceof RangeError ? "the calls went too deep for this browser" : error?.message ?? `${error}`;
  port.postMessage({ failed: error instanceof Refused ? "refused" : "died", why });
}

// The files of Python, fetched from the site itself, checked, and handed over one by one as they arrive.

/** What went wrong, in a sentence for the reader. `kind` is for the page. */
export class PythonError extends Error {
  /**
   * @param {"missing" | "corrupted" | "updated" | "refused" | "died" | "stopped"} kind
   * @param {string} message
   */
  constructor(kind, message) {
    super(message);
    this.name = "PythonError";
    this.kind = kind;
  }
}

const FOLDER = new URL("../runtime/", import.meta.url);
const NOUNS = { "numpy.zip.gzip": "NumPy", "book.zip.gzip": "the book’s library" };

/**
 * What there is to fetch.
 * @param {string} version what the page was built with
 * @param {AbortSignal} signal
 */
export async function manifest(version, signal) {
  const said = await (await answer("manifest.json", version, { signal, cache: "no-cache" })).json();
  if (said.version === version) return said;
  throw updated();
}

/** The site has a newer build than this page. The service worker says so with 409. */
export function updated() {
  return new PythonError(
    "updated",
    "The book has been updated since you opened this page. Reload it; your changes are kept.",
  );
}

/**
 * Fetch every file of a manifest.
 * @param {{version: string, files: Record<string, {bytes: number, sha256: string}>}} said
 * @param {AbortSignal} signal
 * @param {(what: string, done: number, total: number) => void} onProgress with bytes
 * @param {(name: string, bytes: ArrayBuffer) => void} onFile the name without `.gzip`, what is in it compressed
 */
export async function fetchFiles({ version, files }, signal, onProgress, onFile) {
  const total = Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  await Promise.all(
    Object.entries(files).map(async ([name, { sha256 }]) => {
      const what = NOUNS[name] ?? "Python";
      const priority = name in NOUNS ? "low" : "auto"; // Python can start without these
      const onBytes = (count) => onProgress(what, (done += count), total);
      const options = { signal, priority, cache: "force-cache" }; // the version is in the address
      let bytes = await received(await answer(name, version, options, sha256), onBytes);
      if (!(await matches(bytes, sha256))) {
        const again = await answer(name, version, { signal, cache: "reload" });
        bytes = await received(again, () => {});
        if (!(await matches(bytes, sha256))) throw damaged(name);
      }
      onFile(name.replace(/\.gzip$/, ""), bytes);
    }),
  );
}

/** The site's answer, if it has the file. Without crypto.subtle (plain http) the browser checks `sha256`. */
async function answer(name, version, options, sha256) {
  const integrity = sha256 && !crypto.subtle ? { integrity: `sha256-${base64(sha256)}` } : {};
  let response;
  try {
    response = await fetch(new URL(`${name}?${version}`, FOLDER), { ...options, ...integrity });
  } catch (error) {
    if (options.signal.aborted) throw error;
    throw new PythonError(
      "missing",
      `Python could not be loaded: ${name} did not arrive. Are you online? Then press Run again.`,
    );
  }
  if (response.ok) return response;
  if (response.status === 409) throw updated();
  throw new PythonError(
    "missing",
    `Python could not be loaded: this site has no ${name} (${response.status}). The page can still be read.`,
  );
}

/** All of an answer, counted while it arrives. */
async function received(response, onBytes) {
  const counter = new TransformStream({
    transform(chunk, controller) {
      onBytes(chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(counter)).arrayBuffer();
}

async function matches(bytes, sha256) {
  if (!crypto.subtle) return true; // answer() has asked for `integrity`
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return sha256 === Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function base64(hex) {
  return btoa(String.fromCharCode(...hex.match(/../g).map((byte) => parseInt(byte, 16))));
}

function damaged(name) {
  return new PythonError(
    "corrupted",
    `Python could not be loaded: ${name} is not what the book was built with. Reload the page and try again.`,
  );
}

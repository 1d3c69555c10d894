// Keeps what has been read, for reading without a network, and never mixes two builds of the book.
//
// Each build has a shelf of its own (a cache) with the list of its files, and a page gets only files
// that are in the list of its own build, whichever service worker is in charge. Pages come from the
// network first, so the reader gets the newest; their files come from the shelf first.
// docs/seal.py writes the number of the build and the list here:

/** @type {string} */
const BUILD = null;
/** @type {Object<string, string>} a file's path from the site's root, and its sha256 */
const FILES = null;

const HOME = registration.scope;
const SHELVES = `book ${HOME} `; // several books may be published at one origin
const LIST = ".files";
const PAGE = ".pages/"; // a note on an open page: which build it is of
const NOTICE = "offline.html";
const LARGE = /\.(gzip|wasm|zip)$/;

/** Which build each open page is of. The shelf has it too, since a service worker forgets when it rests. */
const builds = new Map();

addEventListener("install", (event) => {
  skipWaiting(); // open pages of an older build go on getting that build's files
  event.waitUntil(prepare(event));
});
addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([clients.claim(), clear()]));
});
addEventListener("message", (event) => event.waitUntil(meet(event)));
addEventListener("fetch", (event) => {
  const { request } = event;
  const path = pathOf(request.url);
  if (request.method !== "GET" || request.headers.has("range") || path === null) return;
  event.respondWith(request.mode === "navigate" ? page(event, path) : fileFor(event, path));
});

/** The path of an address from the site's root, a page's without index.html. Null: not of this site. */
function pathOf(address) {
  const { origin, pathname } = new URL(address);
  const url = origin + pathname;
  return url.startsWith(HOME) ? url.slice(HOME.length).replace(/(^|\/)index\.html$/, "$1") : null;
}

// ---- pages

async function page(event, path) {
  const client = event.resultingClientId;
  let answer;
  try {
    answer = await fetch(event.request, { cache: "no-cache" }); // a page from the browser's cache may be old
  } catch {
    return offline(event, path);
  }
  if (!answer.headers.get("content-type")?.startsWith("text/html")) return answer;
  const copy = answer.clone();
  const build = buildIn(answer.clone());
  builds.set(client, build); // the page's first files are asked for before all of it has come
  event.waitUntil(
    build.then(async (build) => {
      await note(client, build);
      if (build && answer.ok) await keep(build, path, copy);
      if (build !== BUILD) await registration.update();
      await clear(client);
    })
  );
  return answer;
}

/** The number of the build that a page says it is of, if it came whole. */
async function buildIn(answer) {
  const text = await answer.text().catch(() => "");
  return text.match(/<meta name="build" content="(\w+)">/)?.[1];
}

/** A page without a network: as it was last read, or one that says that it has not been. */
async function offline({ request, resultingClientId }, path) {
  await note(resultingClientId, BUILD);
  const kept = await found(BUILD, path);
  if (kept) return kept;
  if (FILES[`${path}/index.html`]) return Response.redirect(`${HOME}${path}/${new URL(request.url).search}`);
  const notice = await found(BUILD, NOTICE);
  return notice ? new Response(notice.body, { status: 503, headers: notice.headers }) : Response.error();
}

/** An open page says which build it is of and what it has loaded so far, perhaps without us. */
async function meet(event) {
  const { build, address, used } = event.data;
  await note(event.source.id, build);
  const list = await listOf(build);
  const paths = used.map(pathOf).filter((path) => list?.[path]);
  await Promise.allSettled(paths.map((path) => file(event, build, path)));
  if (await found(build, pathOf(address))) return;
  const answer = await fetch(address);
  if (answer.ok && (await buildIn(answer.clone())) === build) await keep(build, pathOf(address), answer);
}

// ---- the files of a page

async function fileFor(event, path) {
  const { request, clientId, resultingClientId } = event;
  const build = await buildOf(clientId);
  if (resultingClientId) await note(resultingClientId, build); // a worker is of its page's build
  if (build) return file(event, build, path);
  return fetch(request).catch(async () => (await found(BUILD, path)) ?? Response.error());
}

/** A file as it is in a build: from its shelf, else from the network if it is still the same there. */
async function file(event, build, path) {
  const list = await listOf(build);
  if (!list?.[path]) return fetch(HOME + path, { cache: "no-cache" }); // not of the book, or too new for us
  const kept = await found(build, path);
  if (kept) return kept;
  return LARGE.test(path) ? streamed(event, build, path, list[path]) : checked(build, path, list[path]);
}

/** Python is too large to be held back until all of it has come; the page checks it by itself. */
async function streamed(event, build, path, fingerprint) {
  const answer = await fetch(HOME + path, { cache: "no-cache" });
  const copy = answer.clone();
  const checked = sha256(answer.clone()).then((found) => found === fingerprint && keep(build, path, copy));
  event.waitUntil(checked.catch(() => {})); // the reader left before all had come
  return answer;
}

/** Right by its fingerprint, if need be past the browser's own cache. */
async function checked(build, path, fingerprint) {
  let answer;
  for (const cache of ["default", "reload"]) {
    answer = await fetch(HOME + path, { cache });
    if (!answer.ok) return answer;
    if ((await sha256(answer.clone())) === fingerprint) {
      await keep(build, path, answer.clone());
      return answer;
    }
  }
  // Some hosts rewrite files on the way. If the site still is this build, the page gets what there is.
  if ((await published()) === build) return answer;
  return new Response("The book has been updated since this page was opened.", { status: 409 });
}

async function published() {
  const script = await fetch(`${HOME}service-worker.js`, { cache: "no-store" });
  return (await script.text()).match(/^const BUILD = "(\w+)"/m)?.[1];
}

async function sha256(answer) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await answer.arrayBuffer()));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// ---- the shelves

/** What is on a build's shelf. Where the browser grants no storage, nothing is. */
async function found(build, path) {
  try {
    return await (await caches.open(SHELVES + build)).match(HOME + path);
  } catch {
    return undefined;
  }
}

/** Put an answer on a build's shelf. A full disk must not keep anyone from reading. */
async function keep(build, path, answer) {
  try {
    await (await caches.open(SHELVES + build)).put(HOME + path, answer);
  } catch {}
}

/** The list of a build's files; undefined for a build whose service worker has not come yet. */
async function listOf(build) {
  return build === BUILD ? FILES : (await found(build, LIST))?.json();
}

async function note(client, build) {
  builds.set(client, build);
  if (build) await keep(build, PAGE + client, new Response(build));
}

/** The build an open page is of; undefined for one that nobody has told us of. */
async function buildOf(client) {
  if (!builds.has(client)) {
    const notes = await Promise.all((await shelves()).map((build) => found(build, PAGE + client)));
    builds.set(client, await notes.find(Boolean)?.text());
  }
  return builds.get(client);
}

async function shelves() {
  const names = await caches.keys().catch(() => []);
  return names.filter((name) => name.startsWith(SHELVES)).map((name) => name.slice(SHELVES.length));
}

/** A new shelf begins with the list, and with what has not changed since an older build: Python, say. */
async function prepare(event) {
  await keep(BUILD, LIST, Response.json(FILES));
  for (const build of await shelves()) {
    const list = build === BUILD ? {} : ((await listOf(build)) ?? {});
    for (const path of Object.keys(list).filter((path) => list[path] === FILES[path])) {
      const answer = await found(build, path);
      if (answer) await keep(BUILD, path, answer);
    }
  }
  await file(event, BUILD, NOTICE).catch(() => {}); // without it the browser has a notice of its own
}

/** Remove the shelves of builds that no page is of, open or on its way, and the notes on pages that are closed. */
async function clear(coming) {
  const there = await clients.matchAll({ includeUncontrolled: true, type: "all" });
  const open = new Set([...there.map((client) => client.id), coming]);
  const read = new Set([BUILD, ...(await Promise.all([...open].map(buildOf)))]);
  for (const build of await shelves()) {
    if (!read.has(build)) await caches.delete(SHELVES + build);
  }
  const shelf = await caches.open(SHELVES + BUILD);
  for (const { url } of await shelf.keys()) {
    const [, client] = url.split(HOME + PAGE);
    if (client && !open.has(client)) await shelf.delete(url);
  }
}

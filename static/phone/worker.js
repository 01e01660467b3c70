// Opens the phone page where there is no network. What it keeps is the page and its files, which are the same for
// everybody; what is known of a player stays with the page (parts/away.js).
//
// Where there is a network, the network answers: each page is asked for, and only files, whose names carry the hash of
// their content, come from here first. All else it leaves alone: calls, live rooms, screens, the console. A page is
// kept once the page itself asks for it, so none of a rehearsal ever is.
//
// ../worker.go writes `kept` in front of this: the release, and the files that a page needs to open. A release without
// a worker has the name "": then, or as soon as a page comes without the header by which the server says that it has
// one, everything that was kept goes, and the worker with it.

const worker = /** @type {any} */ (self);
const { release, files } = worker.kept;
const prefix = "anquanda ";
const here = prefix + release;
const pages = /^\/(c\/[A-Za-z0-9][\w-]{0,63})?$/;
const assets = /^\/assets\/phone-[\w-]+\.(js|css)$/;

worker.addEventListener("install", (/** @type {any} */ event) => {
  const filled = release ? caches.open(here).then((cache) => cache.addAll(files)) : Promise.resolve();
  event.waitUntil(filled.then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(release ? takeOver() : leave()));

worker.addEventListener("message", (/** @type {any} */ event) => event.waitUntil(keep(event.data.keep)));

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (!release || request.method !== "GET" || origin !== worker.location.origin) return;
  if (request.mode === "navigate" && pages.test(pathname)) event.respondWith(visit(event, pathname));
  else if (assets.test(pathname)) event.respondWith(file(request));
});

/** The pages that an older release kept are asked for anew, and all else of it goes. */
async function takeOver() {
  for (const name of await olds()) {
    const cache = await caches.open(name);
    for (const { url } of await cache.keys()) await keep(new URL(url).pathname).catch(() => {});
    await caches.delete(name);
  }
  await worker.clients.claim();
}

async function leave() {
  await worker.registration.unregister();
  for (const name of (await olds()).concat(here)) await caches.delete(name);
}

/** @returns {Promise<string[]>} */
const olds = () => caches.keys().then((names) => names.filter((name) => name.indexOf(prefix) === 0 && name !== here));

/** @param {Response} answer */
const whole = (answer) => answer.status === 200 && /^text\/html/.test(answer.headers.get("Content-Type") || "");

/** Whether the server has a worker. @param {Response} answer */
const ours = (answer) => answer.headers.has("Anquanda-Worker");

/** @param {string} path */
async function keep(path) {
  if (!release || !pages.test(path)) return;
  const cache = await caches.open(here);
  if (await cache.match(path)) return;
  const answer = await fetch(path);
  if (whole(answer) && ours(answer)) await cache.put(path, answer);
}

/** @param {any} event @param {string} path @returns {Promise<Response>} */
async function visit(event, path) {
  let answer;
  try {
    answer = await fetch(event.request);
  } catch (bad) {
    const kept = await caches.match(path);
    if (kept) return kept;
    throw bad;
  }
  // A proxy whose server is away says so in English.
  if (answer.status >= 502 && answer.status <= 504) return (await caches.match(path)) || answer;
  if (whole(answer)) event.waitUntil(ours(answer) ? renew(path, answer.clone()) : leave());
  return answer;
}

/** @param {string} path @param {Response} answer */
async function renew(path, answer) {
  if (!(await caches.has(here))) return; // the page has dropped it
  const cache = await caches.open(here);
  if (await cache.match(path)) await cache.put(path, answer);
}

/** @param {Request} request @returns {Promise<Response>} */
async function file(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.status === 200 && (await caches.has(here))) {
    const cache = await caches.open(here);
    await cache.put(request, answer.clone());
  }
  return answer;
}

// How a contest stood the last time, for when there is no network.
//
// The home of a player is kept under the name of its contest, so that it goes with everything else of a player who
// leaves or signs out. A device that many people use keeps none, nor does a rehearsal. The page and its files are kept
// by ../worker.js, which begins only here: who has not begun to play has nothing to keep, and the first visit costs
// nothing.

/** @typedef {import("../../lib/types").Home} Home @typedef {Omit<import("../app").Parts, "tell">} Parts */

const longest = 14 * 24 * 3600 * 1000; // milliseconds for which what is kept tells anything
const last = "aqd-kept"; // the contest that / shows; there while anything is kept
const ending = ".kept.home";

/** @param {string} slug */
const key = (slug) => "aqd." + slug + ending;

/**
 * Keeps a home that the server has just told, or drops all that is kept where none may be.
 * @param {Parts} parts @param {Home} home @param {boolean} sharing whether many people use this device
 */
export async function keep({ store, clock }, home, sharing) {
  const { contest, me } = home;
  const box = navigator.serviceWorker;
  if (!box || typeof caches === "undefined") return;
  const address = document.querySelector('meta[name="worker"]');
  if (!address || !me || sharing || contest.rehearsal) return drop(store);
  const ahead = clock.now() - clock.local();
  // By what a person is proven is not shown without a network.
  store.write(key(contest.slug), { home: { ...home, proof: null }, at: clock.now(), ahead });
  store.write(last, contest.slug);
  await box.register(/** @type {HTMLMetaElement} */ (address).content);
  const { active } = await box.ready;
  if (active) active.postMessage({ keep: location.pathname });
}

/** @param {Parts["store"]} store */
async function drop(store) {
  store.forget("aqd.", ending);
  store.write(last, null);
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
  for (const name of await caches.keys()) if (name.indexOf("anquanda ") === 0) await caches.delete(name);
}

/**
 * What is kept of a contest; null for nothing that could still be so.
 * @param {Parts} parts @param {string} slug @param {import("../../lib/types").Problem} problem why it cannot be asked
 * @returns {{home: Home, at: number} | null}
 */
export function kept({ store, clock }, slug, problem) {
  if (problem.code !== "offline" && problem.status < 502) return null;
  const at = key(slug === "current" ? store.read(last) : slug);
  const found = store.read(at);
  if (!found) return null;
  clock.hear(clock.local() + found.ahead, clock.local());
  const now = clock.now();
  if (now < found.home.contest.closes_at && now - found.at <= longest) return { home: found.home, at: found.at };
  store.write(at, null);
  return null;
}

// By which link the page was opened: a friend's (?r=) or a channel's (?c=). The first one stands; it is told when the
// page
// opens, which only counts the visit, and again once the player has a name, which keeps how the player came.

/** @typedef {{referral: string, channel: string, told?: boolean}} Came */

/** @param {string} search @returns {Came | null} */
export function linkOf(search) {
  const link = new URLSearchParams(search);
  const came = { referral: link.get("r") || "", channel: link.get("c") || "" };
  return came.referral || came.channel ? came : null;
}

/**
 * Tells what is not told yet. What fails is told at the next visit.
 * @param {Pick<import("../app").Parts, "api" | "store">} parts @param {string} contest
 * @param {boolean} known whether the player has a name here
 * @param {Came | null} [now] of the link that is open; null where it was told before
 */
export async function tellArrival({ api, store }, contest, known, now = linkOf(location.search)) {
  const key = "aqd." + contest + ".came";
  /** @type {Came | null} */
  const first = store.read(key) || now;
  if (!first) return;
  /** @param {Came} came @returns {Promise<{arrived: boolean}>} */
  const tell = ({ referral, channel }) => api("POST", `/contests/${contest}/visits`, { referral, channel });
  store.write(key, first);
  try {
    if (!first.told && (known || now)) store.write(key, { ...first, told: (await tell(first)).arrived });
    if (now && (now.referral !== first.referral || now.channel !== first.channel)) await tell(now);
  } catch (_) {
    /* the page works without it */
  }
}

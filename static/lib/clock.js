// The server's clock, seen from a phone whose own clock may be wrong.

const kept = 8; // calls that are compared; older ones know nothing of how the phone's clock drifts

/**
 * Every answer of the server carries its time. The middle of the call is the best guess of when that was, and the call
 * may be wrong by half its length, so the shortest of the last few wins. A sample outside what both calls allow means
 * that somebody set the phone's clock: then the new one holds.
 * @param {() => number} [local] milliseconds of the phone
 */
export function newClock(local = () => Date.now()) {
  let offset = 0;
  /** @type {{seen: number, slack: number}[]} */
  let samples = [];
  /** @param {number} seen @param {number} slack */
  function add(seen, slack) {
    const best = shortest();
    if (best && Math.abs(seen - best.seen) > slack + best.slack + 50) samples = [];
    samples = samples.concat({ seen, slack }).slice(-kept);
    offset = /** @type {{seen: number}} */ (shortest()).seen;
  }
  const shortest = () =>
    samples.reduce((best, s) => (!best || s.slack <= best.slack ? s : best), /** @type {any} */ (null));
  return {
    /** @param {number} server @param {number} sent @param {number} got local times of the call */
    note(server, sent, got) {
      if (server > 0 && got >= sent) add(server - (sent + got) / 2, (got - sent) / 2);
    },
    /**
     * A frame came by itself: how long it took is unknown, but the server's clock is no earlier than it says.
     * @param {number} server @param {number} got
     */
    hear(server, got) {
      if (server > 0 && (!samples.length || server - got > offset))
        add(server - got, samples.length ? shortest().slack : Infinity);
    },
    now: () => local() + offset,
    local,
  };
}

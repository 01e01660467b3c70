// The server's clock, seen from a phone whose own clock may be wrong.

/**
 * Every answer of the server carries its time. The middle of the call is the best guess of when that was, and the call
 * may be wrong by half its length, so the shortest call wins. A sample outside what both calls allow means that
 * somebody set the phone's clock: then the new one holds.
 * @param {() => number} [local] milliseconds of the phone
 */
export function newClock(local = () => Date.now()) {
  let offset = 0;
  let error = Infinity;
  return {
    /** @param {number} server @param {number} sent @param {number} got local times of the call */
    note(server, sent, got) {
      if (!(server > 0) || got < sent) return;
      const seen = server - (sent + got) / 2;
      const slack = (got - sent) / 2;
      if (slack <= error || Math.abs(seen - offset) > slack + error + 50) {
        offset = seen;
        error = slack;
      }
    },
    now: () => local() + offset,
    local,
  };
}

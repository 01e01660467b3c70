// How a page hears of its room. A stream where it works; but proxies hold streams back and phones cut them in silence,
// so a watchdog doubts every stream, and asking again and again carries a whole game alone. Phones of one hall must not
// come back all at once, so every return is spread.

/** @typedef {import("./types").Told} Told @typedef {import("./types").Link} Link */

const mute = 5000; // the server sends two frames at once: a proxy that holds them back holds everything back
const silent = 35000; // two beats and a little
const strikesMost = 3; // mute streams until this phone only asks
const proven = 16000; // a stream that brought something after its first beat is a good one
const patience = 8000; // for one question

/**
 * What the browser gives, so that a test can give it.
 * @typedef {object} Ways
 * @property {((address: string) => EventSource) | null} open null: there are no streams
 * @property {() => number} now local milliseconds
 * @property {() => number} serverNow
 * @property {() => number} random
 * @property {(act: () => void, ms: number) => any} after
 * @property {(timer: any) => void} cancel
 */

/** The browser's own. @param {{now(): number, local(): number}} clock @returns {Ways} */
export const browserWays = (clock) => ({
  open: typeof EventSource === "undefined" ? null : (address) => new EventSource(address),
  now: clock.local,
  serverNow: clock.now,
  random: Math.random,
  after: (act, ms) => setTimeout(act, ms),
  cancel: (timer) => clearTimeout(timer),
});

/**
 * @param {object} how
 * @param {Ways} how.ways
 * @param {() => string} how.stream the stream's address
 * @param {(patience: number) => Promise<Told | null>} how.ask null: nothing is new
 * @param {() => import("./types").Room | null} how.room as it is known
 * @param {(type: string, data: any, seq: number) => void} how.heard a frame: room, me, beat; or a snapshot
 * @param {(link: Link) => void} how.linked
 */
export function newFeed({ ways, stream, ask, room, heard, linked }) {
  /** @type {EventSource | null} */
  let source = null;
  let [frames, openedAt, heardAt, strikes, failures] = [0, 0, 0, 0, 0];
  let [misses, pollMs, toldToWait] = [0, 2000, 0];
  let [polling, askAgain, stopped] = [false, false, true];
  /** @type {Promise<void> | null} */
  let looking = null;
  /** @type {any[]} timers: of the watchdog, the next stream, the next question, the return */
  const timers = [null, null, null, null];
  /** @param {number} which @param {() => void} act @param {number} ms */
  function later(which, act, ms) {
    ways.cancel(timers[which]);
    timers[which] = ways.after(() => {
      if (!stopped) act();
    }, ms);
  }
  const [WATCH, STREAM, ASK, RETURN] = [0, 1, 2, 3];
  /** @param {number} ms */
  const spread = (ms) => ms * (0.5 + ways.random());

  function connect() {
    close();
    if (!ways.open || strikes >= strikesMost) return poll();
    source = ways.open(stream());
    [frames, openedAt, heardAt] = [0, ways.now(), ways.now()];
    for (const type of ["room", "me", "beat"]) source.addEventListener(type, frame(source, type));
    source.onerror = broken;
    watch();
  }
  function close() {
    ways.cancel(timers[WATCH]);
    ways.cancel(timers[STREAM]);
    if (source) source.close();
    source = null;
  }

  /** @param {EventSource} from @param {string} type @returns {(event: any) => void} */
  const frame = (from, type) => (event) => {
    if (from !== source) return;
    frames++;
    heardAt = ways.now();
    if (heardAt - openedAt > proven) strikes = failures = 0;
    if (frames >= 2) {
      stopPolling();
      linked("live");
    }
    heard(type, JSON.parse(event.data), Number(event.lastEventId) || 0);
  };

  function watch() {
    const end = frames < 2 ? openedAt + mute : heardAt + silent;
    const rest = end - ways.now();
    if (rest > 0) return later(WATCH, watch, rest);
    if (rest > -5000) strikes++; // a phone that slept proves nothing
    close();
    poll();
    if (strikes < strikesMost) later(STREAM, connect, spread(10000));
  }
  /** The browser would come back by itself, but every phone of the hall in the same second. */
  function broken() {
    close();
    if (!polling) {
      polling = true;
      later(ASK, round, ways.random() * 1500);
    }
    later(STREAM, connect, spread(Math.min(15000, 1000 * 2 ** failures)));
    failures++;
  }

  function poll() {
    if (polling) return;
    polling = true;
    round();
  }
  function stopPolling() {
    polling = false;
    misses = 0;
    ways.cancel(timers[ASK]);
  }
  async function round() {
    ways.cancel(timers[ASK]);
    await look();
    if (polling && !stopped) later(ASK, round, rest());
  }
  /**
   * Asks, whatever the stream does. What is under way may have been answered before the wish came: so once more then.
   * @returns {Promise<void>} when the answer is known, or none came
   */
  function look() {
    askAgain = !!looking;
    if (!looking)
      looking = once().then(() => {
        looking = null;
      });
    return looking;
  }
  async function once() {
    do {
      askAgain = false;
      try {
        const snapshot = await ask(patience);
        misses = toldToWait = 0;
        if (polling) linked("polling");
        if (snapshot) {
          pollMs = snapshot.poll_ms || pollMs;
          heard("snapshot", snapshot, 0);
        }
      } catch (problem) {
        misses++;
        if (polling && (problem.code === "offline" || misses > 2)) linked("lost");
        toldToWait = problem.retryMs || 0;
      }
    } while (askAgain && !misses && !stopped);
  }
  /** Until the next question: as the server said, but just after the question opens and closes. */
  function rest() {
    if (misses) return Math.max(toldToWait, spread(Math.min(15000, 1000 * 2 ** (misses - 1))));
    const now = room();
    const at = ways.serverNow();
    const turns = now && now.phase === "open" ? [now.opens_at, now.closes_at] : [];
    const next = turns.filter((turn) => turn > at).map((turn) => turn - at + 50 + 200 * ways.random());
    return Math.min(pollMs * (0.9 + 0.2 * ways.random()), ...next);
  }

  return {
    start() {
      stopped = false;
      linked("connecting");
      connect();
    },
    stop() {
      stopped = true;
      polling = false;
      close();
      timers.forEach(ways.cancel);
    },
    look,
    /** The phone has no network, and says so before anything fails. */
    gone() {
      if (!stopped) linked("lost");
    },
    /**
     * The phone was away, or its network was: what it holds may be cut without its knowing. Quick changes of sight send
     * several events, and become one return.
     * @param {boolean} network another network, where streams may work
     */
    back(network) {
      if (stopped) return;
      if (network) strikes = 0;
      later(
        RETURN,
        () => {
          look();
          connect();
        },
        250 + 500 * ways.random(),
      );
    },
  };
}

// Following a room for the big screen: by its stream, and by asking where streams are held back.
import { useEffect, useMemo, useState } from "../../vendor/hooks.js";
import { request } from "../../lib/api.js";
import { newClock } from "../../lib/clock.js";
import { browserWays, newFeed } from "../../lib/live/feed.js";

/** @typedef {import("../../lib/live/types").Room} Room @typedef {import("../../lib/types").Problem} Problem */
/** @typedef {import("../../lib/live/types").Link} Link */

/**
 * @param {string} id
 * @returns {{room: Room | null, link: Link, problem: Problem | null, clock: ReturnType<typeof newClock>}} problem: why
 *   there is no room yet
 */
export function useRoom(id) {
  const clock = useMemo(() => newClock(), []);
  const [room, setRoom] = useState(/** @type {Room | null} */ (null));
  const [link, setLink] = useState(/** @type {Link} */ ("connecting"));
  const [problem, setProblem] = useState(/** @type {Problem | null} */ (null));
  useEffect(() => {
    const path = "/api/v1/live/rooms/" + id;
    /** @type {Room | null} */
    let newest = null;
    /** @param {Room} got */
    function take(got) {
      // Another node may be a step behind, and an answer older than the frame that came before it.
      if (newest && (got.seq < newest.seq || (got.seq === newest.seq && got.server_time < newest.server_time))) return;
      newest = got;
      setRoom(got);
      setProblem(null);
    }
    const feed = newFeed({
      ways: browserWays(clock),
      stream: () => path + "/stream?screen=1",
      async ask(patience) {
        const sent = clock.local();
        try {
          const got = await request(path + "/state?screen=1", {}, patience);
          clock.note(got.room.server_time, sent, clock.local());
          return { ...got, poll_ms: Math.min(1000, got.poll_ms) };
        } catch (bad) {
          if (!newest) setProblem(bad);
          throw bad;
        }
      },
      room: () => newest,
      heard(type, data) {
        if (type === "snapshot") return take(data.room);
        clock.hear(data.server_time, clock.local());
        if (type === "room") take(data);
      },
      linked: setLink,
    });
    feed.start();
    feed.look(); // a stream tells the time, but not how long it was under way
    const back = () => feed.back(true);
    window.addEventListener("online", back);
    return () => {
      window.removeEventListener("online", back);
      feed.stop();
    };
  }, [id]);
  return { room, link, problem, clock };
}

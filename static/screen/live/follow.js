// Following a room for the big screen: asking again and again, as soon as the server says.
import { useEffect, useMemo, useState } from "../../vendor/hooks.js";
import { request } from "../../lib/api.js";
import { newClock } from "../../lib/clock.js";
import { rest } from "../../lib/poll.js";

/** @typedef {import("../../lib/live/types").Room} Room @typedef {import("../../lib/types").Problem} Problem */

const patience = 5000; // milliseconds

/**
 * @param {string} id
 * @returns {{room: Room | null, problem: Problem | null, clock: ReturnType<typeof newClock>}} problem: of the last look
 */
export function useRoom(id) {
  const clock = useMemo(() => newClock(), []);
  const [room, setRoom] = useState(/** @type {Room | null} */ (null));
  const [problem, setProblem] = useState(/** @type {Problem | null} */ (null));
  useEffect(() => {
    let stopped = false;
    let timer = 0;
    let failures = 0;
    let newest = -1;
    async function look() {
      let next = 1000;
      try {
        const sent = clock.local();
        const got = await request(`/api/v1/live/rooms/${id}/state?screen=1`, {}, patience);
        if (stopped) return;
        clock.note(got.room.server_time, sent, clock.local());
        if (got.room.seq >= newest) setRoom(got.room); // another node may be a step behind
        newest = Math.max(newest, got.room.seq);
        failures = 0;
        next = Math.min(1000, got.poll_ms || 1000);
        setProblem(null);
      } catch (bad) {
        if (stopped) return;
        setProblem(bad);
        next = Math.min(8000, rest(500, ++failures));
      }
      timer = setTimeout(look, next);
    }
    look();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [id]);
  return { room, problem, clock };
}

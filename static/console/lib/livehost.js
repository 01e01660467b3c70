// A host's hold on a room: the view of it, asked for each second, and the steps, each sent once.
import { useEffect, useMemo, useRef, useState } from "../../vendor/hooks.js";
import { newClock } from "../../lib/clock.js";
import { useEvents } from "../../lib/events.js";
import { say } from "../../lib/problems.js";

/** @typedef {import("../live").HostView} View @typedef {import("../live").StepName} Step */
/** @typedef {{round?: number, seconds?: number, right?: string[], text?: string}} More */

const every = 1000; // milliseconds between two views
const freshFor = 4000; // how long a view may be old and still be acted on
const hung = 15000; // a call that has not come back by then is no longer waited for
const beat = 250;

/** Said when a step got no answer: it may have been taken or not, and is not sent again. */
const unknown = "没有收到回应，不知道做成没有。连上以后以这里显示的为准，不会重复发送。";
const moved = "另一位主持人刚才先操作了。这是最新的情况，请看清再按。";

/**
 * @typedef {object} Host
 * @property {View | null} view
 * @property {number} now of the server
 * @property {boolean} fresh whether the view may be acted on
 * @property {number} lostFor milliseconds since the last view came, when it is not fresh; 0 else
 * @property {import("../types").Problem | null} problem of the last look
 * @property {Step | ""} busy the step that is under way
 * @property {string} said what became of the last step, where that must be said
 * @property {(step: Step, more?: More) => Promise<boolean>} step takes one; true: done
 * @property {() => void} look asks for a view now
 */

/** @param {import("../types").Desk} desk @param {string} id of the room @returns {Host} */
export function useHost(desk, id) {
  const clock = useMemo(() => newClock(), []);
  const [view, setView] = useState(/** @type {View | null} */ (null));
  const [problem, setProblem] = useState(/** @type {import("../types").Problem | null} */ (null));
  const [busy, setBusy] = useState(/** @type {Step | ""} */ (""));
  const [said, setSaid] = useState("");
  const [local, setLocal] = useState(() => clock.local());
  const held = useRef({ seq: -1, at: 0, asked: 0, step: false, stopped: false });

  /** A view that is older than the one at hand may come late, and is dropped. @param {View} got @param {number} sent */
  function take(got, sent) {
    const h = held.current;
    clock.note(got.room.server_time, sent, clock.local());
    if (got.room.seq < h.seq) return;
    h.seq = got.room.seq;
    h.at = clock.local();
    setView(got);
    setProblem(null);
  }

  async function look() {
    const h = held.current;
    const sent = clock.local();
    if (h.asked && sent - h.asked < hung) return;
    h.asked = sent;
    try {
      const got = await desk.call("GET", "/live/" + id, undefined, true);
      if (!h.stopped) take(got, sent);
    } catch (bad) {
      if (!h.stopped) setProblem(bad);
    }
    if (h.asked === sent) h.asked = 0;
  }

  useEffect(() => {
    const h = held.current;
    h.stopped = false;
    look();
    const looking = setInterval(look, every);
    const ticking = setInterval(() => setLocal(clock.local()), beat);
    return () => {
      h.stopped = true;
      clearInterval(looking);
      clearInterval(ticking);
    };
  }, [id]);
  useEvents(window, ["online", "focus"], (event) => event && look());

  /** @param {Step} name @param {More} [more] */
  async function step(name, more) {
    const h = held.current;
    if (h.step || !view) return false;
    h.step = true;
    setBusy(name);
    setSaid("");
    const sent = clock.local();
    try {
      const body = { seq: view.room.seq, step: name, round: 0, seconds: 0, right: [], text: "", ...more };
      take(await desk.call("POST", `/live/${id}/steps`, body), sent);
      return true;
    } catch (bad) {
      h.at = 0; // what is shown may no longer hold
      setSaid(bad.code === "room_moved" ? moved : bad.code === "offline" ? unknown : say(bad));
      look();
      return false;
    } finally {
      h.step = false;
      setBusy("");
    }
  }

  const { at } = held.current;
  const fresh = !!view && !problem && at > 0 && local - at < freshFor;
  const lostFor = view && !fresh && at > 0 ? Math.max(0, local - at) : 0;
  const now = local + (clock.now() - clock.local());
  return { view, now, fresh, lostFor, problem, busy, said, step, look };
}

// A room that somebody is in: which screen stands there, and what the phone does beside.
import { html } from "../html.js";
import { useEffect, useLayoutEffect, useRef, useState } from "../vendor/hooks.js";
import { useEvents } from "../lib/events.js";
import { isOut, lookOf, nothing, turnsAt } from "./room.js";
import { newSession } from "./session.js";
import { Notices, notices, Strip, TopBar } from "./parts/frame.js";
import { Out } from "./parts/out.js";
import { keepAwake, shake } from "./phone.js";
import { Closed, Countdown, Ready } from "./screens/before.js";
import { Final, Podium, Removed } from "./screens/end.js";
import { Lobby } from "./screens/lobby.js";
import { Paused, QuestionScreen } from "./screens/question.js";
import { Revealed } from "./screens/reveal.js";
import { Standings } from "./screens/standings.js";

/**
 * What every screen of a room is given.
 * @typedef {object} Shown
 * @property {import("./room.js").State} state
 * @property {import("../lib/live/types").Room} room
 * @property {import("./types").Me | null} me
 * @property {() => number} now the server's clock
 * @property {(choice: import("../lib/types").Choice) => void} answer
 */

/** @type {Record<string, any>} */
const screens = {
  lobby: Lobby,
  ready: Ready,
  countdown: Countdown,
  open: QuestionScreen,
  paused: Paused,
  closed: Closed,
  revealed: Revealed,
  standings: Standings,
  podium: Podium,
  over: Final,
  removed: Removed,
};

/**
 * @param {{parts: import("./app.js").Parts, room: string, first: import("./types").Snapshot, elder: boolean,
 *   setElder: (on: boolean) => void}} props
 */
export function Play({ parts, room: id, first, elder, setElder }) {
  const { session, state, link } = useSession(parts, id, first);
  const { room, me } = state;
  const { now } = parts.clock;
  const look = useLook(state, now);
  useHeading(look + (room ? room.round : "") + !!state.question);
  useEffect(() => {
    if (look === "open" || look === "revealed") shake();
  }, [look]);
  useEffect(() => {
    if (room) document.title = room.title;
  }, [room && room.title]);
  useEvents(document, ["visibilitychange"], () => keepAwake(look !== "over" && look !== "removed"));
  useEffect(() => keepAwake(look !== "over" && look !== "removed"), [look]);

  if (!room) return null; // the snapshot of the way in is taken before the first paint
  const Screen = screens[look];
  const playing = look !== "over" && look !== "removed";
  return html`<div class="page">
    <${TopBar} title=${room.title} home=${"/c/" + room.contest} elder=${elder} setElder=${setElder} />
    ${look !== "removed" && html`<${Strip} room=${room} me=${me} link=${playing ? link : "live"}
      brief=${look === "open"} />
    <${Notices} list=${notices(room, me)} />`}
    ${isOut(room, me) && playing && html`<${Out} room=${room} me=${me} brief=${look === "open"}
      revive=${session.revive} />`}
    <${Screen} key=${look + room.round} state=${state} room=${room} me=${me} now=${now} answer=${session.answer} />
  </div>`;
}

/**
 * @param {import("./app.js").Parts} parts @param {string} id @param {import("./types").Snapshot} first
 */
function useSession(parts, id, first) {
  const [shown, show] = useState({
    state: nothing,
    link: /** @type {import("../lib/live/types").Link} */ ("connecting"),
  });
  const made = useRef(/** @type {ReturnType<typeof newSession> | null} */ (null));
  const session =
    made.current ||
    (made.current = newSession({ ...parts, room: id, changed: (state, link) => show({ state, link }) }));
  useLayoutEffect(() => {
    session.begin(first);
    return session.end;
  }, []);
  useEvents(window, ["offline", "online", "pageshow"], (event) => {
    if (event && event.type === "offline") session.gone();
    else if (event && (event.type === "online" || /** @type {PageTransitionEvent} */ (event).persisted))
      session.back(event.type === "online");
  });
  useEvents(document, ["visibilitychange"], (event) => {
    if (event && document.visibilityState === "visible") session.back(false);
  });
  return { session, ...shown };
}

/**
 * What stands on the screen; looked at again when the question opens and closes, which nobody has to say.
 * @param {import("./room.js").State} state @param {() => number} now
 */
function useLook(state, now) {
  const [, turn] = useState(0);
  const at = turnsAt(state, now());
  useEffect(() => {
    if (!at) return;
    const timer = setTimeout(() => turn(at), Math.max(0, at - now()) + 5);
    return () => clearTimeout(timer);
  });
  return lookOf(state, now());
}

/**
 * Who listens to the page is led to what is new: the heading of each screen, the question itself when it opens.
 * @param {string} what stands there
 */
function useHeading(what) {
  useEffect(() => {
    const heading = /** @type {HTMLElement | null} */ (document.querySelector("main [data-first]"));
    if (heading) heading.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [what]);
}

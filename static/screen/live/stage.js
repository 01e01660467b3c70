// The big screen of a live quiz: what the hall sees, from the lobby to the podium. It only follows the room; whoever
// leads it takes the steps.
import "./live.css";
import "./question.css";
import "./standings.css";
import "../../lib/live/option.css";
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { Mark } from "../../art/mark.js";
import { number } from "../../lib/format.js";
import { spoken } from "../../lib/live/room.js";
import { say } from "../../lib/problems.js";
import { useOrigin } from "../origin.js";
import { useRoom } from "./follow.js";
import { Lobby } from "./lobby.js";
import { Asked, Ready } from "./question.js";
import { Podium, Standings } from "./standings.js";

/** @typedef {import("../../lib/live/types").Room} Room */

const beat = 250; // milliseconds between two looks at the clock

/** @param {{api: (method: string, path: string) => Promise<any>, id: string}} props */
export function LiveStage({ api, id }) {
  const { room, link, problem, clock } = useRoom(id);
  const [organizer, setOrganizer] = useState("");
  const origin = useOrigin(api);
  const now = useNow(clock);
  const contest = room ? room.contest : "";
  useEffect(() => {
    if (!contest) return;
    api("GET", "/contests/" + contest).then(
      (got) => setOrganizer(got.contest.organizer || got.contest.title),
      () => {},
    );
  }, [contest]);
  useEffect(() => {
    if (room) document.title = room.title + "·大屏";
  }, [room && room.title]);

  if (!room) {
    const said = problem && (problem.status === 404 ? "没有这个直播间，请核对网址" : say(problem));
    return html`<main class="empty-screen"><${Mark} /><p>${said || "正在打开"}</p></main>`;
  }
  return html`<main class=${"hall live-hall live-" + room.phase}>
    ${room.rehearsal && html`<p class="rehearsal">演练</p>`}
    <header class="band live-band">
      <${Mark} />
      <div><h1>${room.title}</h1></div>
      <${Chips} room=${room} />
    </header>
    <${View} room=${room} now=${now} clock=${clock} origin=${origin} />
    <footer class="live-strip">
      <p class="live-organizer">${organizer}</p>
      <p class=${link === "lost" || room.message ? "live-notice" : "live-said"} role="status">
        ${notice(room, link === "lost")}
      </p>
    </footer>
  </main>`;
}

/** The time of the server, again and again. @param {{now(): number}} clock */
function useNow(clock) {
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(clock.now()), beat);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** @param {{room: Room, now: number, clock: {now(): number}, origin: string}} props */
function View({ room, now, clock, origin }) {
  switch (room.phase) {
    case "lobby":
      return html`<${Lobby} room=${room} now=${now} origin=${origin} />`;
    case "ready":
      return html`<${Ready} room=${room} now=${now} />`;
    case "open":
      if (now < room.opens_at || !room.question) return html`<${Ready} room=${room} now=${now} />`;
      return html`<${Asked} room=${room} now=${now} clock=${clock} />`;
    case "standings":
      return html`<${Standings} room=${room} />`;
    case "podium":
    case "over":
      return html`<${Podium} room=${room} />`;
    default:
      return html`<${Asked} room=${room} now=${now} clock=${clock} />`;
  }
}

/** Where the room stands, in a few words, and how to join it still. @param {{room: Room}} props */
const Chips = ({ room }) => html`<p class="live-chips">
  ${room.kind === "revival" && during(room) && html`<b class="chip loud">复活题</b>`}
  ${room.kind === "warmup" && during(room) && html`<b class="chip loud">热身题，不计分</b>`}
  ${room.mode === "elimination" && room.round > 0 && html`<b class="chip">还剩 ${number(room.alive)} 人</b>`}
  ${room.number > 0 && during(room) && html`<b class="chip">第 ${room.number} 题 / 共 ${room.questions} 题</b>`}
  ${joinable(room) && html`<b class="chip quiet">
    加入码 ${spoken(room.code)}
  </b>`}
</p>`;

/** Whether who comes late may join by the code, which does not open a rehearsal. @param {Room} room */
const joinable = (room) =>
  room.phase !== "lobby" && room.phase !== "over" && room.code && !room.pass && !room.locked;

/** @param {Room} room */
const during = (room) => ["ready", "open", "paused", "closed", "revealed"].indexOf(room.phase) >= 0;

/** @param {Room} room @param {boolean} cut */
function notice(room, cut) {
  if (cut) return "网络中断，正在重连；手机答题不受影响";
  if (!room.host_here && room.phase !== "podium" && room.phase !== "over") return "主持人暂时离开，请稍等";
  if (room.message) return room.message;
  if (room.voided.length) return `第 ${room.voided.join("、")} 题作废，不计分`;
  return "";
}

// The rooms of live quizzes that are on, above the map. They are asked for after the first paint, and only where the
// contest has live quizzes.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { Icon } from "../../art/icons.js";
import { dateTime, number } from "../../lib/format.js";
import { poll } from "../../lib/poll.js";

/** @typedef {import("../../lib/types").LiveRoom} LiveRoom */

const every = 60000; // milliseconds

/** @param {{parts: import("../app").Parts, contest: string}} props */
export function LiveCards({ parts, contest }) {
  const [rooms, setRooms] = useState(/** @type {LiveRoom[]} */ ([]));
  useEffect(
    () =>
      poll(
        async () => setRooms((await parts.api("GET", `/contests/${contest}/live`)).rooms),
        every,
        () => {}, // the map stands without it
      ),
    [contest],
  );
  return html`<div>
    ${rooms.map(
      (room) => html`<a class="live-card" href=${"/live/" + room.room} key=${room.room}>
        <span class="live-card-text">
          <b>${room.title}</b>
          <span>${stands(room, parts.clock.now())}</span>
        </span>
        <span class="live-card-go">${room.mine ? "回到房间" : "进房间"}<${Icon} name="next" /></span>
      </a>`,
    )}
  </div>`;
}

/** @param {LiveRoom} room @param {number} now */
function stands({ phase, starts_at: starts, members }, now) {
  if (phase !== "lobby") return `直播答题正在进行，${number(members)}人在房间里`;
  if (starts > now) return `直播答题，${dateTime(starts, now)} 开始`;
  return `直播答题就要开始，${number(members)}人在房间里`;
}

// A bar above every page of a contest while one of its live rooms runs: whoever reopens the console finds it at once.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { poll } from "../../lib/poll.js";
import { linkIn } from "../lib/contests.js";
import { phaseNames } from "../lib/livesteps.js";

const every = 10000; // milliseconds

/** @param {{desk: import("../types").Desk, contest: string}} props */
export function LiveBar({ desk, contest }) {
  const [rooms, setRooms] = useState(/** @type {import("../live").RoomLine[]} */ ([]));
  useEffect(
    () =>
      poll(
        async () => {
          const list = await desk.call("GET", `/contests/${encodeURIComponent(contest)}/live`, undefined, true);
          setRooms(list.rooms.filter((/** @type {import("../live").RoomLine} */ r) => r.phase !== "over"));
        },
        every,
        () => {},
      ),
    [contest],
  );
  return html`${rooms.map(
    (r) => html`<a key=${r.room} class="live-bar" href=${linkIn(contest, ["live", r.room])}>
      <b>${r.rehearsal ? "演练中" : "直播中"}</b><span>${r.title}，${phaseNames[r.phase]}</span><i>回到主持台</i>
    </a>`,
  )}`;
}

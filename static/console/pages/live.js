// Live rooms of a contest: those that run, and the plans that a room can be made from.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { linkIn } from "../lib/contests.js";
import { phaseNames } from "../lib/livesteps.js";
import { moment } from "../lib/moment.js";
import { Confirm } from "../parts/dialog.js";
import { Shown, useLoad } from "../parts/load.js";
import { LiveDesk } from "./livedesk.js";

/** @typedef {import("../live").LiveList} List @typedef {import("../live").RoomLine} Line */
/** @typedef {List["plans"][number]} Plan */

/** @param {{desk: import("../types").Desk, contest: string, path: string[]}} props */
export function LivePage({ desk, contest, path: [room, tab = ""] }) {
  if (room) return html`<${LiveDesk} key=${room} desk=${desk} contest=${contest} id=${room} tab=${tab} />`;
  return html`<${Rooms} desk=${desk} contest=${contest} />`;
}

/** @param {{desk: import("../types").Desk, contest: string}} props */
function Rooms({ desk, contest }) {
  const path = `/contests/${encodeURIComponent(contest)}/live`;
  const list = useLoad(() => desk.call("GET", path), [contest]);
  const [making, setMaking] = useState(/** @type {{plan: Plan, rehearsal: boolean} | null} */ (null));
  return html`<div>
    <div class="head">
      <h1>直播答题</h1>
      <button class="btn quiet" disabled=${list.busy} onClick=${list.again}>刷新</button>
    </div>
    <p class="soft">主持人发题，所有手机同时作答。先开一个演练房间，用虚拟选手走一遍。</p>
    <${Shown} of=${list}>
      ${(/** @type {List} */ data) => html`<div>
        ${running(data.rooms).map((r) => html`<${Running} key=${r.room} of=${r} contest=${contest} />`)}
        <h2>安排好的场次</h2>
        ${data.plans.length === 0 && html`<p class="state">
          活动文件里还没有直播答题。在“活动”里加上 live 一节，就会出现在这里。
        </p>`}
        <ul class="live-plans">
          ${data.plans.map(
            (plan) => html`<li key=${plan.key}>
              <div>
                <b>${plan.title}</b>
                <small>${plan.starts_at ? moment(plan.starts_at) + " 开始" : "由主持人开始"}</small>
              </div>
              <p class="acts">
                <button class="btn" onClick=${() => setMaking({ plan, rehearsal: false })}>开房间</button>
                <button class="btn quiet" onClick=${() => setMaking({ plan, rehearsal: true })}>开演练房间</button>
              </p>
            </li>`,
          )}
        </ul>
        <${Ended} rooms=${data.rooms} contest=${contest} />
      </div>`}
    </${Shown}>
    ${making && html`<${Confirm} title=${making.rehearsal ? "开一个演练房间？" : "开房间？"}
      yes=${making.rehearsal ? "开演练房间" : "开房间"} close=${() => setMaking(null)}
      act=${async () => {
        const made = await desk.call("POST", path, { plan: making.plan.key, rehearsal: making.rehearsal });
        location.hash = linkIn(contest, ["live", made.room.room]);
      }}>
      <p><b>${making.plan.title}</b></p>
      <p>
        ${making.rehearsal ? "演练的题和真的一样，成绩不进活动，也不发奖励，可以放进虚拟选手。"
          : "题目现在抽定，选手可以扫码加入。第一题由主持人发出。"}
      </p>
    </${Confirm}>`}
  </div>`;
}

/** @param {Line[]} rooms */
const running = (rooms) => rooms.filter((r) => r.phase !== "over");

/** A room that runs, large: whoever comes back must find it at once. @param {{of: Line, contest: string}} props */
const Running = ({ of, contest }) => html`<a class="live-running" href=${linkIn(contest, ["live", of.room])}>
  <span>
    <b>${of.title}</b>
    ${of.rehearsal && html`<em class="tag is-warned">演练</em>`}
    <small>${phaseNames[of.phase]}，${number(of.members)} 人</small>
  </span>
  <span class="btn">进入主持台</span>
</a>`;

/** @param {{rooms: Line[], contest: string}} props */
function Ended({ rooms, contest }) {
  const ended = rooms.filter((r) => r.phase === "over");
  if (!ended.length) return null;
  return html`<div>
    <h2>已结束</h2>
    <table class="rows">
      <thead><tr><th>场次</th><th>开房时间</th><th class="n">人数</th><th></th></tr></thead>
      <tbody>
        ${ended.map(
          (r) => html`<tr key=${r.room}>
            <td class="strong">
              <a href=${linkIn(contest, ["live", r.room])}>${r.title}</a>
              ${r.rehearsal && html` <span class="tag plain">演练</span>`}
            </td>
            <td data-name="开房时间">${moment(r.made_at)}</td>
            <td class="n" data-name="人数">${number(r.members)}</td>
            <td class="n"><a href=${`/api/v1/console/live/${r.room}/results.xlsx`} download>下载成绩</a></td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

// The lists of players that open levels: who is on them, and whom staff puts on or takes off.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { dateTime, number } from "../../lib/format.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";
import { ChangeList } from "./listschange.js";
import { PairingsPart } from "./listspairings.js";

/** @typedef {{key: string, title: string, says: string, fixed: boolean, live: boolean, at: number, made_at: number,
 *   count: number, public: boolean}} List */
/** @typedef {{player: string, nickname: string, unit: string, place: number, on: boolean, put_at: number}} Listed */

const unitsShown = 50;

/** @param {List} l */
const stateOf = (l) =>
  l.live ? "随单位变动" : !l.fixed ? `${number(l.count)} 人` : l.made_at ? `已确定，${number(l.count)} 人`
    : l.at ? dateTime(l.at) + " 确定" : "对阵评定时确定";

/** @param {{desk: import("../types").Desk, contest: string, list: string}} props */
export function ListsPage({ desk, contest, list }) {
  const path = "/contests/" + encodeURIComponent(contest) + "/lists";
  const lists = useLoad(() => desk.call("GET", path), [contest]);
  const [open, setOpen] = useState(list);
  return html`<div class="stack">
    <div class="head"><h1>名单</h1></div>
    <p class="soft">
      决赛等关卡只对名单里的人开放。取榜的名单到时间自动确定，以后名次变化不影响；被取消资格的人不能再答。更改名单会记入操作日志。
    </p>
    <${Shown} of=${lists}>
      ${(/** @type {{lists: List[]}} */ data) => !data.lists.length
        ? html`<p class="state">这个活动没有名单。在“活动”里修改，“关卡”下面可以加。</p>`
        : html`<div class="stack">
          <div class="scroll">
            <table class="rows">
              <thead><tr><th>名单</th><th>哪些人</th><th>情况</th><th></th></tr></thead>
              <tbody>
                ${data.lists.map(
                  (l) => html`<tr key=${l.key}>
                    <td><b>${l.title}</b>${l.public && html` <span class="tag">公开</span>`}</td>
                    <td data-name="哪些人">${l.says}</td>
                    <td data-name="情况">${stateOf(l)}</td>
                    <td><button class="link" onClick=${() => setOpen(open === l.key ? "" : l.key)}>
                      ${open === l.key ? "收起" : "看名单"}
                    </button></td>
                  </tr>`,
                )}
              </tbody>
            </table>
          </div>
          ${data.lists.filter((l) => l.key === open).map((l) => html`<${One} key=${l.key} desk=${desk}
            path=${path + "/" + l.key} list=${l} again=${lists.again} />`)}
        </div>`}
    </${Shown}>
    <${PairingsPart} desk=${desk} contest=${contest} />
  </div>`;
}

/** @param {{desk: import("../types").Desk, path: string, list: List, again: () => void}} props */
function One({ desk, path, list, again }) {
  const rows = useLoad(() => desk.call("GET", path), [path]);
  const [reason, setReason] = useState("");
  const work = useWork();
  const may = desk.may("conduct.judge") && (!list.fixed || list.made_at > 0);
  const changed = () => {
    rows.again();
    again();
  };
  const change = (/** @type {string} */ who, /** @type {boolean} */ on) =>
    work.run(async () => {
      await desk.call("POST", path + "/players", { players: who, on, reason });
      changed();
    });
  return html`<section class="panel stack">
    <h2>${list.title}</h2>
    ${may && html`<${ChangeList} desk=${desk} path=${path} open=${list.public} reason=${reason} setReason=${setReason}
      changed=${changed} />`}
    ${work.problem && html`<${Oops} problem=${work.problem} />`}
    <${Shown} of=${rows}>
      ${(/** @type {{players: Listed[], units: string[]}} */ data) => !data.players.length
        ? html`<p class="state">${list.fixed && !list.made_at ? "名单还没有确定。" : "名单里还没有人。"}</p>`
        : html`${data.units.length > 0 && html`<p class="soft">
          取了 ${number(data.units.length)} 个单位，按名次：${data.units.slice(0, unitsShown).join("、")}${
            data.units.length > unitsShown && " 等"}。
        </p>`}
        <div class="scroll">
          <table class="rows">
            <thead><tr><th class="n">名次</th><th>参赛者</th><th>单位</th><th>编号</th><th></th></tr></thead>
            <tbody>
              ${data.players.map(
                (p) => html`<tr key=${p.player}>
                  <td class="n" data-name="名次">${p.place || "—"}</td>
                  <td><b>${p.nickname}</b></td>
                  <td data-name="单位">${p.unit || "—"}</td>
                  <td data-name="编号"><code>${p.player}</code></td>
                  <td>${!p.on && "已去掉 "}${may && html`<button class="link" disabled=${work.busy || !reason.trim()}
                    title="先写原因" onClick=${() => change(p.player, !p.on)}>${p.on ? "去掉" : "恢复"}</button>`}</td>
                </tr>`,
              )}
            </tbody>
          </table>
        </div>`}
    </${Shown}>
  </section>`;
}

// The spots of a contest: how often each was found, and their codes to see and print.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { Field, Text } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";
import { Reach } from "../parts/reach.js";
import { SheetDialog } from "./channelsheet.js";

/** @typedef {{key: string, title: string, where: string, hours: string, daily: boolean, found: number}} Spot */
/** @typedef {{key: string, title: string, day: number, code: string, path: string}} Code */
/** @typedef {{contest: {slug: string, title: string, organizer: string}, spots: Spot[]}} Spots */

/** A day as people write it. @param {number} day yyyymmdd */
const written = (day) => `${Math.floor(day / 10000)}-${String(Math.floor(day / 100) % 100).padStart(2, "0")}-${String(
  day % 100).padStart(2, "0")}`;

/** @param {{desk: import("../types").Desk, contest: string, clock: {now(): number}}} props */
export function SpotsPage({ desk, contest, clock }) {
  const path = "/contests/" + encodeURIComponent(contest) + "/spots";
  const list = useLoad(() => desk.call("GET", path), [contest]);
  // In the day of China, which is that of nearly every contest; it can be changed.
  const [from, setFrom] = useState(new Date(clock.now() + 8 * 3600e3).toISOString().slice(0, 10));
  const [days, setDays] = useState("1");
  const [codes, setCodes] = useState(/** @type {Code[]} */ ([]));
  const [printed, setPrinted] = useState(/** @type {Code[]} */ ([]));
  const work = useWork();
  const see = () =>
    work.run(async () => setCodes((await desk.call("POST", path + "/codes", { from, days: Number(days) })).codes));
  return html`<div>
    <div class="head"><h1>打卡点</h1></div>
    <p class="soft">
      每个打卡点有一个二维码和一个 8 位打卡码，印出来放在现场。码的照片可以转发，程序分不出谁在现场：值钱的奖励请在“活动”里打开“每天换码”，或者写上每天几点到几点。码传开了，把“第几版码”加 1 再发布，旧码马上作废。
    </p>
    <${Reach} origin=${desk.origin} />
    <${Shown} of=${list}>
      ${(/** @type {Spots} */ data) => !data.spots.length
        ? html`<p class="state">这个活动没有打卡点。在“活动”里修改，“关卡”下面可以加。</p>`
        : html`<div>
          <div class="scroll">
            <table class="rows">
              <thead><tr><th>打卡点</th><th>在哪里</th><th>时间</th><th class="n">打卡</th></tr></thead>
              <tbody>
                ${data.spots.map(
                  (s) => html`<tr key=${s.key}>
                    <td><b>${s.title}</b></td>
                    <td data-name="在哪里">${s.where || "—"}</td>
                    <td data-name="时间">${(s.hours || "全天") + (s.daily ? "，每天换码" : "")}</td>
                    <td class="n" data-name="打卡">${number(s.found)} 次</td>
                  </tr>`,
                )}
              </tbody>
            </table>
          </div>
          ${desk.may("channel.edit") && html`<section>
            <h2>看码和打印</h2>
            <p class="soft">看过打卡码会记入操作日志。</p>
            ${data.spots.some((s) => s.daily) && html`<div class="row">
              <${Field} label="从哪天起"><${Text} name="from" max=${10} value=${from} set=${setFrom} /></${Field}>
              <${Field} label="几天的码，最多 31">
                <${Text} name="days" max=${2} value=${days} set=${setDays} />
              </${Field}>
            </div>`}
            <p class="acts">
              <button class="btn" disabled=${work.busy} onClick=${see}>看打卡码</button>
              ${codes.length > 0 && html`<button class="btn quiet" onClick=${() => setPrinted(codes)}>打印全部</button>`}
            </p>
            ${work.problem && html`<${Oops} problem=${work.problem} />`}
            ${codes.length > 0 && html`<div class="scroll">
              <table class="rows" data-codes>
                <thead><tr><th>打卡点</th><th>哪天</th><th>打卡码</th><th></th></tr></thead>
                <tbody>
                  ${codes.map(
                    (c) => html`<tr key=${c.key + c.day}>
                      <td><b>${c.title}</b></td>
                      <td data-name="哪天">${c.day ? written(c.day) : "一直用"}</td>
                      <td data-name="打卡码"><code>${c.code}</code></td>
                      <td><button class="link" onClick=${() => setPrinted([c])}>二维码</button></td>
                    </tr>`,
                  )}
                </tbody>
              </table>
            </div>`}
          </section>`}
          ${printed.length > 0 && html`<${SheetDialog} contest=${data.contest} origin=${desk.origin} title="打卡点的二维码"
            says="微信扫一扫打卡" close=${() => setPrinted([])}
            channels=${printed.map((c) => ({
              name: c.title + (c.day ? " " + written(c.day) : ""),
              path: c.path,
              below: "打卡码 " + c.code,
            }))} />`}
        </div>`}
    </${Shown}>
  </div>`;
}

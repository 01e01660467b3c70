// The public drawings of a contest: what its definition announces, what is on its way, and who may not be drawn.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { linkIn } from "../lib/contests.js";
import { moment } from "../lib/moment.js";
import { go } from "../lib/route.js";
import { Dialog } from "../parts/dialog.js";
import { Field, Text } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";
import { WaitingList } from "../parts/waiting.js";
import { Finder, Name } from "./cases.js";
import { PlanDialog } from "./drawingsplan.js";

/** @typedef {{prize: string, title: string, count: number}} Tier */
/** @typedef {{name: string, form: string, values: string, thrown: string, hex: number, count: number}} Source */
/**
 * @typedef {{id: string, key: string, title: string, state: string, round: number, counts_from: number, counts_to:
 *   number, algorithm: string, sources: Source[], source_at: number, prizes: Tier[], shares: string, reserves:
 *   number, done: number, total: number, problem: string, entries: number, people: number, short: number,
 *   fingerprint: string, seal: string, frozen_at: number, drawn_at: number, published_at: number, cancelled_at:
 *   number, reason: string}} Drawing
 */
/**
 * @typedef {{key: string, title: string, at: number, every: string, source: string, prizes: Tier[], shares: string,
 *   reserves: number}}
 *   Announced
 */
/** @typedef {{player: string, nickname: string, reason: string, note: string, by: string, at: number}} Exclusion */
/**
 * @typedef {{contest: {slug: string, title: string}, now: number, drawings: Drawing[], announced: Announced[],
 *   excluded: Exclusion[], waiting: import("../parts/waiting.js").Waiting[]}} Drawings
 */

/** @type {Record<string, string>} */
export const states = {
  planned: "待冻结",
  freezing: "正在冻结",
  frozen: "已冻结，等号码",
  known: "号码已定，待摇奖",
  drawn: "已摇出，待公布",
  published: "已公布",
  cancelled: "已取消",
};
const every = /** @type {Record<string, string>} */ ({
  day: "每天一次",
  week: "每周一次",
  month: "每月一次",
  period: "每期一次",
});

/** @param {{prizes: Tier[], shares: string}} drawing */
export const tiersText = ({ prizes, shares }) =>
  (shares ? ["名单里的人平分：" + shares] : []).concat(prizes.map((t) => `${t.title} ${number(t.count)} 份`)).join("，");

/** @param {{desk: import("../types").Desk, contest: string}} props */
export function DrawingsPage({ desk, contest }) {
  const path = "/contests/" + encodeURIComponent(contest);
  const list = useLoad(() => desk.call("GET", path + "/drawings"), [contest]);
  const [planning, plan] = useState(/** @type {Announced | null} */ (null));
  return html`<div>
    <h1>公开摇奖</h1>
    <p class="soft">
      先约定以后才公布的公开号码，再冻结名单并公开指纹；号码公布后由两个人各自录入，当众摇出。任何人都能用公开的记录把结果重算一遍。
    </p>
    <${Shown} of=${list}>
      ${(/** @type {Drawings} */ data) => html`<div>
        ${!data.announced.length && html`<p class="state">这个活动没有安排公开摇奖。</p>`}
        ${data.announced.map(
          (w) => html`<section class="panel drawing-line" key=${w.key}>
            <div class="head">
              <h2>${w.title}</h2>
              ${mayPlan(w, data) && html`<button class="btn" onClick=${() => plan(w)}>安排摇奖</button>`}
            </div>
            <p>${tiersText(w)}${w.reserves > 0 && `，候补 ${w.reserves} 名`}</p>
            <p class="soft">
              ${[w.at > 0 && "计划 " + moment(w.at), every[w.every], w.source && "公开号码：" + w.source]
                .filter(Boolean)
                .join("；")}
            </p>
            ${data.drawings.some((d) => d.key === w.key) && html`<div class="scroll">
              <table class="rows">
                <thead>
                  <tr><th>状态</th><th>计算资格</th><th>公开号码公布</th><th class="n">名单</th><th></th></tr>
                </thead>
                <tbody>
                  ${data.drawings
                    .filter((d) => d.key === w.key)
                    .map(
                      (d) => html`<tr key=${d.id} class=${d.state === "cancelled" ? "off" : null}>
                        <td>
                          <span class=${d.state === "published" ? "tag" : "tag plain"}>${states[d.state]}</span>
                          ${d.reason && html`<small> ${d.reason}</small>`}
                        </td>
                        <td data-name="计算资格">${moment(d.counts_from)} 至 ${moment(d.counts_to)}</td>
                        <td data-name="号码公布">${moment(d.source_at)}</td>
                        <td class="n" data-name="名单">${d.entries ? number(d.entries) : "—"}</td>
                        <td class="n"><a class="link" href=${linkIn(data.contest.slug, ["drawings", d.id])}>打开</a></td>
                      </tr>`,
                    )}
                </tbody>
              </table>
            </div>`}
          </section>`,
        )}
        <${WaitingList} desk=${desk} contest=${contest} waiting=${data.waiting} again=${list.again} />
        <${Excluded} desk=${desk} path=${path} excluded=${data.excluded} again=${list.again} />
        ${planning && html`<${PlanDialog} desk=${desk} path=${path} announced=${planning} now=${data.now}
          close=${() => plan(null)}
          done=${(/** @type {Drawing} */ d) => {
            desk.tell("摇奖已经安排，约定的公开号码现在是公开的。");
            go(["c", data.contest.slug, "drawings", d.id]);
          }} />`}
      </div>`}
    </${Shown}>
  </div>`;
}

/** One that is held once is planned once, unless it was cancelled. @param {Announced} w @param {Drawings} data */
const mayPlan = (w, data) => !!w.every || !data.drawings.some((d) => d.key === w.key && d.state !== "cancelled");

/** @param {{desk: import("../types").Desk, path: string, excluded: Exclusion[], again: () => void}} props */
function Excluded({ desk, path, excluded, again }) {
  const [adding, add] = useState(false);
  const work = useWork();
  return html`<section class="panel">
    <div class="head">
      <h2>不参加摇奖的工作人员</h2>
      <button class="btn quiet" onClick=${() => add(true)}>添加</button>
    </div>
    <p class="soft">
      参加了答题的工作人员请登记在这里，另一位工作人员同意后不进名单。取消资格的人和此前摇奖中过奖的人自动不进名单（活动另有规定的除外）。冻结后的记录里按原因写明人数。
    </p>
    ${excluded.length > 0 && html`<div class="scroll">
      <table class="rows">
        <thead><tr><th>昵称</th><th>依据</th><th>由谁</th><th></th></tr></thead>
        <tbody>
          ${excluded.map(
            (e) => html`<tr key=${e.player}>
              <td><b>${e.nickname || "已退出"}</b></td>
              <td data-name="依据">${e.note}</td>
              <td data-name="由谁">${e.by} ${moment(e.at)}</td>
              <td class="n">
                <button class="link" disabled=${work.busy}
                  onClick=${() =>
                    work.run(async () => {
                      await desk.call("DELETE", `${path}/exclusions/${e.player}`);
                      desk.tell("已经提议，等另一位工作人员同意。");
                      again();
                    })}>
                  恢复
                </button>
              </td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`}
    <${Oops} problem=${work.problem} />
    ${adding && html`<${ExcludeDialog} desk=${desk} path=${path} close=${() => add(false)}
      done=${() => {
        add(false);
        desk.tell("已经提议，等另一位工作人员同意后生效。");
        again();
      }} />`}
  </section>`;
}

/** @param {{desk: import("../types").Desk, path: string, close: () => void, done: () => void}} props */
function ExcludeDialog({ desk, path, close, done }) {
  const [of, setOf] = useState(/** @type {import("./cases.js").Person | null} */ (null));
  const [note, setNote] = useState("");
  const work = useWork();
  const wrong = (/** @type {string} */ field) =>
    work.problem && work.problem.field === field ? work.problem.detail : "";
  return html`<${Dialog} title="工作人员不参加摇奖" close=${close} first="input">
    <form onSubmit=${(/** @type {Event} */ e) => {
        e.preventDefault();
        if (of)
          work.run(async () => {
            await desk.call("PUT", `${path}/exclusions/${of.player}`, { reason: "staff", note: note.trim() });
            done();
          });
      }}>
      ${of ? html`<p>
        <${Name} of=${of} /> <button type="button" class="link" onClick=${() => setOf(null)}>换一个人</button>
      </p>`
        : html`<${Finder} desk=${desk} path=${path} pick=${setOf} />`}
      <${Field} label="依据" hint="记入操作日志，例如 活动工作人员名单第 3 号" wrong=${wrong("note")}>
        <${Text} name="note" max=${100} value=${note} set=${setNote} />
      </${Field}>
      ${work.problem && !work.problem.field && html`<${Oops} problem=${work.problem} />`}
      <footer class="dialog-foot">
        <button type="button" class="btn quiet" onClick=${close}>取消</button>
        <button class="btn" disabled=${work.busy || !of || !note.trim()}>提议</button>
      </footer>
    </form>
  </${Dialog}>`;
}

// The pools of a contest: what is left, what was won, and whether chance keeps to the odds that were declared.
import { html } from "../../html.js";
import { useRef, useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { moment } from "../lib/moment.js";
import { problem } from "../../lib/api.js";
import { sendFile } from "../lib/sendfile.js";
import { Dialog } from "../parts/dialog.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";

/**
 * @typedef {{key: string, title: string, kind: string, declared: number, measured: number, rolled: number, won: number,
 *   missed: Record<string, number>, guaranteed: number, stock: number, out: number, left: number, waiting: number,
 *   codes: number}} Pooled
 */
/** @typedef {{by: string, max: number, per: string, tier: string}} Limit */
/**
 * @typedef {{key: string, title: string, open: boolean, opens_at: number, closes_at: number, draws: number, prizes:
 *   Pooled[], nothing: {declared: number, measured: number, rolled: number}, limits: Limit[]}} Pool
 */
/** @typedef {{contest: {slug: string, title: string}, pools: Pool[]}} Pools */

/** @type {Record<string, string>} */
const kinds = {
  goods: "实物",
  voucher: "兑换码",
  credit: "话费",
  redpacket: "红包",
  points: "积分",
  thanks: "谢谢参与",
};
/** @type {Record<string, string>} */
const reasons = { out: "发完", later: "未到发放时间", limit: "超过上限", guaranteed: "改发保底" };
/** @type {Record<string, string>} */
const bys = { player: "每人", phone: "每个手机号", address: "每个地址", unit: "每个单位" };
/** @type {Record<string, string>} */
const pers = { day: "每天", week: "每周", month: "每月", period: "每期", contest: "整个活动" };

/** 142,857 millionths → 14.3%; what is less than 0.1% keeps its digits @param {number} millionths */
const percent = (millionths) =>
  String(Number((millionths / 10000).toFixed(millionths < 1000 ? 4 : 1))) + "%";

/**
 * How far chance is from the odds, in words. Three standard deviations are passed by an honest draw once in 370 times;
 * under five expected there is nothing to say.
 * @param {number} rolled @param {number} draws @param {number} odds millionths
 */
export function judged(rolled, draws, odds) {
  const expected = (draws * odds) / 1e6;
  if (odds === 0 || odds === 1e6 || expected < 5) return "";
  const deviation = Math.abs(rolled - expected) / Math.sqrt(expected * (1 - odds / 1e6));
  return deviation <= 3 ? "正常波动" : "偏差较大，请核对";
}

/** @param {{desk: import("../types").Desk, contest: string}} props */
export function PoolsPage({ desk, contest }) {
  const path = "/contests/" + encodeURIComponent(contest);
  const list = useLoad(() => desk.call("GET", path + "/pools"), [contest]);
  const [prize, setPrize] = useState(/** @type {Pooled | null} */ (null));
  return html`<div>
    <div class="head">
      <h1>奖池</h1>
      <button class="btn quiet" disabled=${list.busy} onClick=${list.again}>刷新</button>
    </div>
    <p class="soft">
      “设定”是活动文件里写的机会，“实际”是系统随机抽到的比例，在发完、未到时间、超过上限之前统计。两者应当接近。
    </p>
    <${Shown} of=${list}>
      ${(/** @type {Pools} */ data) => html`<div>
        ${data.pools.length === 0 && html`<p class="state">${data.contest.title}没有即时抽奖。</p>`}
        ${data.pools.map(
          (pool) => html`<${PoolCard} key=${pool.key} pool=${pool} may=${desk.may("prize.manage")}
            codes=${setPrize} />`,
        )}
      </div>`}
    </${Shown}>
    ${prize && html`<${CodesDialog} desk=${desk} path=${path} prize=${prize} close=${() => setPrize(null)}
      done=${(/** @type {string} */ text) => {
        setPrize(null);
        desk.tell(text);
        list.again();
      }} />`}
  </div>`;
}

/** Why chance gave it and nobody got it. @param {Pooled} p */
const missed = (p) =>
  Object.keys(p.missed)
    .map((why) => `${reasons[why] || why} ${number(p.missed[why])} 次`)
    .join("，");

/** @param {Pool} pool */
const state = (pool) =>
  pool.open ? "正在抽奖" : pool.closes_at && Date.now() >= pool.closes_at ? "已结束" : moment(pool.opens_at) + " 开始";

/** @param {{pool: Pool, may: boolean, codes: (prize: Pooled) => void}} props */
const PoolCard = ({ pool, may, codes }) => html`<section class="pool">
  <h2>
    ${pool.title} <span class="tag plain">${state(pool)}</span> <small class="soft">
      抽了 ${number(pool.draws)} 次
    </small>
  </h2>
  <div class="scroll">
    <table class="rows pools">
      <thead>
        <tr>
          <th>奖品</th>
          <th class="n">设定</th>
          <th class="n">实际</th>
          <th class="n">发出</th>
          <th class="n">还剩</th>
          <th>没有发出</th>
          <th></th>
        </tr>
      </thead>
      <tbody>
        ${pool.prizes.map(
          (p) => html`<tr key=${p.key}>
            <td>
              <b>${p.title}</b> <span class="tag plain">${kinds[p.kind]}</span>
              ${p.guaranteed > 0 && html`<small class="soft"> 第 ${p.guaranteed} 次保底</small>`}
            </td>
            <td class="n" data-name="设定">${percent(p.declared)}</td>
            <td class="n" data-name="实际">
              <${Measured} rolled=${p.rolled} measured=${p.measured} draws=${pool.draws} odds=${p.declared} />
            </td>
            <td class="n" data-name=${p.kind === "thanks" ? null : "发出"}>
              ${p.kind === "thanks" ? "" : number(p.won)}
            </td>
            <td class="n" data-name=${p.kind === "thanks" ? null : "还剩"}>
              ${p.kind === "thanks" ? ""
                : html`<b>${number(p.left)}</b>
                <small> / ${number(p.stock)}</small>
                ${p.waiting > 0 && html`<small class="soft"> 其中 ${number(p.waiting)} 份稍后发放</small>`}`}
            </td>
            <td data-name=${missed(p) ? "没有发出" : null}>${missed(p)}</td>
            <td class="n">
              ${p.kind === "voucher" && html`<small class=${p.codes < p.stock ? "pool-short" : "soft"}>
                兑换码 ${number(p.codes)} / ${number(p.stock)}
              </small>
              ${may && html` <button class="link" onClick=${() => codes(p)}>导入兑换码</button>`}`}
            </td>
          </tr>`,
        )}
        ${pool.nothing.declared > 0 && html`<tr>
          <td>没有抽中</td>
          <td class="n" data-name="设定">${percent(pool.nothing.declared)}</td>
          <td class="n" data-name="实际">
            <${Measured} rolled=${pool.nothing.rolled} measured=${pool.nothing.measured} draws=${pool.draws}
              odds=${pool.nothing.declared} />
          </td>
          <td></td>
          <td></td>
          <td></td>
          <td></td>
        </tr>`}
      </tbody>
    </table>
  </div>
  ${pool.limits.length > 0 && html`<p class="soft">
    中奖上限：
    ${pool.limits
      .map((l) => `${bys[l.by]}${pers[l.per] || ""}最多 ${l.max} 次${l.tier ? `（${l.tier}）` : ""}`)
      .join("；")}
    。
  </p>`}
</section>`;

/** @param {{rolled: number, measured: number, draws: number, odds: number}} props */
function Measured({ rolled, measured, draws, odds }) {
  if (!draws) return html`<span class="soft">还没有人抽</span>`;
  const word = judged(rolled, draws, odds);
  return html`${percent(measured)}<small> ${number(rolled)} 次</small>
  ${word && html`<small class=${word === "正常波动" ? "soft" : "pool-short"}> ${word}</small>`}`;
}

const most = 20; // MB

/** Codes come as a file; only how many there were comes back.
 * @param {{desk: import("../types").Desk, path: string, prize: Pooled, close: () => void, done: (text: string) =>
 *   void}} props
 */
function CodesDialog({ desk, path, prize, close, done }) {
  const work = useWork();
  const chooser = useRef(/** @type {HTMLInputElement | null} */ (null));
  /** @param {Event} event */
  const send = (event) => {
    event.preventDefault();
    work.run(async () => {
      const file = chooser.current && chooser.current.files && chooser.current.files[0];
      if (!file) throw problem({ code: "invalid_field", detail: "请先选择文件。" });
      if (file.size > most << 20)
        throw problem({ code: "codes_file_too_large", detail: `文件最多 ${most} MB，请分成几个文件。` });
      const got = await sendFile(desk, `${path}/prizes/${encodeURIComponent(prize.key)}/codes`, file);
      done(
        `导入了 ${number(got.added)} 个兑换码${got.known ? `，另有 ${number(got.known)} 个以前导入过` : ""}。现在共 ${number(got.total)} 个。`,
      );
    });
  };
  return html`<${Dialog} title=${"导入兑换码：" + prize.title} close=${close} first="[name=codes]">
    <form onSubmit=${send}>
      <p>
        txt、csv 或 Excel 文件，每行一个兑换码；有密码的，放在第二列。兑换码加密保存，导入后只有中奖的人看得到自己的那一个。
      </p>
      <p class="pool-file">
        <input type="file" name="codes" ref=${chooser} accept=".txt,.csv,.xlsx" aria-label="兑换码文件"
          onChange=${work.clear} />
      </p>
      <p class="soft">
        已有 ${number(prize.codes)} 个，库存 ${number(prize.stock)} 份。兑换码不够时，抽到的人得不到奖品，请及时补足。
      </p>
      <${Oops} problem=${work.problem} />
      <footer class="dialog-foot">
        <button type="button" class="btn quiet" onClick=${close}>取消</button>
        <button class="btn" disabled=${work.busy}>${work.busy ? "正在导入" : "导入"}</button>
      </footer>
    </form>
  </${Dialog}>`;
}

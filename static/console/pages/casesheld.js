// Attempts that were answered faster than anybody reads: they count nowhere until somebody has looked.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { linkIn } from "../lib/contests.js";
import { moment } from "../lib/moment.js";
import { Pager } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";
import { Name } from "./cases.js";

/** @typedef {import("../../lib/schemas").components["schemas"]["HeldAttempt"]} Held */

const perPage = 50;

/** @param {{desk: import("../types").Desk, path: string, contest: string}} props */
export function HeldAttempts({ desk, path, contest }) {
  const [from, setFrom] = useState(1);
  const list = useLoad(() => desk.call("GET", `${path}/held?after=${from - 1}`), [path, from]);
  const work = useWork();
  /** @param {Held[]} attempts @param {boolean} counts */
  const decide = (attempts, counts) =>
    work.run(async () => {
      const body = { attempts: attempts.map((a) => a.id), counts };
      const { decided } = await desk.call("POST", path + "/held", body);
      desk.tell(
        !decided ? "已经有人处理过了。" : counts ? `${decided}次答题已经算数，该有的都补上了。` : `${decided}次答题不计入成绩。`,
      );
      list.again();
    });
  return html`<${Shown} of=${list}>
    ${(/** @type {{total: number, attempts: Held[]}} */ data) =>
      data.total > 0 && html`<section>
        <h2>答得太快，等待查看</h2>
        <p class="soft">
          这些答题里有三题以上比读题还快。看过以前，它们不上榜，不抽奖，不算邀请。算数以后，该有的名次、积分和机会全部补上；不算的，以后也不算。
        </p>
        <${Oops} problem=${work.problem} />
        <div class="scroll">
          <table class="rows">
            <thead><tr><th>参赛者</th><th>答题</th><th>太快的题</th><th></th></tr></thead>
            <tbody>
              ${data.attempts.map((a) => html`<${Line} key=${a.id} of=${a} contest=${contest} busy=${work.busy}
                all=${data.attempts.filter((b) => b.player === a.player)} decide=${decide} />`)}
            </tbody>
          </table>
        </div>
        <${Pager} from=${from} size=${perPage} total=${data.total} go=${setFrom} unit="次" />
      </section>`}
  </${Shown}>`;
}

/**
 * @param {{of: Held, contest: string, busy: boolean, all: Held[],
 *   decide: (attempts: Held[], counts: boolean) => void}} props all: of the same player
 */
function Line({ of, contest, busy, all, decide }) {
  return html`<tr>
    <td>
      <a class="link" href=${linkIn(contest, ["cases", "of", of.player])}><${Name} of=${of} /></a>
      <br /><small>${moment(of.finished_at)}</small>
    </td>
    <td data-name="答题">${of.level}<br /><small>答对 ${of.correct}/${of.questions} 题，${number(of.score)} 分</small></td>
    <td data-name="太快的题">
      <details>
        <summary>${of.hasty.length} 题，最快 ${seconds(Math.min(...of.hasty.map((h) => h.used_ms)))} 秒</summary>
        <ul>
          ${of.hasty.map((h) => html`<li key=${h.position}>
            第 ${h.position} 题 ${seconds(h.used_ms)} 秒（至少 ${seconds(h.least_ms)} 秒）
            ${h.passed ? "没有作答" : h.correct ? "答对" : "答错"}：${h.stem}
          </li>`)}
        </ul>
      </details>
    </td>
    <td class="n">
      <button class="link" disabled=${busy} onClick=${() => decide([of], true)}>算数</button>
      <button class="link" disabled=${busy} onClick=${() => decide([of], false)}>不算</button>
      ${all.length > 1 && all[0] === of && html`<br />
      <button class="link" disabled=${busy} onClick=${() => decide(all, true)}>这人 ${all.length} 次都算</button>
      <button class="link" disabled=${busy} onClick=${() => decide(all, false)}>都不算</button>`}
    </td>
  </tr>`;
}

/** @param {number} ms */
const seconds = (ms) => (ms / 1000).toFixed(2);

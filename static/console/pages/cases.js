// What looks unusual about players, the cases that staff opened, and how to open one.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { linkIn } from "../lib/contests.js";
import { moment } from "../lib/moment.js";
import { go } from "../lib/route.js";
import { Dialog } from "../parts/dialog.js";
import { Field, Pager, Text } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";
import { HeldAttempts } from "./casesheld.js";
import { Signals, signalNames } from "./casessignals.js";

/** @typedef {{player: string, nickname: string, unit: string}} Person */
/** @typedef {Person & {signals: import("./casessignals.js").Signal[], open: string, state: string}} Suspect */
/** @typedef {{under_way: boolean, begun_at: number, looked: number, ended_at: number, problem: string}} Look */
/** @typedef {{contest: {slug: string, title: string}, look: Look, total: number, players: Suspect[]}} Suspects */
/**
 * @typedef {Person & {id: string, state: string, found_by: string, note: string, opened_by: string, opened_at: number,
 *   appealed_at: number, answered_at: number}} Case
 */

/** @type {Record<string, string>} */
export const caseStates = {
  open: "核查中",
  proposed: "等另一人同意",
  standing: "已取消资格",
  undone: "已恢复资格",
  closed: "没有问题",
};

/** A nickname, or that there is none any more. @param {{of: Person}} props */
export const Name = ({ of }) => html`<b>${of.nickname || "已退出"}</b>${of.unit && html` <small>${of.unit}</small>`}`;

/** @param {{of: Case | {state: string, appealed_at?: number, answered_at?: number}}} props */
export const CaseState = ({ of }) => html`<span class=${"tag " +
  (of.state === "standing" ? "is-rejected" : of.state === "proposed" ? "is-warned" : "plain")}>
  ${caseStates[of.state]}
</span>
${!!of.appealed_at && !of.answered_at && html` <span class="tag is-warned">有申诉待答复</span>`}`;

/** @param {{desk: import("../types").Desk, contest: string}} props */
export function CasesPage({ desk, contest }) {
  const path = "/contests/" + encodeURIComponent(contest);
  const [opening, open] = useState(/** @type {{who: Person | null, found: string} | null} */ (null));
  const list = useLoad(() => desk.call("GET", path + "/cases"), [contest]);
  return html`<div>
    <div class="head">
      <h1>核查</h1>
      <button class="btn quiet" onClick=${() => open({ who: null, found: "" })}>按昵称核查</button>
    </div>
    <p class="soft">
      系统只提供线索，不会自动处罚。取消资格要两个人：一人提议，另一人同意；参赛者会看到原因，可以申诉一次。恢复后名次、积分和抽奖机会全部照旧。摇奖名单冻结以前完成。
    </p>
    <${Shown} of=${list}>
      ${(/** @type {{contest: {slug: string}, cases: Case[]}} */ data) =>
        data.cases.length > 0 && html`<section>
          <h2>核查记录</h2>
          <div class="scroll">
            <table class="rows">
              <thead><tr><th>参赛者</th><th>状态</th><th>起因</th><th>发起</th><th></th></tr></thead>
              <tbody>
                ${data.cases.map(
                  (c) => html`<tr key=${c.id}>
                    <td><${Name} of=${c} /></td>
                    <td data-name="状态"><${CaseState} of=${c} /></td>
                    <td data-name="起因">${signalNames[c.found_by]}，${c.note}</td>
                    <td data-name="发起">${c.opened_by} ${moment(c.opened_at)}</td>
                    <td class="n"><a class="link" href=${linkIn(contest, ["cases", c.id])}>打开</a></td>
                  </tr>`,
                )}
              </tbody>
            </table>
          </div>
        </section>`}
    </${Shown}>
    <${HeldAttempts} desk=${desk} path=${path} contest=${contest} />
    <${SuspectList} desk=${desk} path=${path} contest=${contest}
      open=${(/** @type {Suspect} */ s) => open({ who: s, found: s.signals[0] ? s.signals[0].kind : "" })} />
    ${opening && html`<${OpenDialog} desk=${desk} path=${path} who=${opening.who} found=${opening.found}
      close=${() => open(null)}
      done=${(/** @type {string} */ id) => {
        desk.tell("已经开始核查。");
        go(["c", contest, "cases", id]);
      }} />`}
  </div>`;
}

const perPage = 30;

/** @param {{desk: import("../types").Desk, path: string, contest: string, open: (of: Suspect) => void}} props */
function SuspectList({ desk, path, contest, open }) {
  const [from, setFrom] = useState(1);
  const list = useLoad(() => desk.call("GET", `${path}/signals?after=${from - 1}`), [path, from]);
  const look = list.data && list.data.look;
  useEffect(() => {
    if (!look || !look.under_way) return;
    const timer = setTimeout(list.again, 1500);
    return () => clearTimeout(timer);
  }, [list.data]);
  const work = useWork();
  return html`<section>
    <div class="head">
      <h2>线索</h2>
      ${look && !look.under_way && html`<button class="btn quiet" disabled=${work.busy}
        onClick=${() =>
          work.run(async () => {
            await desk.call("POST", path + "/signals", {});
            list.again();
          })}>
        重新检查
      </button>`}
    </div>
    <${Oops} problem=${work.problem} />
    <${Shown} of=${list}>
      ${(/** @type {Suspects} */ data) => html`<div>
        <p class="soft looked" role="status">${lookText(data)}</p>
        ${data.players.length > 0 && html`<div class="scroll">
          <table class="rows">
            <thead><tr><th>参赛者</th><th>线索和依据</th><th></th></tr></thead>
            <tbody>
              ${data.players.map(
                (s) => html`<tr key=${s.player}>
                  <td>
                    <a class="link" href=${linkIn(contest, ["cases", "of", s.player])}><${Name} of=${s} /></a>
                    ${s.state && html`<br /><${CaseState} of=${s} />`}
                  </td>
                  <td><${Signals} signals=${s.signals} /></td>
                  <td class="n">
                    ${s.open ? html`<a class="link" href=${linkIn(contest, ["cases", s.open])}>看核查</a>`
                      : html`<button class="link" onClick=${() => open(s)}>核查</button>`}
                  </td>
                </tr>`,
              )}
            </tbody>
          </table>
        </div>`}
        <${Pager} from=${from} size=${perPage} total=${data.total} go=${setFrom} unit="人" />
      </div>`}
    </${Shown}>
  </section>`;
}

/** @param {Suspects} data */
function lookText({ look, total }) {
  if (look.under_way) return `正在检查，已看 ${number(look.looked)} 次答题。`;
  if (look.problem) return `上次检查没有完成：${look.problem}`;
  if (!look.ended_at) return "还没有检查过。活动进行时每六小时自动检查一次。";
  return `${moment(look.ended_at)} 检查，${total ? `${number(total)} 人有线索` : "没有发现线索"}。`;
}

/**
 * @param {{desk: import("../types").Desk, path: string, who: Person | null, found: string, close: () => void, done:
 *   (id: string) => void}} props
 */
export function OpenDialog({ desk, path, who, found, close, done }) {
  const [of, setOf] = useState(who);
  const [note, setNote] = useState("");
  const work = useWork();
  return html`<${Dialog} title="开始核查" close=${close} first="input">
    <form onSubmit=${(/** @type {Event} */ e) => {
        e.preventDefault();
        if (of)
          work.run(async () =>
            done(
              (await desk.call("POST", path + "/cases", { player: of.player, found_by: found, note: note.trim() }))
                .case,
            ),
          );
      }}>
      ${of ? html`<p><${Name} of=${of} /></p>` : html`<${Finder} desk=${desk} path=${path} pick=${setOf} />`}
      <${Field} label="为什么核查" hint="工作人员看得到，参赛者看不到"
        wrong=${work.problem && work.problem.field === "note" ? work.problem.detail : ""}>
        <${Text} name="note" max=${200} rows=${2} value=${note} set=${setNote} />
      </${Field}>
      ${work.problem && work.problem.field !== "note" && html`<${Oops} problem=${work.problem} />`}
      <footer class="dialog-foot">
        <button type="button" class="btn quiet" onClick=${close}>取消</button>
        <button class="btn" disabled=${work.busy || !of || !note.trim()}>开始核查</button>
      </footer>
    </form>
  </${Dialog}>`;
}

/** Finds a player to pick. @param {{desk: import("../types").Desk, path: string, pick: (of: Person) => void}} props */
export function Finder({ desk, path, pick }) {
  const [name, setName] = useState("");
  const [found, setFound] = useState(/** @type {Person[] | null} */ (null));
  const work = useWork();
  const look = () =>
    work.run(async () =>
      setFound(
        (/^\+?[\d\s-]{11,17}$/.test(name.trim())
          ? await desk.call("POST", `${path}/players/search`, { phone: name.trim() })
          : await desk.call("GET", `${path}/players?name=${encodeURIComponent(name.trim())}`)
        ).players,
      ),
    );
  return html`<div>
    <${Field} label="昵称或手机号" hint="昵称开头的几个字，或参赛者编号，或他填过的手机号（11 位写全；每次查找记入日志，一小时最多 30 次）">
      <${Text} name="nickname" max=${40} value=${name} set=${setName} />
    </${Field}>
    <p class="acts">
      <button type="button" class="btn quiet" disabled=${work.busy || !name.trim()} onClick=${look}>查找</button>
    </p>
    <${Oops} problem=${work.problem} />
    ${found &&
    (found.length ? html`<ul class="found">
      ${found.map(
        (p) => html`<li key=${p.player}>
          <button type="button" class="link" onClick=${() => pick(p)}><${Name} of=${p} /></button>
        </li>`,
      )}
    </ul>`
      : html`<p class="soft">没有找到。</p>`)}
  </div>`;
}

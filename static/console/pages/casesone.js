// One case: what it rests on, what was decided and by whom, and the player's appeal.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { linkIn } from "../lib/contests.js";
import { moment } from "../lib/moment.js";
import { go } from "../lib/route.js";
import { Confirm, Dialog } from "../parts/dialog.js";
import { Field, Text } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";
import { CaseState, Name, OpenDialog } from "./cases.js";
import { EvidenceView } from "./casesevidence.js";
import { OddResults, Signals, signalNames } from "./casessignals.js";

/** @typedef {{text: string, made_at: number, answer: string, answered_by: string, answered_at: number}} Appeal */
/**
 * @typedef {{state: string, reason: string, proposed_by: string, proposed_at: number, mine: boolean, agreed_by: string,
 *   decided_at: number, ended_by: string, ended_at: number, ended_reason: string, appeal: Appeal | null,
 *   judged: boolean, note: string,
 *   undo: {reason: string, by: string, at: number, mine: boolean} | null}} Decision
 */
/**
 * @typedef {{contest: {slug: string, title: string}, case: import("./cases.js").Case, evidence:
 *   import("./casesevidence.js").Evidence, found: import("./casessignals.js").Signal[], decisions: Decision[],
 *   closed_by: string, closed_at: number, closed_note: string}} One
 */

/** What is asked before a step: title, text above, label, hint, name of the field in the call, the button.
 * @type {Record<string, {title: string, text: string, label: string, hint: string, field: string, yes: string, max:
 *   number, danger?: boolean, told: string}>}
 */
const steps = {
  propose: {
    title: "提议取消资格",
    text: "提议以后，要由另一位工作人员同意才生效。",
    label: "原因",
    hint: "参赛者会看到，请写清事实，不写猜测",
    field: "reason",
    yes: "提议",
    max: 100,
    danger: true,
    told: "已经提议，请另一位工作人员打开这一页同意。",
  },
  undo: {
    title: "提议恢复资格",
    text: "另一位工作人员同意后，名次、积分、抽奖机会和摇奖资格全部恢复。",
    label: "原因",
    hint: "参赛者会看到",
    field: "reason",
    yes: "提议",
    max: 100,
    told: "已经提议，请另一位工作人员打开这一页同意。",
  },
  close: {
    title: "结束核查",
    text: "没有问题就结束。以后有新的线索可以再核查。",
    label: "结论",
    hint: "工作人员看得到，参赛者看不到",
    field: "note",
    yes: "结束核查",
    max: 100,
    told: "核查已经结束。",
  },
  answer: {
    title: "答复申诉",
    text: "只能答复一次。是否恢复资格要另外决定。",
    label: "答复",
    hint: "参赛者会看到",
    field: "answer",
    yes: "答复",
    max: 300,
    told: "已经答复。",
  },
};

/** @param {{desk: import("../types").Desk, contest: string, id: string}} props */
export function CasePage({ desk, contest, id }) {
  const one = useLoad(() => desk.call("GET", "/cases/" + id), [id]);
  const [step, setStep] = useState("");
  const end = (/** @type {string} */ text) => {
    setStep("");
    desk.tell(text);
    one.again();
  };
  return html`<div>
    <p><a class="link" href=${linkIn(contest, ["cases"])}>全部核查</a></p>
    <${Shown} of=${one}>
      ${(/** @type {One} */ data) => html`<div>
        <div class="head"><h1><${Name} of=${data.case} /></h1><${CaseState} of=${data.case} /></div>
        <p class="soft">
          ${data.case.opened_by}于 ${moment(data.case.opened_at)} 发起（${signalNames[data.case.found_by]}）：
          ${data.case.note}
          ${data.closed_at > 0 && html`<br />${data.closed_by}于 ${moment(data.closed_at)} 结束：${data.closed_note}`}
        </p>
        <${Actions} data=${data} go=${setStep} />
        ${data.decisions.map((d) => html`<${DecisionView} key=${d.proposed_at} of=${d} />`)}
        ${data.found.length > 0 && changed(data) && html`<section>
          <h2>发起时的线索</h2>
          <${Signals} signals=${data.found} />
        </section>`}
        <${OddResults} signals=${data.evidence.signals} />
        <${EvidenceView} of=${data.evidence} at=${contest} />
        ${steps[step] && html`<${StepDialog} desk=${desk} id=${id} step=${step} close=${() => setStep("")}
          done=${end} />`}
        ${step === "agree" && html`<${Confirm} title="同意取消资格" danger yes="同意，取消资格"
          close=${() => setStep("")}
          act=${async () => {
            await desk.call("POST", `/cases/${id}/agree`, {});
            end("资格已经取消，参赛者会看到原因。");
          }}>
          <p>${data.decisions[0].proposed_by}提议取消 ${data.case.nickname} 的资格。</p>
          <p>原因：${data.decisions[0].reason}</p>
          <p class="soft">马上生效：不上榜，不进摇奖名单，不能抽奖和兑换。已经发出的奖品不收回。</p>
        </${Confirm}>`}
        ${step === "withdraw" && html`<${Confirm} title="撤回提议" yes="撤回" close=${() => setStep("")}
          act=${async () => {
            await desk.call("POST", `/cases/${id}/withdraw`, {});
            end("提议已经撤回。");
          }}>
          <p>撤回以后可以重新提议，或者结束核查。</p>
        </${Confirm}>`}
        ${step === "undo/agree" && html`<${Confirm} title="同意恢复资格" yes="同意，恢复资格" close=${() => setStep("")}
          act=${async () => {
            await desk.call("POST", `/cases/${id}/undo/agree`, {});
            end("资格已经恢复。");
          }}>
          <p>
            ${data.decisions[0].undo && data.decisions[0].undo.by}提议恢复 ${data.case.nickname} 的资格。原因：
            ${data.decisions[0].undo && data.decisions[0].undo.reason}
          </p>
          <p class="soft">名次、积分、抽奖机会和摇奖资格马上全部恢复。</p>
        </${Confirm}>`}
        ${step === "undo/withdraw" && html`<${Confirm} title="撤回恢复资格的提议" yes="撤回" close=${() => setStep("")}
          act=${async () => {
            await desk.call("POST", `/cases/${id}/undo/withdraw`, {});
            end("提议已经撤回，资格仍然取消。");
          }}>
          <p>撤回以后，资格仍然取消；可以重新提议。</p>
        </${Confirm}>`}
      </div>`}
    </${Shown}>
  </div>`;
}

/** Whether the signals are others than when the case was opened. @param {One} data */
const changed = (data) => JSON.stringify(data.found) !== JSON.stringify(data.evidence.signals);

/** What can be done next. @param {{data: One, go: (step: string) => void}} props */
function Actions({ data, go }) {
  const d = data.decisions[0];
  const waits = d && d.appeal && !d.appeal.answered_at;
  return html`<p class="acts case-acts">
    ${data.case.state === "open" && html`<button class="btn danger" onClick=${() => go("propose")}>提议取消资格</button>
    <button class="btn quiet" onClick=${() => go("close")}>没有问题，结束核查</button>`}
    ${data.case.state === "proposed" &&
    (d.mine ? html`<span class="state">要由另一位工作人员同意，您自己不能同意。</span>`
      : html`<button class="btn danger" onClick=${() => go("agree")}>同意取消资格</button>`)}
    ${data.case.state === "proposed" && html`<button class="btn quiet" onClick=${() => go("withdraw")}>
      撤回提议
    </button>`}
    ${waits && (d.judged ? html`<span class="state">申诉要由没有参与决定的工作人员答复。</span>`
      : html`<button class="btn" onClick=${() => go("answer")}>答复申诉</button>`)}
    ${data.case.state === "standing" && !d.undo && html`<button class=${waits ? "btn quiet" : "btn"}
      onClick=${() => go("undo")}>
      提议恢复资格
    </button>`}
    ${data.case.state === "standing" && d.undo && (d.undo.mine ? html`<span class="state">
      您提议恢复资格，等另一人同意。
    </span>`
      : html`<button class="btn" onClick=${() => go("undo/agree")}>同意恢复资格</button>`)}
    ${data.case.state === "standing" && d.undo && html`<button class="btn quiet" onClick=${() => go("undo/withdraw")}>
      撤回恢复的提议
    </button>`}
  </p>`;
}

/** @param {{of: Decision}} props */
const DecisionView = ({ of }) => html`<section class=${"panel decision is-" + of.state}>
  <h2>
    ${{ proposed: "提议取消资格", standing: "已取消资格", undone: "曾取消资格，已恢复", closed: "提议已撤回" }[
      of.state
    ]}
  </h2>
  <p>原因：${of.reason}</p>
  <p class="soft">
    ${of.proposed_by}于 ${moment(of.proposed_at)} 提议
    ${of.decided_at > 0 ? `，${of.agreed_by}于 ${moment(of.decided_at)} 同意${of.note && `（${of.note}）`}` : ""}
    ${of.ended_at > 0 ? `，${of.ended_by}于 ${moment(of.ended_at)} ${of.state === "closed" ? "撤回" : "恢复"}` : ""}。
    ${of.undo && `${of.undo.by}于 ${moment(of.undo.at)} 提议恢复：${of.undo.reason}。`}
    ${of.ended_reason && `恢复的原因：${of.ended_reason}`}
  </p>
  ${of.appeal && html`<div class="appeal">
    <h3>参赛者的申诉 <small class="soft">${moment(of.appeal.made_at)}</small></h3>
    <p>${of.appeal.text || "（已随参赛者退出删除）"}</p>
    ${of.appeal.answered_at > 0 ? html`<h3>
      答复 <small class="soft">${of.appeal.answered_by} ${moment(of.appeal.answered_at)}</small>
    </h3>
    <p>${of.appeal.answer}</p>`
      : html`<p class="soft">还没有答复。</p>`}
  </div>`}
</section>`;

/**
 * @param {{desk: import("../types").Desk, id: string, step: string, close: () => void, done: (text: string) => void}}
 *   props
 */
function StepDialog({ desk, id, step, close, done }) {
  const of = steps[step];
  const [text, setText] = useState("");
  const work = useWork();
  const wrong = work.problem && work.problem.field === of.field ? work.problem.detail : "";
  return html`<${Dialog} title=${of.title} close=${close} first="textarea">
    <form onSubmit=${(/** @type {Event} */ e) => {
        e.preventDefault();
        work.run(async () => {
          await desk.call("POST", `/cases/${id}/${step}`, { [of.field]: text.trim() });
          done(of.told);
        });
      }}>
      <p>${of.text}</p>
      <${Field} label=${of.label} hint=${of.hint} wrong=${wrong}>
        <${Text} name=${of.field} rows=${3} max=${of.max} value=${text} set=${setText} />
      </${Field}>
      ${work.problem && !wrong && html`<${Oops} problem=${work.problem} />`}
      <footer class="dialog-foot">
        <button type="button" class="btn quiet" onClick=${close}>取消</button>
        <button class=${of.danger ? "btn danger" : "btn"} disabled=${work.busy || !text.trim()}>${of.yes}</button>
      </footer>
    </form>
  </${Dialog}>`;
}

/**
 * What is known about a player about whom there may be no case yet.
 * @param {{desk: import("../types").Desk, contest: string, player: string}} props
 */
export function PlayerPage({ desk, contest, player }) {
  const of = useLoad(
    () => desk.call("GET", `/contests/${encodeURIComponent(contest)}/players/${player}/evidence`),
    [contest, player],
  );
  const [opening, open] = useState(false);
  return html`<div>
    <p><a class="link" href=${linkIn(contest, ["cases"])}>全部核查</a></p>
    <${Shown} of=${of}>
      ${(
        /** @type {{evidence: import("./casesevidence.js").Evidence, cases: import("./cases.js").Case[]}} */ data,
      ) => html`<div>
        <div class="head">
          <h1><${Name} of=${data.evidence.who} /></h1>
          ${!data.cases.some((c) => c.state !== "closed" && c.state !== "undone") && html`<button class="btn"
            onClick=${() => open(true)}>
            核查
          </button>`}
        </div>
        ${data.cases.map(
          (c) => html`<p key=${c.id}>
            <${CaseState} of=${c} /> ${c.opened_by}于 ${moment(c.opened_at)} 发起：
            ${c.note} <a class="link" href=${linkIn(contest, ["cases", c.id])}>打开</a>
          </p>`,
        )}
        <${OddResults} signals=${data.evidence.signals} />
        <${EvidenceView} of=${data.evidence} at=${contest} />
        ${opening && html`<${OpenDialog} desk=${desk} path=${"/contests/" + encodeURIComponent(contest)}
          who=${data.evidence.who} found=${data.evidence.signals[0] ? data.evidence.signals[0].kind : ""}
          close=${() => open(false)}
          done=${(/** @type {string} */ id) => {
            desk.tell("已经开始核查。");
            go(["c", contest, "cases", id]);
          }} />`}
      </div>`}
    </${Shown}>
  </div>`;
}

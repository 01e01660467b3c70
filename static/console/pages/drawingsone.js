// One drawing, step by step: freeze, the numbers by two people, draw, publish; then who gives up and who moves up.
import { html } from "../../html.js";
import { useEffect, useRef, useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { linkIn } from "../lib/contests.js";
import { moment } from "../lib/moment.js";
import { Confirm, Dialog } from "../parts/dialog.js";
import { Field, Text } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";
import { WaitingList } from "../parts/waiting.js";
import { states, tiersText } from "./drawings.js";
import { DrawnList } from "./drawingslist.js";

/** @typedef {import("./drawings.js").Drawing} Drawing */
/**
 * @typedef {{place: number, prize: string, name: string, unit: string, entry: number, status: string, gone: boolean,
 *   reason: string, by: number}} Winner
 */
/**
 * @typedef {{contest: {slug: string, title: string}, now: number, drawing: Drawing, excluded: {reason: string, count:
 *   number}[], entered: string[], winners: Winner[],
 *   waiting: import("../parts/waiting.js").Waiting[]}} One
 */
/** @typedef {{desk: import("../types").Desk, one: One, set: (one: One) => void}} StepProps */

const order = ["planned", "freezing", "frozen", "known", "drawn", "published"];

/** @param {{desk: import("../types").Desk, id: string}} props */
export function DrawingPage({ desk, id }) {
  const looked = useRef(false); // by the person; all further looks are the page's own
  const one = useLoad(() => {
    const alone = looked.current;
    looked.current = true;
    return desk.call("GET", "/drawings/" + encodeURIComponent(id), undefined, alone);
  }, [id]);
  const state = one.data ? one.data.drawing.state : "";
  useEffect(() => {
    if (state !== "freezing" && state !== "frozen") return;
    const timer = setInterval(one.again, state === "freezing" ? 1000 : 5000); // the other person may enter meanwhile
    return () => clearInterval(timer);
  }, [state]);
  return html`<${Shown} of=${one.data ? { ...one, busy: false, problem: null } : one}>
    ${(/** @type {One} */ data) => html`<div>
      <${Steps} desk=${desk} one=${data} set=${one.set} />
      <${WaitingList} desk=${desk} contest=${data.contest.slug} waiting=${data.waiting} again=${one.again} />
    </div>`}
  </${Shown}>`;
}

/** @param {StepProps} props */
function Steps({ desk, one, set }) {
  const d = one.drawing;
  const at = order.indexOf(d.state);
  const props = { desk, one, set };
  return html`<div>
    <p class="crumbs"><a href=${linkIn(one.contest.slug, ["drawings"])}>公开摇奖</a></p>
    <div class="head">
      <h1>${d.title}${d.round > 1 && html` <small class="soft">第 ${d.round} 次安排</small>`}</h1>
      <span class=${d.state === "published" ? "tag" : "tag plain"}>${states[d.state]}</span>
    </div>
    <p>
      ${tiersText(d)}${d.reserves > 0 && `，候补 ${d.reserves} 名`}
      。资格按 ${moment(d.counts_from)} 至 ${moment(d.counts_to)} 的成绩计算。
    </p>
    ${d.state === "cancelled" ? html`<p class="state bad">已在 ${moment(d.cancelled_at)} 公开取消：${d.reason}</p>`
      : html`<ol class="drawing-steps">
        <${Step} n=${1} title="冻结名单" done=${at >= 2}><${FreezeStep} ...${props} /></${Step}>
        <${Step} n=${2} title="录入公开号码" done=${at >= 3} later=${at < 2}><${SourceStep} ...${props} /></${Step}>
        <${Step} n=${3} title="当众摇奖" done=${at >= 4} later=${at < 3}><${DrawStep} ...${props} /></${Step}>
        <${Step} n=${4} title="公布结果" done=${at >= 5} later=${at < 4}><${PublishStep} ...${props} /></${Step}>
      </ol>`}
    ${one.winners.length > 0 && html`<${DrawnList} ...${props} />`}
    ${(d.state === "planned" ||
      (d.state === "frozen" && one.now < d.source_at && !one.entered.length)) && html`<${CancelPart} ...${props} />`}
  </div>`;
}

/** @param {{n: number, title: string, done: boolean, later?: boolean, children?: any}} props */
const Step = ({ n, title, done, later, children }) => html`<li class=${"drawing-step" +
  (done ? " done" : later ? " later" : "")}>
  <h2><span class="step-no">${done ? "✓" : n}</span>${title}</h2>
  ${!later && html`<div class="step-body">${children}</div>`}
</li>`;

/** @param {StepProps} props */
function FreezeStep({ desk, one, set }) {
  const d = one.drawing;
  const work = useWork();
  if (d.fingerprint) {
    return html`<div>
      <p class="fingerprint" aria-label="冻结指纹">${d.fingerprint}</p>
      <p>
        请当众念一遍、拍照。名单有 <b>${number(d.people)}</b> 人，<b>${number(d.entries)}</b> 个号，
        ${moment(d.frozen_at)} 冻结。<a href=${`/api/v1/drawings/${d.id}/transcript.json`} download>下载冻结记录</a>
      </p>
      ${one.excluded.length > 0 && html`<p>
        不在名单里的：${one.excluded.map((e) => `${e.reason} ${number(e.count)} 人`).join("，")}
        。人数和原因写在公开的记录里。
      </p>`}
      ${d.short > 0 && html`<p class="state note">
        名单里的人比奖品少 ${number(d.short)} 份：每人最多中一份，多出的奖品不发，留在库存里。
      </p>`}
    </div>`;
  }
  if (d.state === "freezing") {
    return html`<div role="status">
      <progress max=${Math.max(1, d.total)} value=${d.done}></progress>
      <p>正在核对资格：${number(d.done)} / ${number(d.total)} 人。可以离开这一页。</p>
    </div>`;
  }
  return html`<${BeforeFreeze} desk=${desk} one=${one} set=${set} />`;
}

/** @typedef {{player: string, nickname: string, signals: boolean, held: number}} Doubt */
/** @typedef {{looked_at: number, signals: number, held: number, total: number, players: Doubt[]}} Doubts */

/** What is to be done before a list is frozen: look for signals, see them, confirm. @param {StepProps} props */
function BeforeFreeze({ desk, one, set }) {
  const d = one.drawing;
  const early = one.now < d.counts_to;
  const doubts = useLoad(
    () => (early ? Promise.resolve(null) : desk.call("GET", `/drawings/${d.id}/doubts`, undefined, true)),
    [d.id, early],
  );
  const [looking, setLooking] = useState(false);
  const [seen, setSeen] = useState("");
  const work = useWork();
  const now = /** @type {Doubts | null} */ (doubts.data);
  const count = now ? `${now.signals} ${now.held}` : "";
  useEffect(() => {
    if (now && now.looked_at) return setLooking(false);
    if (!now || doubts.busy) return;
    const timer = setTimeout(doubts.again, looking ? 1000 : 5000); // a colleague may have begun one, too
    return () => clearTimeout(timer);
  }, [looking, doubts.busy, doubts.data]);
  const look = () =>
    work.run(async () => {
      try {
        await desk.call("POST", `/contests/${encodeURIComponent(one.contest.slug)}/signals`, {});
      } catch (problem) {
        if (/** @type {any} */ (problem).code !== "looking") throw problem; // somebody else has just begun
      }
      setLooking(true);
      if (now) doubts.set({ ...now, looked_at: 0 }); // what was found before says nothing any more
    });
  const freeze = () =>
    work.run(async () => {
      try {
        set(await desk.call("POST", `/drawings/${d.id}/freeze`, now ? { signals: now.signals, held: now.held } : {}));
      } catch (problem) {
        doubts.again();
        throw problem;
      }
    });
  return html`<div>
    ${d.problem && html`<p class="state bad">上一次没有冻结成：${d.problem}</p>`}
    <p>
      冻结后，名单、规则、密封的种子和约定的号码都不能再改，指纹马上公开。必须在 ${moment(
        d.source_at,
      )} 号码公布以前完成。
    </p>
    ${early && html`<p class="state note">计算资格的时间到 ${moment(d.counts_to)} 才结束，之后才能冻结。</p>`}
    ${now && html`<${DoubtList} of=${now} contest=${one.contest.slug} looking=${looking} />`}
    <${Oops} problem=${work.problem} />
    ${now && now.looked_at > 0 && html`<p>
      <label class="check">
        <input type="checkbox" name="seen" checked=${seen === count} onChange=${(/** @type {any} */ e) =>
            setSeen(e.target.checked ? count : "")} />
        我看过了：${number(now.signals)} 人有线索，${number(now.held)} 次答题等待查看
      </label>
    </p>`}
    ${!early && !now ? html`<${Shown} of=${doubts} />`
      : html`<p class="acts">
      <button class=${now && now.looked_at ? "btn quiet" : "btn"} disabled=${work.busy || early || looking}
        onClick=${look}>
        ${looking ? "正在检查" : now && now.looked_at ? "重新检查线索" : "检查线索"}
      </button>
      <button class="btn" disabled=${work.busy || early || !now || !now.looked_at || seen !== count} onClick=${freeze}>
        冻结名单
      </button>
    </p>`}
  </div>`;
}

/** Who would be on the list and is in doubt. @param {{of: Doubts, contest: string, looking: boolean}} props */
function DoubtList({ of, contest, looking }) {
  if (!of.looked_at)
    return html`<p class="state note" role="status">
      ${looking ? "正在检查线索，请稍候。" : "资格截止以后要先检查一遍线索，看过再冻结。名单冻结以后不再变。"}
    </p>`;
  if (!of.total)
    return html`<p role="status">
      ${moment(of.looked_at)} 检查过，可能入围的人里没有线索，也没有等待查看的答题。
    </p>`;
  return html`<div class="state note" role="status">
    <p>
      ${moment(of.looked_at)} 检查过。可能入围的人里，<b>${number(of.signals)}</b> 人有线索，
      <b>${number(of.held)}</b> 次答题等待查看。请<a href=${linkIn(contest, ["cases"])}>到“核查”页处理</a>
      ；没有问题的，结束核查后不再列出。
    </p>
    <ul class="dots">
      ${of.players.map((p) => html`<li key=${p.player}>
        <a href=${linkIn(contest, ["cases", "of", p.player])}>${p.nickname || "已退出"}</a>
        ：${[p.signals && "有线索", p.held > 0 && `${number(p.held)} 次答题等待查看`].filter(Boolean).join("，")}
      </li>`)}
    </ul>
    ${of.total > of.players.length && html`<p>另外还有 ${number(of.total - of.players.length)} 人。</p>`}
  </div>`;
}

/** @param {StepProps} props */
function SourceStep({ desk, one, set }) {
  const d = one.drawing;
  const [values, setValues] = useState(/** @type {string[]} */ ([]));
  const [mine, setMine] = useState(false);
  const work = useWork();
  if (d.sources.some((s) => s.values))
    return html`<ul class="dots">
      ${d.sources.map((s) => html`<li>${s.name}：<b class="source-values">${s.thrown}</b></li>`)}
    </ul>`;
  if (one.now < d.source_at)
    return html`<p>
      约定的号码 ${moment(d.source_at)} 公布：${d.sources.map((s) => s.name).join("，")}
      。公布后由两个人各自照着公告录入。
    </p>`;
  const entered = one.entered.indexOf(desk.me.name) >= 0;
  /** @param {Event} event */
  function send(event) {
    event.preventDefault();
    work.run(async () => {
      set(await desk.call("POST", `/drawings/${d.id}/source`, { values: d.sources.map((_, i) => values[i] || "") }));
      setMine(true);
      setValues([]);
    });
  }
  const wrong = (/** @type {number} */ i) =>
    work.problem && work.problem.field === `values[${i}]` ? work.problem.detail : "";
  return html`<form onSubmit=${send}>
    <p>
      请照着公告自己录入，不要照抄同事的。
      ${one.entered.length ? html`<b>已录入：${one.entered.join("、")}。</b>` : "还没有人录入。"}
      ${(mine || entered) && one.entered.length < 2 && html` <b>等另一个人用自己的账号录入。</b>`}
    </p>
    ${d.sources.map(
      (s, i) => html`<${Field} key=${i} label=${s.name} hint=${s.form + (s.count > 1 ? "，数字之间用空格隔开" : "")}
        wrong=${wrong(i)}>
        <${Text} name=${"source" + i} value=${values[i] || ""}
          set=${(/** @type {string} */ v) => setValues(d.sources.map((_, n) => (n === i ? v : values[n] || "")))} />
      </${Field}>`,
    )}
    ${work.problem && !work.problem.field && html`<${Oops} problem=${work.problem} />`}
    <p class="acts">
      <button class="btn" disabled=${work.busy || d.sources.some((_, i) => !(values[i] || "").trim())}>
        ${entered ? "重新录入" : "录入"}
      </button>
    </p>
  </form>`;
}

/** @param {StepProps} props */
function DrawStep({ desk, one, set }) {
  const d = one.drawing;
  const work = useWork();
  if (d.drawn_at) {
    return html`<div>
      <p>${moment(d.drawn_at)} 摇出。结果只由名单、种子和号码算出，再点也不会变。</p>
      <p class="acts">
        <a class="btn" href=${linkIn(one.contest.slug, ["screen"])}>在大屏上揭晓</a>
      </p>
    </div>`;
  }
  return html`<div>
    <p>摇奖用不了几秒。摇出后先在大屏上逐个揭晓，再公布。</p>
    <${Oops} problem=${work.problem} />
    <button class="btn" disabled=${work.busy}
      onClick=${() => work.run(async () => set(await desk.call("POST", `/drawings/${d.id}/draw`, {})))}>
      ${work.busy ? "正在计算" : "摇奖"}
    </button>
  </div>`;
}

/** @param {StepProps} props */
function PublishStep({ desk, one, set }) {
  const d = one.drawing;
  const [asking, ask] = useState(false);
  if (d.published_at) {
    return html`<div>
      <p class="fingerprint" aria-label="结果指纹">${d.seal}</p>
      <p>
        ${moment(d.published_at)} 公布。<a href=${`/api/v1/drawings/${d.id}/transcript.json`} download>下载摇奖记录</a>
        ，<a href="/verify.html" download>下载验证页</a>
      </p>
    </div>`;
  }
  return html`<div>
    <p>公布后，手机页显示打了星号的中奖名单，中奖人开始填写领奖信息，种子随记录公开。</p>
    <button class="btn" onClick=${() => ask(true)}>公布结果</button>
    ${asking && html`<${Confirm} title="公布结果" yes="公布" close=${() => ask(false)}
      act=${async () => {
        set(await desk.call("POST", `/drawings/${d.id}/publish`, {}));
        desk.tell("结果已经公布。");
      }}>
      <p>大屏揭晓结束了吗？公布后所有人都能看到结果，不能收回。</p>
    </${Confirm}>`}
  </div>`;
}

/** @param {StepProps} props */
function CancelPart({ desk, one, set }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const work = useWork();
  return html`<p class="acts cancel-part">
    <button class="btn quiet" onClick=${() => setOpen(true)}>取消这次摇奖</button>
    ${open && html`<${Dialog} title="取消这次摇奖" close=${() => setOpen(false)} first="input">
      <form onSubmit=${(/** @type {Event} */ e) => {
          e.preventDefault();
          work.run(async () =>
            set(await desk.call("POST", `/drawings/${one.drawing.id}/cancel`, { reason: reason.trim() })),
          );
        }}>
        <p>取消和原因都会公开，一直列在页面上；之后可以重新安排。</p>
        <${Field} label="原因" wrong=${work.problem && work.problem.field === "reason" ? work.problem.detail : ""}>
          <${Text} name="reason" max=${100} value=${reason} set=${setReason} />
        </${Field}>
        ${work.problem && !work.problem.field && html`<${Oops} problem=${work.problem} />`}
        <footer class="dialog-foot">
          <button type="button" class="btn quiet" onClick=${() => setOpen(false)}>先不</button>
          <button class="btn danger" disabled=${work.busy || !reason.trim()}>公开取消</button>
        </footer>
      </form>
    </${Dialog}>`}
  </p>`;
}

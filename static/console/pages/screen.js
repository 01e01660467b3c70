// The remote control of the big screens: what they show, a drawing revealed step by step, and which are connected.
import { html } from "../../html.js";
import { useEffect, useRef, useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { moment } from "../lib/moment.js";
import { Confirm, Dialog } from "../parts/dialog.js";
import { Check, Field, Text } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";
import { states } from "./drawings.js";

/** @typedef {import("../../lib/schemas").components["schemas"]["DeskScreen"]} State */
/** @typedef {{desk: import("../types").Desk, path: string, state: State, set: (state: State) => void}} Given */
/** @typedef {{view: string, subject?: string, step?: number, turns?: string[]}} Choice */

/** @type {Record<string, {name: string, hint: string}>} */
const views = {
  board: { name: "排行榜", hint: "个人和单位，各前 8 名" },
  far: { name: "大字排行榜", hint: "前 5 名，最后一排也看得清" },
  pairs: { name: "对阵", hint: "哪两个单位相遇，各有多少" },
  code: { name: "二维码", hint: "只放二维码，8 米外能扫" },
  pledge: { name: "接力墙", hint: "谁刚签了名" },
  prizes: { name: "奖品", hint: "图片和还剩多少" },
  missed: { name: "易错题", hint: "这一小时错得最多的，要连接大屏" },
};

const every = 2000; // milliseconds; somebody else may hold a remote control too

/** @param {{desk: import("../types").Desk, contest: string}} props */
export function ScreenPage({ desk, contest }) {
  const path = "/contests/" + encodeURIComponent(contest);
  const looked = useRef(false); // by the person; all further looks are the page's own
  const load = useLoad(() => {
    const alone = looked.current;
    looked.current = true;
    return desk.call("GET", path + "/screen", undefined, alone);
  }, [contest]);
  useEffect(() => {
    const timer = setInterval(load.again, every);
    return () => clearInterval(timer);
  }, [contest]);
  return html`<div>
    <h1>大屏</h1>
    <${Shown} of=${load.data ? { ...load, busy: false, problem: null } : load}>
      ${(/** @type {State} */ state) => html`<div>
        <${Now} desk=${desk} state=${state} />
        <${Views} desk=${desk} path=${path} state=${state} set=${load.set} />
        <${Drawings} desk=${desk} path=${path} state=${state} set=${load.set} />
        <${Rooms} desk=${desk} path=${path} state=${state} set=${load.set} />
        <${Screens} desk=${desk} path=${path} state=${state} set=${load.set} />
      </div>`}
    </${Shown}>
  </div>`;
}

/**
 * Changes what the screens show.
 * @param {Given} given
 */
function useShow({ desk, path, state, set }) {
  const work = useWork();
  return {
    ...work,
    /** @param {Choice} choice */
    show: ({ view, subject = "", step = 0, turns = [] }) =>
      work.run(async () =>
        set(await desk.call("PUT", path + "/screen", { seq: state.shown.seq, view, subject, step, turns })),
      ),
  };
}

/** @param {{desk: import("../types").Desk, state: State}} props */
function Now({ desk, state }) {
  const { shown } = state;
  const address = `${desk.origin}/screen/${state.contest.slug}`;
  return html`<section class="panel screen-now">
    <p>大屏正在放 <b>${nameOf(state)}</b></p>
    <p class="soft">
      ${shown.changed_at > 0 && `${shown.changed_by}，${moment(shown.changed_at)}。`}
      在会场的电脑上打开 <a class="link" href=${address} target="_blank" rel="noopener">${address}</a>
      ，按 F 键全屏。大屏自己跟着这里换，上面没有按钮。
    </p>
  </section>`;
}

/** @param {State} state */
function nameOf({ shown, drawings, rooms }) {
  if (shown.view === "turn") return "轮流：" + shown.turns.map((v) => (views[v] ? views[v].name : v)).join("、");
  if (shown.view === "drawing") {
    const d = drawings.find((one) => one.id === shown.subject);
    return "摇奖" + (d ? "：" + d.title : "");
  }
  if (shown.view === "live") {
    const r = rooms.find((one) => one.id === shown.subject);
    return "直播答题" + (r ? "：" + r.title : "");
  }
  return views[shown.view].name;
}

/** @param {Given} given */
function Views(given) {
  const { state } = given;
  const { shown } = state;
  const { busy, problem, show } = useShow(given);
  const turning = shown.view === "turn";
  const inTurn = (/** @type {string} */ v) => turning && shown.turns.includes(v);
  /** @param {string} view */
  function flip(view) {
    const turns = state.views.filter((v) => (v === view ? !inTurn(v) : inTurn(v)));
    show(turns.length ? { view: "turn", turns } : { view });
  }
  return html`<section class="panel">
    <h2>画面</h2>
    <ul class="screen-views">
      ${state.views.map(
        (view) => html`<li key=${view} class=${shown.view === view ? "on" : null}>
          <button class="screen-view" disabled=${busy} aria-pressed=${shown.view === view}
            onClick=${() => show({ view })}>
            <b>${views[view].name}</b><span>${views[view].hint}</span>
          </button>
          <${Check} on=${inTurn(view)} set=${() => flip(view)} disabled=${busy}>轮流</${Check}>
        </li>`,
      )}
    </ul>
    <p class="soft">点一个画面，大屏马上换过去；勾“轮流”的画面每 20 秒换一个。</p>
    <${Oops} problem=${problem} />
  </section>`;
}

/** @param {Given} given */
function Drawings(given) {
  const { shown, drawings } = given.state;
  const { busy, problem, show } = useShow(given);
  if (!drawings.length) return null;
  return html`<section class="panel">
    <h2>摇奖</h2>
    ${drawings.map((d) => {
      const on = shown.view === "drawing" && shown.subject === d.id;
      const step = Math.min(shown.step, d.total);
      const to = (/** @type {number} */ next) => show({ view: "drawing", subject: d.id, step: next });
      return html`<div class=${on ? "screen-led on" : "screen-led"} key=${d.id}>
        <p><b>${d.title}</b> <span class="tag plain">${states[d.state]}</span></p>
        ${on && d.total > 0 && html`<p class="screen-step">已揭晓 <b>${number(step)}</b> / ${number(d.total)}</p>`}
        <p class="acts">
          ${!on && html`<button class="btn" disabled=${busy} onClick=${() => to(0)}>放到大屏</button>`}
          ${on && d.total > 0 && html`<button class="btn" disabled=${busy || step >= d.total}
            onClick=${() => to(step + 1)}>
            揭晓下一个
          </button>`}
          ${on && d.total > 0 && html`<button class="btn quiet" disabled=${busy || !step} onClick=${() => to(step - 1)}>
            退回一个
          </button>`}
          ${on && d.total > 0 && html`<button class="btn quiet" disabled=${busy || step >= d.total}
            onClick=${() => to(d.total)}>
            全部揭晓
          </button>`}
        </p>
        ${on && d.state === "drawn" && !given.state.screens.length && html`<p class="state">
          结果还没有公布，只有连接过的大屏才显示中奖人。请在下面连接会场的大屏。
        </p>`}
      </div>`;
    })}
    <${Oops} problem=${problem} />
  </section>`;
}

/** @param {Given} given */
function Rooms(given) {
  const { shown, rooms } = given.state;
  const { busy, problem, show } = useShow(given);
  if (!rooms.length) return null;
  return html`<section class="panel">
    <h2>直播答题</h2>
    ${rooms.map((r) => {
      const on = shown.view === "live" && shown.subject === r.id;
      return html`<div class=${on ? "screen-led on" : "screen-led"} key=${r.id}>
        <p>
          <b>${r.title}</b> ${r.rehearsal && html`<span class="tag is-warned">演练</span> `}
          ${on && html`<span class="tag">在大屏上</span>`}
        </p>
        ${!on && html`<p class="acts">
          <button class="btn" disabled=${busy} onClick=${() => show({ view: "live", subject: r.id })}>放到大屏</button>
        </p>`}
        ${on && r.rehearsal && !given.state.screens.length && html`<p class="state">
          演练的画面只有连接过的大屏才显示。请在下面连接会场的大屏。
        </p>`}
      </div>`;
    })}
    <${Oops} problem=${problem} />
  </section>`;
}

/** @param {Given} given */
function Screens({ desk, path, state, set }) {
  const [pairing, pair] = useState(false);
  const [leaving, leave] = useState("");
  const work = useWork();
  return html`<section class="panel">
    <div class="head">
      <h2>连接的大屏</h2>
      <button class="btn quiet" disabled=${work.busy}
        onClick=${() =>
          work.run(async () => {
            set(await desk.call("POST", path + "/screen/pairing", {}));
            pair(true);
          })}>
        连接一块大屏
      </button>
    </div>
    <p class="soft">公开的画面不用连接。还没有公布的中奖人、直播答题的演练，只在连接过的大屏上显示；连接 7 天有效。</p>
    ${state.screens.length > 0 && html`<ul class="screen-list">
      ${state.screens.map(
        (s) => html`<li key=${s.id}>
          <span>${s.by} ${moment(s.at)} 连接，${state.now - s.seen < 90000 ? "正开着" : "最后一次见到 " + moment(s.seen)}</span>
          <button class="link" onClick=${() => leave(s.id)}>断开</button>
        </li>`,
      )}
    </ul>`}
    <${Oops} problem=${work.problem} />
    ${pairing && html`<${PairDialog} desk=${desk} path=${path} close=${() => {
        pair(false);
        work.run(async () => set(await desk.call("DELETE", path + "/screen/pairing")));
      }}
      done=${(/** @type {State} */ next) => {
        pair(false);
        set(next);
        desk.tell("大屏已经连接。");
      }} />`}
    ${leaving && html`<${Confirm} title="断开这块大屏" yes="断开" close=${() => leave("")}
      act=${async () => set(await desk.call("DELETE", `${path}/screens/${leaving}`))}>
      <p>断开后，它只显示公开的内容。</p>
    </${Confirm}>`}
  </section>`;
}

/**
 * @param {{desk: import("../types").Desk, path: string, close: () => void, done: (state: State) => void}} props
 */
function PairDialog({ desk, path, close, done }) {
  const [code, setCode] = useState("");
  const work = useWork();
  const digits = code.replace(/\D/g, "");
  return html`<${Dialog} title="连接一块大屏" close=${close} first="input">
    <form onSubmit=${(/** @type {Event} */ e) => {
        e.preventDefault();
        work.run(async () => done(await desk.call("POST", path + "/screens", { code: digits })));
      }}>
      <${Field} label="大屏右下角的六位数字" hint="只输入会场大屏上的，5 分钟内有效">
        <${Text} name="code" max=${9} value=${code} set=${setCode} />
      </${Field}>
      <${Oops} problem=${work.problem} />
      <footer class="dialog-foot">
        <button type="button" class="btn quiet" onClick=${close}>先不</button>
        <button class="btn" disabled=${work.busy || digits.length !== 6}>连接</button>
      </footer>
    </form>
  </${Dialog}>`;
}

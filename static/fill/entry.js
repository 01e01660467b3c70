// One report of a unit: its numbers, a note, its pictures.
import { html } from "../html.js";
import { useState } from "../vendor/hooks.js";
import { dateTime } from "../lib/format.js";
import { say } from "../lib/problems.js";
import { localStore, newStore } from "../lib/store.js";
import { Shots } from "./shots.js";

/** @typedef {import("../lib/schemas").components["schemas"]["Fill"]} Fill */
/** @typedef {import("./shots.js").Shot} Shot */
/** @typedef {{base: number, values: Record<string, string>, note: string, shots: Shot[]}} Draft base: revision */

const store = newStore(localStore());

/** What was reported, as it can be changed. @param {Fill["periods"][number]["report"]} report @returns {Draft} */
const draftOf = (report) => ({
  base: report ? report.revision : 0,
  values: (report ? report.figures : []).reduce((all, f) => ({ ...all, [f.title]: String(f.value) }), {}),
  note: report ? report.note : "",
  shots: report ? report.pictures.map((p) => ({ ...p, day: String(p.day) })) : [],
});

/**
 * The numbers as they are sent; names the first that is none.
 * @param {Fill} fill @param {Draft} draft @returns {{figures: {title: string, value: number}[], wrong: string}}
 */
export function figuresOf(fill, draft) {
  let wrong = "";
  const figures = fill.items.map(({ title }) => {
    const typed = (draft.values[title] || "").normalize("NFKC").replace(/[\s,，]/g, "");
    if (!/^\d{1,12}$/.test(typed) && !wrong) {
      wrong = typed ? `“${title}”请填整数，不能有小数、负号或文字` : `“${title}”还没有填，没有就填 0`;
    }
    return { title, value: Number(typed) };
  });
  return { figures, wrong };
}

/**
 * @param {{token: string, fill: Fill, period: Fill["periods"][number], call: import("../lib/api.js").Call,
 *   clock: {now(): number}, done: (fill: Fill) => void, again: () => Promise<void>}} props
 */
export function Entry({ token, fill, period, call, clock, done, again }) {
  const kept = "fill " + token.slice(0, 8) + " " + period.due_at;
  const { report } = period;
  const [draft, setDraft] = useState(/** @type {Draft} */ (store.read(kept) || draftOf(report)));
  const [said, setSaid] = useState({ bad: "", good: "", odd: false });
  const [busy, setBusy] = useState(false);
  /** @param {(was: Draft) => Draft} how */
  const update = (how) =>
    setDraft((was) => {
      const next = how(was);
      store.write(kept, next);
      return next;
    });
  /** @param {Partial<Draft>} more */
  const change = (more) => {
    update((was) => ({ ...was, ...more }));
    setSaid({ bad: "", good: "", odd: false });
  };
  /** What somebody else of the unit reported stands instead of what was typed here. */
  const takeOther = () => {
    store.write(kept, null);
    setDraft(draftOf(report));
    setSaid({ bad: "", good: "", odd: false });
  };
  /** @param {boolean} sure */
  async function send(sure) {
    const { figures, wrong } = figuresOf(fill, draft);
    if (wrong) return setSaid({ bad: wrong, good: "", odd: false });
    setBusy(true);
    try {
      const pictures = draft.shots.map((s) => ({ id: s.id, text: s.text, at: s.at, day: Number(s.day) || 0 }));
      const body = { token, due_at: period.due_at, revision: draft.base, figures, note: draft.note, pictures, sure };
      done(await call("POST", "/fill/report", body, 30000));
      store.write(kept, null);
      setDraft((was) => ({ ...was, base: was.base + 1 }));
      setSaid({ bad: "", good: "报上了，谢谢。要改的话，改好再报一次。", odd: false });
    } catch (/** @type {any} */ bad) {
      if (bad.code === "fill_stale") await again().catch(() => null);
      setSaid({ bad: say(bad), good: "", odd: bad.code === "fill_odd" });
    }
    setBusy(false);
  }
  const late = clock.now() > period.due_at;
  return html`<div>
    <p class=${report ? "state good" : late ? "state bad" : "state"}>
      ${report ? `第 ${report.revision} 次上报，${dateTime(report.reported_at)}${report.late ? "，迟报" : ""}。`
        : `请在 ${dateTime(period.due_at)} 前报。${late ? "已经过了时间，请尽快补报。" : ""}`}
    </p>
    ${report && draft.base !== report.revision && html`<div class="state bad" role="alert">
      <p>本单位有人又报过一次，下面是您填了一半的。</p>
      <button class="quiet" onClick=${takeOther}>看新报的</button>${" "}
      <button class="quiet" onClick=${() => change({ base: report.revision })}>接着用我填的</button>
    </div>`}
    <h2>数字</h2>
    <p class="soft">
      只填本单位${period.begins_at ? ` ${dateTime(period.begins_at)} 以后` : ""}新发生的，不含下属单位。没有就填 0。
    </p>
    ${fill.items.map(({ title, measure }) => html`<label class="number">
      <span>${title}</span>
      <input class="input" inputmode="numeric" autocomplete="off" name=${title} value=${draft.values[title] || ""}
        onInput=${(/** @type {any} */ e) => change({ values: { ...draft.values, [title]: e.target.value } })} />
      <i>${measure}</i>
    </label>`)}
    <h2>图片</h2>
    <${Shots} token=${token} due=${period.due_at} most=${fill.most_pictures} shots=${draft.shots} call=${call}
      set=${(/** @type {(was: Shot[]) => Shot[]} */ how) => update((was) => ({ ...was, shots: how(was.shots) }))} />
    <h2>说明</h2>
    <label>
      <span class="soft">可以不填，最多 300 个字</span>
      <textarea class="input" rows="3" name="note" value=${draft.note}
        onInput=${(/** @type {any} */ e) => change({ note: e.target.value })}></textarea>
    </label>
    <div aria-live="polite">
      ${said.bad && html`<p class="state bad" role="alert">${said.bad}</p>`}
      ${said.good && html`<p class="state good">${said.good}</p>`}
    </div>
    <div class="acts">
      <button class="main" disabled=${busy} onClick=${() => send(said.odd)}>
        ${busy ? "正在上报" : said.odd ? "没有错，就这样报" : report ? "改好了，再报一次" : "上报"}
      </button>
    </div>
    <p class="soft">填了一半可以关掉，同一台手机再打开还在。照片里的位置和手机型号会去掉。</p>
  </div>`;
}

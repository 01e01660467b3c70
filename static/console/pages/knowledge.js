// What people know: how questions work, what of each topic is known, and what most have wrong.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { download } from "../lib/download.js";
import { draftPractice } from "../lib/practice.js";
import { go, link } from "../lib/route.js";
import { Bars } from "../parts/chart.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";
import { factPicture } from "./factpicture.js";

/** @typedef {import("../../lib/schemas").components["schemas"]["Knowledge"]} Knowledge */
/** @typedef {Knowledge["items"][number]} Item @typedef {Knowledge["topics"][number]} Topic */
/** @typedef {Knowledge["facts"][number]} Fact */

/** @param {number} part */
const percent = (part) => (100 * part).toFixed(1) + "%";

/** @param {{desk: import("../types").Desk, contest: string}} props */
export function KnowledgePage({ desk, contest }) {
  const loaded = useLoad(() => desk.call("GET", `/contests/${contest}/knowledge`), [contest]);
  return html`<div>
    <div class="head"><h1>大家知道什么</h1></div>
    <${Shown} of=${loaded}>
      ${(/** @type {Knowledge} */ k) =>
        k.people
          ? html`<p class="soft">
                ${number(k.people)} 人。每道题只算一个人第一次遇到时的回答；
                ${`答的人不到 ${k.least} 的题、不到 ${k.small} 人的一组都不显示。`}
              </p>
              <${Facts} desk=${desk} contest=${contest} facts=${k.facts} />
              <${Topics} topics=${k.topics} />
              <${Items} k=${k} />`
          : html`<p class="soft">还没有人答题。</p>`}
    </${Shown}>
  </div>`;
}

/** What to publish of a fact. @param {Fact} f */
export const told = (f) =>
  `${f.stem}\n正确答案：${f.answer}\n${f.explanation}${f.source ? `\n依据：${f.source}` : ""}\n（${percent(f.wrong)}的人第一次答错了）`;

/** @param {{desk: import("../types").Desk, contest: string, facts: Fact[]}} props */
function Facts({ desk, contest, facts }) {
  const work = useWork();
  const practise = () =>
    work.run(async () => {
      const draft = await draftPractice(desk, contest, facts);
      desk.tell("练习关写在草稿里，看过以后再发布。");
      go(["contests", "+" + draft]);
    });
  const [copied, setCopied] = useState(-1);
  /** @param {number} at */
  const copy = async (at) => {
    await navigator.clipboard.writeText(told(facts[at]));
    setCopied(at);
  };
  /** @param {number} at */
  const picture = (at) =>
    work.run(async () => {
      /** @type {{choices: {slug: string, title: string}[]}} */
      const { choices } = await desk.call("GET", "/choices");
      const own = choices.find((c) => c.slug === contest);
      download(await factPicture(facts[at], percent(facts[at].wrong), own ? own.title : ""), `易错题${at + 1}.png`);
    });
  return html`<section class="card">
    <h2>多数人答错的知识</h2>
    <${Oops} problem=${work.problem} />
    ${facts.length
      ? html`<ol class="know-facts">
          ${facts.map(
            (f, at) => html`<li key=${f.stem}>
              <p><b>${f.stem}</b> <small>${percent(f.wrong)} 答错</small></p>
              <p>正确答案：${f.answer}</p>
              <p class="soft">${f.explanation} ${f.source}</p>
              <button class="link" onClick=${() => copy(at)}>${copied === at ? "已复制" : "复制宣传文字"}</button>${" "}
              <button class="link" disabled=${work.busy} onClick=${() => picture(at)}>存成宣传图</button>
            </li>`,
          )}
        </ol>
        ${desk.may("contest.edit") &&
        html`<p>
            <button class="btn quiet" disabled=${work.busy} onClick=${practise}>
              ${work.busy ? "请稍等" : `用这 ${facts.length} 道题做成练习关`}
            </button>
          </p>
          <p class="soft">先写进活动的草稿，不会直接公开。练习关不计成绩，没有奖励。</p>`}`
      : html`<p class="soft">没有哪道题多数人都答错。</p>`}
  </section>`;
}

/** @param {{topics: Topic[]}} props */
function Topics({ topics }) {
  const all = topics.filter((t) => t.by === "").sort((a, b) => a.share - b.share);
  const again = all.filter((t) => t.again >= 30);
  return html`<div class="cards">
      <section class="card">
        <h2>各知识点</h2>
        <${Bars} title="第一次遇到就答对的比例" bars=${all.map((t) => ({
          name: t.topic,
          part: t.share,
          figure: `${percent(t.share)}（${percent(t.low)}–${percent(t.high)}）`,
        }))} />
      </section>
      ${again.length > 0 &&
      html`<section class="card">
        <h2>再遇到同一题时</h2>
        <table>
          <thead><tr><th>知识点</th><th class="n">第一次</th><th class="n">最近一次</th></tr></thead>
          <tbody>
            ${again.map(
              (t) => html`<tr>
                <td>${t.topic}</td>
                <td class="n">${percent(t.again_first / t.again)}</td>
                <td class="n">${percent(t.again_last / t.again)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
        <p class="soft">同一些人、同一些题，所以可以直接相比。</p>
      </section>`}
    </div>
    ${[["unit", "单位"], ["division", "组别"], ["audience", "五进对象"], ["week", "每周（周一起）"]].map(
      ([by, name]) => html`<${Heat} key=${by} name=${name} topics=${topics.filter((t) => t.by === by)} />`,
    )}`;
}

/** A table of topics by groups; the darker, the less is known. @param {{name: string, topics: Topic[]}} props */
function Heat({ name, topics }) {
  if (!topics.length) return null;
  const rows = [...new Set(topics.map((t) => t.topic))];
  const columns = [...new Set(topics.map((t) => t.name))];
  return html`<section class="card">
    <h2>知识点 × ${name}</h2>
    <div class="scroll">
      <table class="rows know-heat">
        <thead><tr><th>知识点</th>${columns.map((c) => html`<th class="n">${c}</th>`)}</tr></thead>
        <tbody>
          ${rows.map(
            (row) => html`<tr key=${row}>
              <td>${row}</td>
              ${columns.map((column) => {
                const t = topics.find((x) => x.topic === row && x.name === column);
                if (!t) return html`<td class="n soft">—</td>`;
                const known = t.share < 0.6 ? "know-low" : t.share < 0.8 ? "know-middle" : "know-high";
                return html`<td class=${"n " + known} title=${`${number(t.people)} 人`}>${percent(t.share)}</td>`;
              })}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

/** @param {{k: Knowledge}} props */
const Items = ({ k }) => html`<section class="card">
  <h2>每道题<small>共 ${number(k.questions)} 道可以分析，另有 ${number(k.few)} 道答的人太少</small></h2>
  <p class="soft">区分度：答对这一题与其余题答得好坏的相关，0.4 以上很好，0.2 以下要看看，负的先核对答案。</p>
  ${k.papers.map(
    (p) => html`<p key=${p.title}>
      “${p.title}”每人同卷：${number(p.people)} 人答完，信度 α ${p.alpha.toFixed(2)}，得分的标准误差 ${p.error.toFixed(1)} 题。
    </p>`,
  )}
  ${!k.papers.length && html`<p class="soft">信度 α 只对每人同卷的关卡有意义，这里不适用。</p>`}
  <ul class="know-items">${k.items.map((i) => html`<${Line} key=${i.bank + i.id} item=${i} />`)}</ul>
</section>`;

/** @param {{item: Item}} props */
const Line = ({ item: i }) => html`<li>
  <p><a class="link" href=${link(["banks", i.bank, "questions", i.id])}>${i.stem}</a></p>
  <p class="soft">
    ${number(i.answers)} 人，答对 ${percent(i.facility)} ± ${percent(i.error)}，区分度
    ${" "}${i.discrimination === null ? "—" : i.discrimination.toFixed(2)}，平均 ${(i.mean_ms / 1000).toFixed(1)} 秒
  </p>
  ${i.advice.map((a) => html`<p class="know-advice" key=${a.text}>${a.text}</p>`)}
  ${i.options.length > 0 &&
  html`<details>
    <summary>各选项</summary>
    <div class="scroll">
      <table class="rows">
        <thead><tr><th>选项</th><th class="n">后 27%</th><th class="n">中间</th><th class="n">前 27%</th></tr></thead>
        <tbody>
          ${i.options.map(
            (o) => html`<tr>
              <td>${o.right ? "✓ " : ""}${o.text}</td>
              <td class="n">${number(o.weak)}</td>
              <td class="n">${number(o.middle)}</td>
              <td class="n">${number(o.good)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`}
</li>`;

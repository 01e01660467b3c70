// The questions of a bank: found by text, topic, kind, difficulty and audience, some at a time; chosen ones are set at
// once.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { go, link, parseRoute } from "../lib/route.js";
import { audiences, difficulties } from "../lib/words.js";
import { Check, Pager, Select, Text } from "../parts/field.js";
import { Dialog } from "../parts/dialog.js";
import { Shown, useLoad } from "../parts/load.js";
import { PlayerView } from "../parts/playerview.js";
import { QuestionCard } from "../parts/questioncard.js";
import { MarkDialog, PasteDialog } from "./mark.js";

const size = 20;

/** @typedef {import("../types").Question} Question */

/**
 * @param {{desk: import("../types").Desk, page: import("../types").BankPage, query: Record<string, string>, changed:
 *   () => void}} props
 */
export function QuestionSearch({ desk, page, query, changed }) {
  const from = Number(query.from) || 1;
  const asked = ["q", "topic", "main_topic", "kind", "difficulty", "audience"]
    .filter((k) => query[k])
    .map((k) => "&" + k + "=" + encodeURIComponent(query[k]))
    .join("");
  const path = "/banks/" + encodeURIComponent(page.name);
  const found = useLoad(
    () => desk.call("GET", `${path}/questions?from=${from}&size=${size}${asked}`),
    [page.version, from, asked],
  );
  const [text, setText] = useState(query.q || "");
  const [picked, setPicked] = useState(/** @type {string[]} */ ([])); // ids
  const [marking, setMarking] = useState(/** @type {import("./mark.js").Chosen | null} */ (null));
  const [pasting, setPasting] = useState(false);
  const may = desk.may("bank.edit");
  const [viewed, setViewed] = useState(/** @type {Question | null} */ (null));
  /**
   * Reads the address anew: a pause in typing may end after another filter was set.
   * @param {Record<string, string | number>} change
   */
  const put = (change) => go(["banks", page.name], { ...parseRoute(location.hash).query, from: 0, ...change });
  useEffect(() => {
    if (text.trim() === (query.q || "")) return;
    const timer = setTimeout(() => put({ q: text.trim() }), 350); // a pause in typing
    return () => clearTimeout(timer);
  }, [text]);
  const topics = page.coverage.map((c) => c.topic).filter((t, i, all) => all.indexOf(t) === i);
  const narrowed = !!asked;
  /** @param {string} id */
  const has = (id) => picked.indexOf(id) >= 0;
  return html`<div>
    <div class="filters" role="search">
      <${Text} type="search" name="q" label="在题目里找字" placeholder="在题干、选项、解析、依据、编号里找"
        value=${text} set=${setText} />
      <${Select} label="知识点" name="topic" value=${query.main_topic || query.topic || ""}
        options=${[["", "全部知识点"]].concat(topics.map((t) => [t, t]))}
        set=${(/** @type {string} */ topic) => put({ topic, main_topic: "" })} />
      <${Select} label="题型" name="kind" value=${query.kind || ""}
        options=${[["", "全部题型"]].concat(page.kinds.map((k) => [k.kind, k.name]))}
        set=${(/** @type {string} */ kind) => put({ kind })} />
      <${Select} label="难度" name="difficulty" value=${query.difficulty || ""}
        options=${[["", "全部难度"], ...[1, 2, 3, 4, 5].map((n) => [n, "难度 " + difficulties[n]])]}
        set=${(/** @type {string} */ difficulty) => put({ difficulty })} />
      <${Select} label="适用对象" name="audience" value=${query.audience || ""}
        options=${[["", "全部对象"], ["没有写", "没有写对象"], ...audiences.map((a) => [a, a])]}
        set=${(/** @type {string} */ audience) => put({ audience })} />
      ${narrowed && html`<button class="btn quiet"
        onClick=${() => {
          setText("");
          go(["banks", page.name]);
        }}>
        清除
      </button>`}
    </div>
    <${Shown} of=${found}>
      ${(/** @type {{total: number, questions: Question[]}} */ data) => html`<p class="soft found" role="status">
        ${narrowed ? `找到 ${data.total} 道` : `共 ${data.total} 道`}${query.main_topic ? "，只算主要知识点" : ""}
      </p>
      ${may && data.total > 0 && html`<p class="picked-bar acts">
        ${picked.length > 0 ? html`<b>选了 ${picked.length} 道</b>
          <button class="btn small"
            onClick=${() => setMarking({ base: page.version, ids: picked, count: picked.length, asked: "" })}>
            设置对象、知识点、难度
          </button>
          <button class="btn quiet small" onClick=${() => setPicked([])}>不选了</button>`
          : html`<button class="btn quiet small"
            onClick=${() => setMarking({ base: page.version, ids: [], count: data.total, asked })}>
            ${narrowed ? `给找到的 ${data.total} 道` : `给全部 ${data.total} 道`}设置对象、知识点、难度
          </button>`}
        <button class="btn quiet small"
          onClick=${() => setPicked(picked.concat(data.questions.map((q) => q.id).filter((id) => !has(id))))}>
          选这一页
        </button>
        <button class="btn quiet small" onClick=${() => setPasting(true)}>按编号选</button>
      </p>`}
      <div class="stack">
        ${data.questions.map(
          (q) => html`<${QuestionCard} key=${q.id} question=${q}>
            <span class="acts">
              ${may && html`<${Check} name="picked" on=${has(q.id)}
                set=${(/** @type {boolean} */ on) =>
                  setPicked(on ? picked.concat(q.id) : picked.filter((id) => id !== q.id))}>
                选
              </${Check}>`}
              ${!q.hidden && html`<button class="btn quiet small" onClick=${() => setViewed(q)}>
                参赛者看到的样子
              </button>`}
              ${may && html`<a class="btn quiet small"
                href=${link(["banks", page.name, "questions", q.id])}>
                更正或作废
              </a>`}
            </span>
          </${QuestionCard}>`,
        )}
      </div>
      ${!data.total && html`<p class="state note">没有找到。换几个字，或清除条件。</p>`}
      <${Pager} from=${from} size=${size} total=${data.total}
        go=${(/** @type {number} */ n) => {
          put({ from: n });
          scrollTo(0, 0);
        }} />`}
    </${Shown}>
    ${marking && html`<${MarkDialog} desk=${desk} bank=${page.name} chosen=${marking} close=${() => setMarking(null)}
      done=${(/** @type {number} */ version, /** @type {number} */ n) => {
        setMarking(null);
        setPicked([]);
        desk.tell(`设置了 ${n} 道题，题库现在是第 ${version} 版。`);
        changed();
      }} />`}
    ${pasting && html`<${PasteDialog} close=${() => setPasting(false)}
      choose=${(/** @type {string[]} */ ids) => {
        setPicked(picked.concat(ids.filter((id) => !has(id))));
        setPasting(false);
      }} />`}
    ${viewed && html`<${Dialog} title="参赛者看到的样子" close=${() => setViewed(null)}>
      <${PlayerView} question=${viewed} />
    </${Dialog}>`}
  </div>`;
}

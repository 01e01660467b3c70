// The questions of a draft, a page at a time: a file of 50,000 rows opens as fast as one of ten.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { answerText } from "../lib/form.js";
import { kindNames } from "../lib/words.js";
import { Dialog } from "../parts/dialog.js";
import { Text } from "../parts/field.js";
import { Shown, useLoad } from "../parts/load.js";
import { PlayerView } from "../parts/playerview.js";
import { Problems } from "../parts/problems.js";
import { MendDialog } from "./mend.js";

/** @typedef {import("../types").Row} Row @typedef {import("../types").Draft} Draft */

const size = 25;

/**
 * @param {{desk: import("../types").Desk, draft: Draft, state: string, code: string, recount: () => void, clear: () =>
 *   void}} props
 */
export function DraftRows({ desk, draft, state, code, recount, clear }) {
  const [way, setWay] = useState([0]); // where each page before this one began
  const after = way[way.length - 1];
  const rows = useLoad(
    () =>
      desk.call(
        "GET",
        `/drafts/${draft.id}/rows?after=${after}&size=${size}` +
          (state ? "&state=" + state : "") +
          (code ? "&code=" + code : ""),
      ),
    [after, state, code],
  );
  const [mending, setMending] = useState(/** @type {Row | null} */ (null));
  const [viewing, setViewing] = useState(/** @type {Row | null} */ (null));
  const [jump, setJump] = useState("");
  const [mended, setMended] = useState(0); // counts rows that were mended since the counts were made
  const editable = draft.state === "ready";
  useEffect(() => {
    if (rows.data && rows.data.rows.length === 0 && way.length > 1) setWay(way.slice(0, -1));
  }, [rows.data]);

  /** @param {Row} row */
  function put(row) {
    if (rows.data)
      rows.set({ rows: rows.data.rows.map((/** @type {Row} */ r) => (r.ordinal === row.ordinal ? row : r)) });
    setMended(mended + 1);
  }
  /** The next row that is not accepted yet, here or further down. @param {Row} from */
  async function next(from) {
    const here = rows.data.rows.find((/** @type {Row} */ r) => r.ordinal > from.ordinal && !r.accepted);
    if (here) return setMending(here);
    const got = await desk.call(
      "GET",
      `/drafts/${draft.id}/rows?after=${from.ordinal}&size=1&state=rejected${code ? "&code=" + code : ""}`,
    );
    if (got.rows.length) return setMending(got.rows[0]);
    desk.tell("后面没有要改的题目了。");
    closeMend();
  }
  function closeMend() {
    setMending(null);
    if (!mended) return;
    setMended(0);
    recount();
    rows.again();
  }
  /** @param {Event} event */
  function jumpTo(event) {
    event.preventDefault();
    const n = Math.floor(Number(jump));
    if (n >= 1) setWay(way.concat(Math.min(n, draft.found) - 1));
  }
  return html`<section class="draft-rows">
    <div class="rows-head">
      <h2>
        题目
        ${code && html`<small class="soft">
          ：只看一种问题 <button class="link" onClick=${clear}>看全部</button>
        </small>`}
      </h2>
      <form class="row" onSubmit=${jumpTo}>
        <label class="row">
          跳到第 <span class="jump"><${Text} name="jump" label="第几道题" value=${jump} set=${setJump} /></span> 道
        </label>
        <button class="btn quiet small">跳</button>
      </form>
    </div>
    <${Shown} of=${rows}>
      ${(/** @type {{rows: Row[]}} */ data) => html`<ul class="draft-list">
        ${data.rows.map(
          (row) => html`<${RowItem} key=${row.ordinal} row=${row} editable=${editable} mend=${() => setMending(row)}
            view=${() => setViewing(row)} />`,
        )}
      </ul>
      ${!data.rows.length && html`<p class="state note">没有这样的题目。</p>`}
      <nav class="pager" aria-label="翻页">
        <button class="btn quiet" disabled=${way.length < 2} onClick=${() => setWay(way.slice(0, -1))}>上一页</button>
        ${data.rows.length > 0 && html`<span>
          第 ${number(data.rows[0].ordinal)}–
          ${number(data.rows[data.rows.length - 1].ordinal)} 道，文件共 ${number(draft.found)} 道
        </span>`}
        <button class="btn quiet" disabled=${data.rows.length < size}
          onClick=${() => setWay(way.concat(data.rows[data.rows.length - 1].ordinal))}>
          下一页
        </button>
      </nav>`}
    </${Shown}>
    ${mending && html`<${MendDialog} key=${mending.ordinal} desk=${desk} draft=${draft.id} row=${mending} put=${put}
      next=${next} close=${closeMend} />`}
    ${viewing && html`<${Dialog} title=${`第 ${viewing.ordinal} 道：参赛者看到的样子`} close=${() => setViewing(null)}>
      <${PlayerView} question=${viewing.question} />
    </${Dialog}>`}
  </section>`;
}

/** @param {{row: Row, editable: boolean, mend: () => void, view: () => void}} props */
const RowItem = ({ row, editable, mend, view }) => {
  const q = row.question;
  const how = row.accepted ? (row.problems.length ? "warned" : "accepted") : "rejected";
  return html`<li class=${"draft-row " + how}>
    <p class="draft-at">
      <b>第 ${row.ordinal} 道</b>
      ${row.line > 0 && html`<small class="soft">文件第 ${row.line} 行</small>`}
      <span class=${"tag is-" + how}>${row.accepted ? (row.problems.length ? "通过，有提醒" : "通过") : "未通过"}</span>
    </p>
    <div class="draft-what">
      <p class="draft-stem">${q.stem || html`<em class="soft">（没有题干）</em>`}</p>
      <p class="soft draft-short">
        ${kindNames[q.kind] || "题型不明"}
        ${q.options && q.options.length
          ? " · " + q.options.map((o, i) => String.fromCharCode(65 + i) + " " + o).join("　")
          : ""} · 答案 ${answerText(q) || "（没有）"}
      </p>
      <${Problems} problems=${row.problems} />
    </div>
    <p class="draft-acts">
      ${editable && html`<button class=${row.accepted ? "btn quiet small" : "btn small"} onClick=${mend}>改</button>`}
      <button class="btn quiet small" onClick=${view}>预览</button>
    </p>
  </li>`;
};

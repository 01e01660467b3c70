// What staff did, newest first. Nothing here can be changed or taken out.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { day, time } from "../../lib/format.js";
import { actions } from "../lib/words.js";
import { parse } from "../../lib/api.js";
import { Select, Text } from "../parts/field.js";
import { Failed, Oops, useWork } from "../parts/load.js";

/** @typedef {import("../types").LogEntry} LogEntry */

/** @type {Record<string, string>} */
const detailNames = {
  version: "版本",
  found: "读到",
  accepted: "通过",
  added: "新增",
  changed: "修改",
  removed: "移除",
  note: "说明",
  reason: "原因",
  role: "角色",
  name: "姓名",
  disabled: "停用",
  undone: "撤销的版本",
  reports: "反馈条数",
  renamed: "改名",
  moved: "换上级",
  unit: "单位",
  units: "单位数",
  honours: "奖项数",
  player: "参赛者",
  allowed: "允许使用",
  proposed_by: "提议人",
  contest: "活动",
  until: "期限",
  place: "名次",
  body: "内容",
  values: "号码",
};
/** @type {Record<string, string>} */
const roleNames = {
  owner: "负责人",
  organizer: "组织者",
  host: "主持人",
  prizes: "奖品管理员",
  payouts: "发放员",
  booth: "领奖点",
  viewer: "查看者",
};

/** @param {any} value */
const plainly = (value) => (value && typeof value === "object" ? JSON.stringify(value) : value);

/** @param {LogEntry} entry */
function detail(entry) {
  const said = parse(entry.detail) || {};
  return Object.keys(said)
    .filter((k) => said[k] !== "")
    .map((k) => {
      const value = said[k];
      return (
        (detailNames[k] || k) +
        " " +
        (k === "role" ? roleNames[value] || value : typeof value === "boolean" ? (value ? "是" : "否") : plainly(value))
      );
    })
    .join("，");
}

/** @param {{desk: import("../types").Desk}} props */
export function AuditPage({ desk }) {
  const [entries, setEntries] = useState(/** @type {LogEntry[]} */ ([]));
  const [more, setMore] = useState(true);
  const [text, setText] = useState("");
  const [action, setAction] = useState("");
  const work = useWork();
  const load = () =>
    work.run(async () => {
      const last = entries[entries.length - 1];
      const got = (await desk.call("GET", "/audit" + (last ? "?before=" + last.seq : ""))).entries;
      setEntries(entries.concat(got));
      setMore(got.length === 100);
    });
  useEffect(() => {
    load();
  }, []);
  const words = (/** @type {LogEntry} */ e) =>
    [e.name, e.login, e.subject, detail(e), actions[e.action] || e.action].join(" ");
  const shown = entries.filter(
    (e) => (!action || e.action === action) && (!text.trim() || words(e).indexOf(text.trim()) >= 0),
  );
  const kinds = entries.map((e) => e.action).filter((a, i, all) => all.indexOf(a) === i);
  if (!entries.length)
    return html`<div>
      <h1>操作日志</h1>
      ${work.problem ? html`<${Failed} problem=${work.problem} again=${load} />`
        : html`<p class="soft loading">正在读取</p>`}
    </div>`;
  return html`<div>
    <h1>操作日志</h1>
    <p class="soft">谁在什么时候做了什么。只能添加，不能修改，每一条都用带密钥的校验码连着前一条，程序每天核对。</p>
    <div class="filters">
      <${Text} type="search" name="q" label="在日志里找字"
        placeholder="在已列出的 ${entries.length} 条里找：姓名、题库、题目编号、原因" value=${text} set=${setText} />
      <${Select} label="哪种操作" value=${action} set=${setAction}
        options=${[["", "全部操作"]].concat(kinds.map((k) => [k, actions[k] || k]))} />
    </div>
    <div class="scroll">
      <table class="rows log">
        <thead>
          <tr><th class="n">序号</th><th>时间</th><th>谁</th><th>做了什么</th><th>对象</th><th>详情</th></tr>
        </thead>
        <tbody>
          ${shown.map(
            (e) => html`<tr key=${e.seq}>
              <td class="n soft" data-name="第">${e.seq}</td>
              <td class="when">${day(e.at)} ${time(e.at)}</td>
              <td>
                ${e.name}${e.login && html` <small class="soft" title=${"账号编号 " + e.staff}>${e.login}</small>`}
              </td>
              <td>${actions[e.action] || e.action}</td>
              <td>${e.subject}</td>
              <td>${detail(e)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${!shown.length && html`<p class="state note">已列出的记录里没有。</p>`}
    <${Oops} problem=${work.problem} />
    ${more ? html`<p class="more">
      <button class="btn quiet" disabled=${work.busy} onClick=${load}>
        ${work.busy ? "正在读取" : "再看 100 条更早的"}
      </button>
    </p>`
      : html`<p class="soft more">到头了，共 ${entries.length} 条。</p>`}
  </div>`;
}

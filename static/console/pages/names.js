// Names that the public reads: looking at them, hiding one everywhere, taking that back; the words none may hold.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { linkIn } from "../lib/contests.js";
import { Check, Select, Text } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";
import { NamesTeams } from "./namesteams.js";
import { NamesWords } from "./nameswords.js";

/** @typedef {import("../types").PublicName} PublicName */
/** @typedef {{names: PublicName[], older: string, review: boolean, waiting: number, withheld: number}} List */
/** @typedef {"waiting" | "withheld" | "all" | "words" | "teams"} Tab */

const reasons = [
  "不适合公开显示",
  "不文明",
  "冒充单位、职务或管理人员",
  "用了领导人的名字",
  "广告或联系方式",
  "透露个人信息",
].map((text) => [text, text]);

/** @type {Record<PublicName["state"], string>} */
const states = { "": "没人看过", approved: "已通过", unfit: "含有不能用的词", hidden: "已隐藏", waiting: "隐藏后新取的" };

/** @param {{desk: import("../types").Desk, contest: string, tab: string}} props */
export function NamesPage({ desk, contest, tab }) {
  const path = `/contests/${encodeURIComponent(contest)}/names`;
  const which = tab === "withheld" || tab === "all" || tab === "words" || tab === "teams" ? tab : "waiting";
  const [text, setText] = useState("");
  const [name, setName] = useState("");
  const [before, setBefore] = useState("");
  const query = new URLSearchParams();
  if (name) query.set("name", name);
  if (before) query.set("before", before);
  if (which === "waiting" || which === "withheld") query.set("which", which);
  const list = useLoad(() => desk.call("GET", `${path}?${query}`), [path, `${query}`]);
  useEffect(() => setBefore(""), [which, name]);
  useEffect(() => {
    const typed = setTimeout(() => setName(text.trim()), 300);
    return () => clearTimeout(typed);
  }, [text]);
  return html`<div>
    <h1>名字</h1>
    <p class="soft">昵称和签名会显示在排行榜、大屏幕、接力墙和中奖名单上。隐藏以后，这些地方都显示“网友”加四位数字。</p>
    <${Tabs} contest=${contest} which=${which} counts=${list.data} />
    ${which === "words" ? html`<${NamesWords} desk=${desk} changed=${list.again} />`
      : which === "teams" ? html`<${NamesTeams} desk=${desk} path=${path} reasons=${reasons} />`
      : html`<div>
        <div class="names-find">
          <${Text} value=${text} set=${setText} label="找名字" placeholder="昵称或签名里的几个字" max=${24} />
        </div>
        <${Shown} of=${list}>
          ${(/** @type {List} */ data) => html`<${Names} desk=${desk} path=${path} which=${which} data=${data}
            again=${list.again} />`}
        </${Shown}>
        <${Pages} data=${list.data} before=${before} go=${setBefore} />
      </div>`}
  </div>`;
}

/** @param {{contest: string, which: Tab, counts: List | null}} props */
const Tabs = ({ contest, which, counts }) => html`<nav class="tabs" aria-label="名字">
  ${[
    ["waiting", "等查看", counts ? counts.waiting : 0],
    ["withheld", "没有显示", counts ? counts.withheld : 0],
    ["all", "全部", 0],
    ["teams", "队名", 0],
    ["words", "词语", 0],
  ].map(
    ([key, title, count]) => html`<a href=${linkIn(contest, ["names", String(key)])}
      aria-current=${which === key ? "page" : null}>
      ${title}${Number(count) > 0 && html` <b class="names-badge">${number(Number(count))}</b>`}
    </a>`,
  )}
</nav>`;

/** @param {{data: List | null, before: string, go: (before: string) => void}} props */
const Pages = ({ data, before, go }) => html`<p class="acts">
  ${before && html`<button class="btn quiet" onClick=${() => go("")}>回到最新</button>`}
  ${data && data.older && html`<button class="btn quiet" onClick=${() => go(data.older)}>看更早的</button>`}
</p>`;

/**
 * @param {{desk: import("../types").Desk, path: string, which: Tab, data: List, again: () => Promise<void>}} props
 */
function Names({ desk, path, which, data, again }) {
  const [reason, setReason] = useState(reasons[0][0]);
  const [chosen, setChosen] = useState(/** @type {string[]} */ ([]));
  const work = useWork();
  const many = data.names.filter((n) => chosen.indexOf(n.player) >= 0);
  /** @param {PublicName[]} of @param {boolean} hidden */
  const decide = (of, hidden) =>
    work.run(async () => {
      const names = of.map((n) => ({
        player: n.player,
        nickname: n.nickname,
        // What is hidden is shown again one by one.
        signed: !!n.signature && (of.length === 1 || open(n.signature.state)),
      }));
      const { done } = await desk.call("POST", path, { names, hidden, reason: hidden ? reason : "" });
      desk.tell(told(of, done, hidden));
      setChosen([]);
      await again();
    });
  if (!data.names.length) return html`<p class="state">${nobody[which]}</p>`;
  return html`<div>
    ${which === "waiting" && html`<p class="note">
      ${data.review
        ? "这个活动要先查看：通过以前，大屏幕上显示“网友”加四位数字。"
        : "新名字已经显示，隐藏后新取的还没有。看过的点“通过”。"}
    </p>`}
    <div class="names-acts">
      <label class="names-reason">
        <span class="soft">隐藏的原因</span><${Select} value=${reason} set=${setReason} options=${reasons} />
      </label>
      ${which === "waiting" && html`<div class="names-many">
        <${Check} on=${many.length === data.names.length}
          set=${(/** @type {boolean} */ on) => setChosen(on ? data.names.map((n) => n.player) : [])}>
          全选
        </${Check}>
        <button class="btn" disabled=${work.busy || !many.length} onClick=${() => decide(many, false)}>
          通过 ${many.length} 个
        </button>
        <button class="btn quiet" disabled=${work.busy || !many.length} onClick=${() => decide(many, true)}>
          隐藏 ${many.length} 个
        </button>
      </div>`}
    </div>
    <${Oops} problem=${work.problem} />
    <table class="rows names">
      <thead><tr><th>名字</th><th>大家看到的</th><th>单位</th><th></th></tr></thead>
      <tbody>
        ${data.names.map(
          (n) => html`<${Row} key=${n.player} of=${n} busy=${work.busy} decide=${decide}
            chosen=${which === "waiting" ? chosen.indexOf(n.player) >= 0 : null}
            choose=${(/** @type {boolean} */ on) =>
              setChosen((was) => was.filter((p) => p !== n.player).concat(on ? n.player : []))} />`,
        )}
      </tbody>
    </table>
  </div>`;
}

/**
 * @param {{of: PublicName, busy: boolean, decide: (of: PublicName[], hidden: boolean) => void, chosen: boolean | null,
 *   choose: (on: boolean) => void}} props chosen: null where none can be
 */
function Row({ of, busy, decide, chosen, choose }) {
  const signed = of.signature && of.signature.name !== of.nickname ? of.signature : null;
  const shown = open(of.state) && (!of.signature || open(of.signature.state));
  const looked = of.state === "approved" && (!of.signature || of.signature.state === "approved");
  return html`<tr class=${shown ? null : "off"}>
    <td class="strong">
      ${chosen !== null && html`<input type="checkbox" class="names-one" checked=${chosen}
        aria-label=${"选中 " + of.nickname} onChange=${(/** @type {any} */ e) => choose(e.target.checked)} />`}
      ${of.nickname} <span class=${shown ? "tag plain" : "tag is-rejected"}>${states[of.state]}</span>
      ${signed && html`<small class="names-signed">签名 ${signed.name}（${states[signed.state]}）</small>`}
    </td>
    <td data-name="大家看到的">
      ${of.shown_as}${of.on_screen !== of.shown_as && html`<small>，大屏幕 ${of.on_screen}</small>`}
    </td>
    <td data-name="单位">${of.unit || html`<span class="soft">没有</span>`}</td>
    <td class="names-do">
      ${!looked && html`<button class="btn quiet" disabled=${busy} onClick=${() => decide([of], false)}>
        ${shown ? "通过" : "显示"}
      </button>`}
      ${shown && html`<button class="btn quiet" disabled=${busy} onClick=${() => decide([of], true)}>隐藏</button>`}
    </td>
  </tr>`;
}

/** Whether others see a name of that state. @param {PublicName["state"]} state */
const open = (state) => state === "" || state === "approved";

/** @type {Record<Tab, string>} */
const nobody = {
  waiting: "没有等着查看的名字。",
  withheld: "没有不显示的名字。",
  all: "没有找到这样的名字。",
  teams: "",
  words: "",
};

/** @param {PublicName[]} of @param {number} done @param {boolean} hidden */
function told(of, done, hidden) {
  if (done < of.length) return `有 ${of.length - done} 个名字刚刚改了，请再看一看。`;
  if (of.length > 1) return `${hidden ? "隐藏" : "通过"}了 ${done} 个名字。`;
  return hidden ? `“${of[0].nickname}”到处都不再显示。点“显示”可以恢复。` : `“${of[0].nickname}”照常显示。`;
}

// Names that players typed because they did not find their unit: what each may mean, merging it, taking that back.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { moment } from "../lib/moment.js";
import { Confirm, Dialog } from "../parts/dialog.js";
import { Field, Pager, Text } from "../parts/field.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";
import { UnitFind } from "../parts/unitfind.js";

/** @typedef {import("../lib/unittree.js").Unit} Unit @typedef {import("../lib/unittree.js").UnitTree} UnitTree */
/** @typedef {{id: string, name: string, path: string, gone: boolean}} Place */
/**
 * @typedef {{id: string, name: string, players: number, decided_at: number, unit: Place | null, suggestions: (Place &
 *   {by: string, score: number})[]}} Typed
 */

/** @type {Record<string, string>} */
const because = { name: "同名", alias: "别名", code: "编码", form: "同一单位的另一种叫法", similar: "相近" };

/**
 * @param {{desk: import("../types").Desk, path: string, tree: UnitTree, typed: boolean, changed: () => Promise<void>}}
 *   props
 */
export function UnitsNames({ desk, path, tree, typed, changed }) {
  const [state, setState] = useState(/** @type {"waiting" | "merged"} */ ("waiting"));
  const [from, setFrom] = useState(1);
  const names = useLoad(() => desk.call("GET", `${path}/names?state=${state}&from=${from}`), [path, state, from]);
  const [open, setOpen] = useState(/** @type {{what: "into" | "new" | "undo", name: Typed} | null} */ (null));
  const work = useWork();
  const close = () => setOpen(null);
  /** @param {Typed} name @param {object} body @param {string} into */
  async function merge(name, body, into) {
    await desk.call("POST", `${path}/names/${name.id}/merge`, body);
    close();
    await names.again(); // before it is told: a list that still shows the name invites to merge it again
    desk.tell(`“${name.name}”已并入 ${into}，${name.players} 人跟着过去。并错了可以在“已并入”里撤销。`);
    await changed();
  }
  return html`<div>
    <p class="soft">
      ${typed
        ? "参赛者找不到单位时可以自己填名称。并入以后，填过的人和以后再填的人都算这个单位，成绩和排行榜跟着走。"
        : "这个活动没有开放自己填单位名称（活动设置里的 players.unit.typed）。"}
    </p>
    <nav class="tabs ut-sub" aria-label="名称">
      ${[
        ["waiting", "待并入"],
        ["merged", "已并入"],
      ].map(
        ([key, text]) => html`<button aria-pressed=${state === key ? "true" : "false"}
          onClick=${() => {
            setState(/** @type {"waiting" | "merged"} */ (key));
            setFrom(1);
          }}>
          ${text}
        </button>`,
      )}
    </nav>
    <${Oops} problem=${work.problem} />
    <${Shown} of=${names}>
      ${(/** @type {{names: Typed[], total: number, size: number}} */ data) => html`${!data.names
        .length && html`<p class="state">${state === "waiting" ? "没有等着并入的名称。" : "还没有并入过。"}</p>`}
      <ul class="ut-names">
        ${data.names.map(
          (n) => html`<li key=${n.id}>
            <div class="ut-name"><b>${n.name}</b><span class="soft">${number(n.players)} 人</span></div>
            ${state === "waiting" ? html`<div class="acts">
              ${n.suggestions.map(
                (s) => html`<button class="btn quiet ut-suggest" disabled=${work.busy}
                  onClick=${() => work.run(() => merge(n, { unit: s.id }, s.name))}>
                  <span>并入 <b>${s.name}</b><small>${above(s)}${because[s.by]}</small></span>
                </button>`,
              )}
              ${!n.suggestions.length && html`<span class="soft">没有相近的单位。</span>`}
              <button class="link" onClick=${() => setOpen({ what: "into", name: n })}>并入别的单位</button>
              <button class="link" onClick=${() => setOpen({ what: "new", name: n })}>作为新单位</button>
            </div>`
              : html`<div class="acts">
                <span>
                  → ${n.unit ? n.unit.path : "单位已删除"}
                  ${n.unit && n.unit.gone ? "（已不在表里）" : ""} <small class="soft">${moment(n.decided_at)}</small>
                </span>
                <button class="link" onClick=${() => setOpen({ what: "undo", name: n })}>撤销</button>
              </div>`}
          </li>`,
        )}
      </ul>
      <${Pager} from=${from} size=${data.size} total=${data.total} go=${setFrom} unit="个" />`}
    </${Shown}>
    ${open && open.what === "into" && html`<${IntoDialog} name=${open.name} tree=${tree} close=${close}
      merge=${merge} />`}
    ${open && open.what === "new" && html`<${NewDialog} name=${open.name} tree=${tree} close=${close}
      merge=${merge} />`}
    ${open && open.what === "undo" && html`<${Confirm} title="撤销并入" yes="撤销" close=${close}
      act=${async () => {
        await desk.call("POST", `${path}/names/${open.name.id}/undo`, {});
        close();
        desk.tell(`“${open.name.name}”又回到待并入。`);
        await names.again();
        await changed();
      }}>
      <p>
        填过“${open.name.name}
        ”的 ${number(open.name.players)} 人不再算 ${open.name.unit
          ? open.name.unit.name
          : "这个单位"} 的，他们的成绩也退出这个单位的排名。
      </p>
    </${Confirm}>`}
  </div>`;
}

/** The names above the unit. @param {Place} place */
function above(place) {
  const names = place.path.split(" / ").slice(0, -1).join(" / ");
  return names ? names + " · " : "";
}

/** @typedef {(name: Typed, body: object, into: string) => Promise<void>} Merge */

/** @param {{name: Typed, tree: UnitTree, close: () => void, merge: Merge}} props */
function IntoDialog({ name, tree, close, merge }) {
  const [unit, setUnit] = useState(/** @type {Unit | null} */ (null));
  const work = useWork();
  return html`<${Dialog} title=${`“${name.name}”是哪个单位`} close=${close} first="input">
    <${UnitFind} tree=${tree} unit=${unit} set=${setUnit} label="单位" />
    <${Oops} problem=${work.problem} />
    <footer class="dialog-foot">
      <button class="btn quiet" onClick=${close}>取消</button>
      <button class="btn" disabled=${work.busy || !unit}
        onClick=${() => unit && work.run(() => merge(name, { unit: unit.id }, unit.name))}>
        ${unit ? "并入 " + unit.name : "并入"}
      </button>
    </footer>
  </${Dialog}>`;
}

/** @param {{name: Typed, tree: UnitTree, close: () => void, merge: Merge}} props */
function NewDialog({ name, tree, close, merge }) {
  const [called, setCalled] = useState(name.name);
  const [parent, setParent] = useState(/** @type {Unit | null} */ (null));
  const [top, setTop] = useState(false);
  const work = useWork();
  const wrong = (/** @type {string} */ field) =>
    work.problem && work.problem.field === field ? work.problem.detail : "";
  return html`<${Dialog} title="作为新单位" close=${close} first="input">
    <${Field} label="单位名称" wrong=${wrong("name")}>
      <${Text} name="called" max=${40} value=${called} set=${setCalled} />
    </${Field}>
    <${UnitFind} tree=${tree} unit=${parent}
      set=${(/** @type {Unit | null} */ u) => {
        setParent(u);
        setTop(false);
      }}
      label="放在哪个单位下面" wrong=${wrong("parent")} />
    <p>
      <button class="link" aria-pressed=${top ? "true" : "false"}
        onClick=${() => {
          setTop(true);
          setParent(null);
        }}>
        ${top ? "✓ 放在最上面一级" : "放在最上面一级"}
      </button>
    </p>
    ${work.problem && !work.problem.field && html`<${Oops} problem=${work.problem} />`}
    <footer class="dialog-foot">
      <button class="btn quiet" onClick=${close}>取消</button>
      <button class="btn" disabled=${work.busy || !called.trim() || (!parent && !top)}
        onClick=${() =>
          work.run(() => merge(name, { name: called.trim(), parent: parent ? parent.id : "" }, called.trim()))}>
        建单位并入
      </button>
    </footer>
  </${Dialog}>`;
}

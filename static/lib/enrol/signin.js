// Who is playing: a nickname, a unit where the contest has units, and what else the contest asks, when it is needed.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { Icon } from "../../art/icons.js";
import { Sheet } from "../sheet.js";
import { above, date } from "../format.js";
import { lazy } from "../lazy.js";
import { say } from "../problems.js";
import { keepsCookies, noCookies } from "./cookies.js";

const Asks = lazy(() => import("./asks.js"), "Asks");
const UnitSheet = lazy(() => import("./unitpicker.js"), "UnitSheet", "选择单位");

const firsts = "平安 细心 稳当 机灵 守望 热心 勤快 明白".split(" ");
const lasts = "青松 山茶 杨柳 稻穗 灯塔 石榴 白鹭 喜鹊".split(" ");
/** @param {string[]} list */
const any = (list) => list[Math.floor(Math.random() * list.length)];
const invent = () => any(firsts) + any(lasts) + (10 + Math.floor(Math.random() * 90));

/**
 * @param {object} props
 * @param {import("../api").Call} props.api
 * @param {import("../types").Contest} props.contest
 * @param {import("../types").Me | null} props.me
 * @param {(me: import("../types").Me) => void} props.done
 * @param {() => void} props.close
 * @param {boolean} [props.earn] asks for what earning needs
 * @param {() => void} [props.prove] for who has taken part before, on another phone
 */
export function SignInSheet({ api, contest, me, done, close, earn, prove }) {
  const [name, setName] = useState(me ? me.nickname : "");
  const [unit, setUnit] = useState(
    /** @type {import("../types").Unit | null} */ (
      me && (me.unit || (me.unit_name ? { id: "", name: me.unit_name, path: "" } : null))
    ),
  ); // without id: typed
  const [picking, setPicking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState({ field: "", text: "" });
  const [told, tell] = useState({
    division: me ? me.division : "",
    fields: /** @type {Record<string, string>} */ ({}),
    guardian: /** @type {import("./guardian.js").Guardian | null} */ (null),
    lacks: contest.asks.guardian && !(me && me.guardian) ? "请先选参赛者的年龄。" : "",
  });
  const { asks } = contest;
  // A new player is asked only for what playing needs; the rest when it earns something, or when they change their
  // data.
  const fields = asks.fields.filter((f) => f.when === "start" || !!me);
  const divided = asks.divisions.length > 0;
  const label = contest.unit_label || "参赛单位";

  /** @param {Event} event */
  async function submit(event) {
    event.preventDefault();
    if (busy) return;
    if (!name.trim()) return setWrong({ field: "nickname", text: "请填写昵称，或者点“帮我起一个”。" });
    if (asks.unit_required && !unit) return setWrong({ field: "unit", text: `请选择${label}。` });
    const lacks = missing(fields, me, told.fields, !!earn);
    if (lacks) return setWrong({ field: "fields." + lacks.key, text: "请填写" + lacks.label + "。" });
    if (divided && !told.division) return setWrong({ field: "division", text: "请选一个组别。" });
    const telling = fields.some((f) => (told.fields[f.key] || "").trim());
    if (telling && told.lacks) return setWrong({ field: "guardian", text: told.lacks });
    if (!keepsCookies()) return setWrong({ field: "cookie", text: noCookies });
    setBusy(true);
    setWrong({ field: "", text: "" });
    try {
      const body = {
        nickname: name.trim(),
        unit: unit ? unit.id : "",
        unit_name: unit && !unit.id ? unit.name : "",
        division: told.division,
        fields: told.fields,
        guardian: told.guardian,
        consent: fields.length ? asks.consent.version : "",
      };
      done((await api("POST", `/contests/${contest.slug}/enrolment`, body)).me);
    } catch (problem) {
      setBusy(false);
      setWrong({ field: problem.field, text: say(problem) });
    }
  }

  if (picking) {
    return html`<${UnitSheet} key="units" api=${api} contest=${contest.slug} label=${label}
      typed=${!!contest.unit_typed} required=${asks.unit_required} close=${() => setPicking(false)}
      pick=${(/** @type {import("../types").Unit | null} */ u) => {
        setUnit(u);
        setPicking(false);
        setWrong({ field: "", text: "" });
      }} />`;
  }
  const elsewhere = !/^(nickname|unit|division|consent|guardian.*|fields\..*)$/.test(wrong.field);
  return html`<${Sheet} title=${earn ? "填写登记信息" : me ? "修改资料" : "怎么称呼您"} close=${close} first="input"
    key="name">
    <form class="form" onSubmit=${submit}>
      <div class="label-row">
        <label for="nickname">昵称</label>
        <button type="button" class="link" onClick=${() => setName(invent())}>帮我起一个</button>
      </div>
      <input id="nickname" value=${name} autocomplete="nickname" enterkeyhint="done"
        placeholder="排行榜上显示这个名字" aria-invalid=${wrong.field === "nickname"} aria-describedby="form-wrong"
        onInput=${(/** @type {any} */ e) => setName(e.target.value)} />
      ${wrong.field === "nickname" && html`<p class="form-wrong" id="form-wrong" role="alert">${wrong.text}</p>`}
      ${contest.units && html`<p class="form-label" id="unit-label">
        ${label}${me && (me.unit_fixed || me.unit_changes > 0) && html`<span class="soft">（${
          !me.unit_fixed ? "还可以改" + me.unit_changes + "次"
          : me.unit_again_at ? date(me.unit_again_at) + "起可以再改" : "不能再改"}）</span>`}
      </p>
      <button type="button" class="picker" aria-labelledby="unit-label unit-chosen" disabled=${!!me && me.unit_fixed}
        onClick=${() => setPicking(true)}>
        <span id="unit-chosen">
          ${unit ? unit.name : html`<span class="soft">${asks.unit_required ? "请选择" : "没有可以不选"}</span>`}
          ${unit && (above(unit) || !unit.id) && html`<small class="soft">
            ${unit.id ? above(unit) : "您填的名称，组织者核对后计入单位"}
          </small>`}
        </span>
        <${Icon} name="next" />
      </button>
      ${wrong.field === "unit" && html`<p class="form-wrong" role="alert">${wrong.text}</p>`}`}
      ${(fields.length > 0 || divided) && html`<${Asks} contest=${contest} me=${me} fields=${fields} divided=${divided}
        told=${told} tell=${tell} wrong=${wrong} />`}
      ${wrong.text && elsewhere && html`<p class="form-wrong" role="alert">${wrong.text}</p>`}
      <p class="consent soft">${kept(contest, fields, !!prove)}点下面的按钮表示同意。</p>
      <button class="main wide" disabled=${busy}>${busy ? "请稍等" : me ? "保存" : "同意并开始"}</button>
      ${!me && prove && html`<button type="button" class="link" onClick=${prove}>以前参加过？找回我的成绩</button>`}
    </form>
  </${Sheet}>`;
}

/**
 * The first field that has to be filled in and is not.
 * @param {import("../types").Field[]} fields
 * @param {import("../types").Me | null} me
 * @param {Record<string, string>} typed @param {boolean} earn */
function missing(fields, me, typed, earn) {
  return fields.find(
    (f) =>
      f.required &&
      (f.when === "start" || earn) &&
      !(typed[f.key] || "").trim() &&
      !(me && me.filled.indexOf(f.key) >= 0),
  );
}

/**
 * What is kept, and what will be asked only later.
 * @param {import("../types").Contest} contest
 * @param {import("../types").Field[]} now
 * @param {boolean} provable whether the person may be proven later
 */
function kept({ units, asks }, now, provable) {
  const later = asks.fields.filter((f) => now.indexOf(f) < 0);
  const always = `昵称${units ? "、单位" : ""}和答题记录`;
  if (!asks.fields.length)
    return `我们只保存${always}，用来计分和排名` + (provable ? "；要证明身份时才用手机号等。" : "；不收集手机号和姓名。");
  return (
    `${always}用来计分和排名。` + (later.length ? `${later.map((f) => f.label).join("、")}等要得奖励时再填。` : "")
  );
}

// My own page: by what I am proven, where I am signed in, what is kept of me, and the ways out. Fetched when it is
// opened first.
import "../css/rules.css";
import "../css/me.css";
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { Heading } from "../parts/chrome.js";
import { ForgetSheet, Held } from "../parts/held.js";
import { TakeSheet } from "../parts/take.js";
import { Icon } from "../../art/icons.js";
import { dateTime, left, number } from "../../lib/format.js";
import { say } from "../../lib/problems.js";
import { useSettled } from "../../lib/settled.js";
import { Sheet } from "../../lib/sheet.js";

/** @param {import("../screens.js").Shared} props */
export function MeScreen({ parts, home, contest, me, elder, setElder, signIn, rename, refresh, prove, signedOut,
  forgotten, sharing, setSharing }) {
  const [sheet, open] = useState("");
  const proof = home.proof && home.proof.doors.length ? home.proof : null;
  const proven = !!proof && proof.proven.length > 0;
  return html`<main class="plain rules-page me-page">
    <${Heading} title="我的" note=${me ? me.nickname : "还没有登记昵称"} />
    ${me ? html`<${Mine} home=${home} me=${me} now=${parts.clock.now()} />`
      : html`<button class="main wide" onClick=${() => signIn(refresh)}>起个昵称，开始答题</button>`}
    ${me && html`<section class="rule">
      <h2>昵称和资料</h2>
      <p>${me.nickname}${me.unit && html`<span class="soft">，${me.unit.name}</span>`}</p>
      <button class="quiet wide" onClick=${rename}>修改昵称和资料</button>
    </section>`}
    <section class="rule">
      <h2>字的大小</h2>
      <button class="quiet wide" role="switch" aria-checked=${elder} onClick=${() => setElder(!elder)}>
        ${elder ? "大字版已经打开" : "打开大字版"}
      </button>
    </section>
    ${proof && html`<section class="rule">
      <h2>身份</h2>
      <${Proofs} proof=${proof} me=${!!me} prove=${prove} />
    </section>`}
    ${me && html`<section class="rule">
      <h2>在哪些设备上登录</h2>
      <${Devices} api=${parts.api} path=${"/contests/" + contest.slug} />
    </section>
    <section class="rule">
      <${Held} api=${parts.api} contest=${contest} forget=${() => open("forget")} take=${() => open("take")} />
    </section>`}
    <section class="rule">
      <h2>多人共用这台设备</h2>
      <p class="soft">用在社区、学校的平板上：每个人答完自动退出，再请下一位填名字。</p>
      <button class="quiet wide" role="switch" aria-checked=${sharing} onClick=${() => setSharing(!sharing)}>
        ${sharing ? "已经打开，点一下关闭" : "打开"}
      </button>
    </section>
    ${me && html`<section class="rule">
      <button class="quiet wide" onClick=${() => open("leave")}>退出登录</button>
    </section>`}
    ${sheet === "forget" && html`<${ForgetSheet} api=${parts.api} contest=${contest.slug} close=${() => open("")}
      done=${forgotten} />`}
    ${sheet === "take" && html`<${TakeSheet} api=${parts.api} contest=${contest} close=${() => open("")} />`}
    ${sheet === "leave" && html`<${LeaveSheet} api=${parts.api} path=${"/contests/" + contest.slug} proven=${proven}
      provable=${!!proof} close=${() => open("")}
      prove=${() => {
        open("");
        prove();
      }}
      done=${() => {
        parts.tell("已经退出登录。");
        signedOut();
      }} />`}
  </main>`;
}

/** @param {{title: string, left: number}} purse */
const amount = ({ title, left: n }) => number(n) + " " + title;

/**
 * What I have, each with the way to it: prizes first, since they lapse.
 * @param {{home: import("../../lib/types").Home, me: import("../../lib/types").Me, now: number}} props
 */
function Mine({ home: { contest, levels }, me, now }) {
  const { gains } = contest;
  const own = levels.filter((l) => !l.foreign).length;
  const { awards } = me;
  const points = gains.points ? [{ key: "", title: "积分", left: me.points }] : [];
  const held = [...points, ...(me.purses || [])];
  const waits = awards ? `${awards.count} 份待领取${awards.until ? "，" + left(awards.until, now) : ""}` : "";
  return html`<nav class="mine" aria-label="我的东西">
    ${gains.prizes && html`<${Way} to="prizes" name="我的奖品" note=${waits || "领奖、摇奖号、中奖名单"} due=${!!awards} />`}
    ${(gains.draws || gains.buys.length > 0) && html`<${Way} to="draw" name=${gains.draws ? "抽奖和兑换" : "兑换"}
      note=${gains.draws ? `${me.chances} 次抽奖机会`
        : held.filter((h) => gains.buys.includes(h.key)).map(amount).join("，")} />`}
    <${Way} to="rank" name="成绩和名次" note=${`总分 ${number(me.score)}，通过 ${me.passed_levels}/${own} 关`} />
    ${(held.length > 0 || me.certificates.length > 0 || gains.cards.length > 0) && html`<${Way} to="gains"
      name=${me.certificates.length ? "证书和收获" : "我的收获"}
      note=${me.certificates.length ? me.certificates.length + " 份电子证书" : held.map(amount).join("，")} />`}
    <${Way} to="mistakes" name="错题本" note="再练一遍" />
    <${Way} to="invite" name="邀请好友" note="链接和海报" />
  </nav>`;
}

/** @param {{to: string, name: string, note: string, due?: boolean}} props */
const Way = ({ to, name, note, due }) => html`<a class=${due ? "mine-way due" : "mine-way"} href=${"#/" + to}>
  <b>${name}</b>
  <span class="soft">${note}</span>
  <${Icon} name="next" />
</a>`;

/** @type {Record<string, string>} */
const kinds = { phone: "手机号", wechat: "微信", account: "账号", staff: "现场确认" };

/** @param {{proof: import("../../lib/types").Proof, me: boolean, prove: (what?: "change") => void}} props */
function Proofs({ proof, me, prove }) {
  const phone = proof.doors.some((d) => d.kind === "phone");
  if (!proof.proven.length)
    return html`<p>${me ? "还没有证明身份。一个人只算一次；不证明也能答题。" : "以前参加过的，证明身份就能接着用那一份成绩。"}</p>
    <button class=${me ? "main wide" : "quiet wide"} onClick=${() => prove()}>${me ? "证明身份" : "找回我的成绩"}</button>`;
  return html`<ul class="dots">
    ${proof.proven.map((p) => html`<li>${kinds[p.kind] || "已证明"}<b>${p.hint && " " + p.hint}</b>，已确认</li>`)}
  </ul>
  ${phone && html`<button class="quiet wide" onClick=${() => prove("change")}>
    ${proof.proven.some((p) => p.kind === "phone") ? "换手机号" : "加上手机号"}
  </button>`}`;
}

/** @typedef {{id: string, device: string, begun_at: number, seen_at: number, here: boolean}} Device */

/** @param {{api: import("../app").Parts["api"], path: string}} props */
function Devices({ api, path }) {
  const [devices, setDevices] = useState(/** @type {Device[] | null} */ (null));
  const [wrong, setWrong] = useState("");
  const load = () =>
    api("GET", path + "/devices").then(
      (got) => {
        setDevices(got.devices);
        setWrong("");
      },
      (problem) => setWrong(say(problem)),
    );
  useEffect(() => {
    load();
  }, []);
  const end = (/** @type {string} */ which) =>
    api("DELETE", path + "/devices/" + which).then(load, (problem) => setWrong(say(problem)));
  if (!devices) return html`<p class="soft" role="status">${wrong || "正在查找"}</p>`;
  const others = devices.filter((d) => !d.here);
  return html`<ul class="devices">
    ${devices.map(
      (d) => html`<li key=${d.id}>
        <span>
          <b>${d.device || "没有记下是什么设备"}</b>
          <small class="soft">${d.here ? "就是这台" : "最近使用 " + dateTime(d.seen_at)}</small>
        </span>
        ${!d.here && html`<button class="quiet" onClick=${() => end(d.id)}>退出</button>`}
      </li>`,
    )}
  </ul>
  ${!devices.length && html`<p class="soft">只在这台设备上登录。</p>`}
  ${others.length > 1 && html`<button class="quiet wide" onClick=${() => end("others")}>让其他设备都退出</button>`}
  ${wrong && html`<p class="form-wrong" role="alert">${wrong}</p>`}`;
}

/**
 * @param {{api: import("../app").Parts["api"], path: string, proven: boolean, provable: boolean, close: () => void,
 *   prove: () => void, done: () => void}} props
 */
function LeaveSheet({ api, path, proven, provable, close, prove, done }) {
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const settled = useSettled("");
  async function leave() {
    if (busy || !settled) return;
    setBusy(true);
    try {
      await api("DELETE", path + "/devices/here");
      done();
    } catch (problem) {
      setWrong(say(problem));
      setBusy(false);
    }
  }
  return html`<${Sheet} title="退出登录" close=${close}>
    <div class="stack" data-wait=${!settled || null}>
      ${proven ? html`<p>成绩和奖品都会留着。下次用同样的方式登录，就能接着用。</p>`
        : html`<p><b>您还没有证明身份。退出以后，这里的成绩、机会和奖品就找不回来了。</b></p>`}
      ${wrong && html`<p class="form-wrong" role="alert">${wrong}</p>`}
      ${!proven && provable && html`<button class="main wide" onClick=${prove}>先证明身份</button>`}
      <button class=${proven || provable ? "quiet wide" : "main wide"} onClick=${close}>不退出</button>
      <button class="quiet danger wide" aria-disabled=${busy} onClick=${leave}>${busy ? "请稍等" : "退出登录"}</button>
    </div>
  </${Sheet}>`;
}

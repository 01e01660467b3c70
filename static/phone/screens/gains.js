// What I have gained, and what each thing earns: points, draws, the cards with the places still empty, certificates.
import "../css/gains.css";
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { Icon, Seal } from "../../art/icons.js";
import { Heading } from "../parts/chrome.js";
import { CheckIn } from "../parts/gainsbar.js";
import { DaysInRow } from "../parts/daysinrow.js";
import { number, tight } from "../../lib/format.js";
import { CertificateSheet } from "./certificate.js";

/** @typedef {import("../../lib/types").Home} Home */

/**
 * @param {{parts: import("../app").Parts, home: Home, refresh: () => void, signIn: (then: () => void) => void,
 *   register: () => void, rename: () => void}} props
 */
export function GainsScreen({ parts, home, refresh, signIn, register, rename }) {
  const { contest, me } = home;
  const { gains } = contest;
  const [shown, show] = useState("");
  const certificate = me && me.certificates.find((c) => c.key === shown);
  return html`<main class="plain gains-page">
    <${Heading} title=${me ? "我的收获" : "能得什么"}
      note=${contest.phase === "training" ? "现在是热身，不计成绩，也没有奖励。" : ""} />
    ${!me && html`<button class="main wide" onClick=${() => signIn(refresh)}>起个昵称，开始答题</button>`}
    ${me && me.missing_earn.length > 0 && html`<div class="note register">
      <p>填好登记信息，才有积分、抽奖机会和名次。</p>
      <button class="main" onClick=${register}>去填写</button>
    </div>`}
    ${me && html`<${Figures} gains=${gains} me=${me} />`}
    ${gains.cards.length > 0 && html`<${Cards} cards=${gains.cards} held=${me ? me.cards : []} />`}
    ${me && me.certificates.length > 0 && html`<section class="gains-part">
      <h2>电子证书</h2>
      ${me.certificates.map(
        (c) => html`<button class="certificate-row" key=${c.key} onClick=${() => show(c.key)}>
          <${Seal} text="证书" />
          <span><b>${c.title}</b><small class="soft">${c.score && `成绩 ${c.score} 分 · `}${c.named === "waiting"
            ? "点开填写姓名" : "点开看，可以保存图片"}</small></span>
          <${Icon} name="next" />
        </button>`,
      )}
    </section>`}
    ${gains.earnings.length > 0 && html`<${Ways} parts=${parts} home=${home} refresh=${refresh}
      register=${register} />`}
    ${me && certificate && html`<${CertificateSheet} certificate=${certificate} register=${register}
      rehearsal=${contest.rehearsal}
      rename=${() => {
        show("");
        rename();
      }}
      correct=${(/** @type {string} */ key) =>
        parts.api("POST", `/contests/${contest.slug}/certificates/${key}/name`, {}).then(refresh)}
      close=${() => show("")} />`}
  </main>`;
}

const toShop = html`<a class="quiet" href="#/draw">去兑换</a>`;

/** @param {{gains: import("../../lib/types").Gains, me: import("../../lib/types").Me}} props */
function Figures({ gains, me }) {
  const draws = gains.draws || me.chances > 0;
  const purses = me.purses || [];
  if (!draws && !gains.points && !me.points && !purses.length) return null;
  return html`<section class="figures">
    ${(gains.points || me.points > 0) && html`<div>
      <p><b>${number(me.points)}</b><span>积分</span></p>
      ${gains.buys.includes("") && toShop}
    </div>`}
    ${purses.map((p) => html`<div key=${p.key}>
      <p><b>${number(p.left)}</b><span>${p.title}</span></p>
      ${gains.buys.includes(p.key) && toShop}
    </div>`)}
    ${draws && html`<div>
      <p><b>${me.chances}</b><span>次抽奖机会</span></p>
      ${me.chances > 0 && html`<a class="main" href="#/draw">去抽奖</a>`}
    </div>`}
  </section>`;
}

/** @param {{cards: import("../../lib/types").Named[], held: string[]}} props */
const Cards = ({ cards, held }) => html`<section class="gains-part">
  <h2>集卡<span class="soft">${held.length}/${cards.length}</span></h2>
  <ul class="cards">
    ${cards.map((card) => {
      const has = held.indexOf(card.key) >= 0;
      return html`<li class=${has ? "card held" : "card"} key=${card.key}>
        <span class="card-sign" aria-hidden="true">${has ? html`<${Icon} name="right" />` : "？"}</span>
        <span>${card.title}</span>
        <small>${has ? "已得到" : "还没有"}</small>
      </li>`;
    })}
  </ul>
</section>`;

/** @type {Record<string, [string, string]>} where a deed is done */
const places = {
  invite: ["invite", "去邀请"],
  share: ["invite", "去分享"],
  pledge: ["pledge", "去签署"],
  found: ["spots", "去打卡"],
  attempt: ["", "去答题"],
};

/**
 * What each thing earns, with the way to it.
 * @param {{parts: import("../app").Parts, home: Home, refresh: () => void, register: () => void}} props
 */
function Ways({ parts, home, refresh, register }) {
  const { earnings } = home.contest.gains;
  const { me } = home;
  /** @param {string} kind */
  const way = (kind) => {
    if (kind === "checkin") return html`<${CheckIn} parts=${parts} home=${home} refresh=${refresh} />`;
    if (kind === "list") return me && me.listed && me.listed.map(
      (text) => html`<span class="gain done" key=${text}><b aria-hidden="true">✓</b><span>${tight(text)}</span></span>`,
    );
    if (kind !== "profile") return html`<a class="quiet" href=${"#/" + places[kind][0]}>${places[kind][1]}</a>`;
    if (me && me.profile) return html`<span class="gain done"><b aria-hidden="true">✓</b><span>已填完整</span></span>`;
    return me && html`<button class="quiet" onClick=${register}>去填写</button>`;
  };
  const kinds = earnings.map((e) => e.for).filter((kind, i, all) => all.indexOf(kind) === i);
  return html`<section class="gains-part">
    <h2>怎么得</h2>
    ${kinds.map(
      (kind) => html`<div class="earn" key=${kind}>
        <ul>${earnings.filter((e) => e.for === kind).map((e) => html`<li>${tight(e.text)}</li>`)}</ul>
        ${way(kind)}
      </div>
      ${kind === "checkin" && me && me.rows && html`<${DaysInRow} parts=${parts} slug=${home.contest.slug}
        rows=${me.rows} refresh=${refresh} />`}`,
    )}
  </section>`;
}

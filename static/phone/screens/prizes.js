// What I have won: what is still to do for it and by when, the code for the booth, and the public drawings. Fetched
// when it is opened first.
import "../css/prizes.css";
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { Heading } from "../parts/chrome.js";
import { Failed, Waiting } from "../../lib/waiting.js";
import { dateTime, left } from "../../lib/format.js";
import { nameless } from "../../lib/problems.js";
import { lacksProof } from "../lib/proof.js";
import { ClaimSheet } from "./prizesclaim.js";
import { DrawingCard } from "./prizesdrawing.js";
import { VoucherSheet } from "./prizesvoucher.js";

/** @typedef {import("../../lib/types").Field} Field */
/**
 * @typedef {{id: string, title: string, kind: string, value: number, collect: string, collect_now: string, pay:
 *   {way: string, state: string, tail: string} | null, source: "pool" | "shop" | "drawing" | "live" | "pot",
 *   status: string, won_at: number, until: number, asks: boolean, held: boolean, code: string, voucher: string,
 *   redeemed_at: number, parcel: {courier: string, number: string} | null}} Award
 */
/**
 * @typedef {{fields: Field[], told: {key: string, label: string, value: string}[], consent: {version: string, text:
 *   string}, guardian?: {version: string, text: string}}} Claim
 */
/** @typedef {{awards: Award[], claim: Claim}} Prizes */
/**
 * @typedef {{id: string, key: string, title: string, state: string, prizes: {title: string, count: number}[],
 *   shares: string, reserves: number, at: number, source_at: number, entries: number, fingerprint: string, reason:
 *   string, published_at: number}} Drawing
 */

/** How somebody without a prize comes to one. @param {import("../../lib/types").Gains} gains */
function hope(gains) {
  if (gains.draws) return "答题可以得到抽奖机会，祝您好运。";
  if (gains.buys.length > 0) return html`攒够了可以<a href="#/draw">去兑换</a>。`;
  return gains.drawings ? "公开摇奖以后，中了奖会显示在这里。" : "得到的奖品会显示在这里。";
}

/** @param {import("../screens.js").Shared} props */
export function PrizesScreen({ parts, home, contest, me, signIn, prove }) {
  const [prizes, setPrizes] = useState(/** @type {Prizes | null} */ (null));
  const [drawings, setDrawings] = useState(/** @type {Drawing[]} */ ([]));
  const [problem, setProblem] = useState(/** @type {import("../../lib/types").Problem | null} */ (null));
  const [claiming, setClaiming] = useState(/** @type {Award | null} */ (null));
  const [kept, keep] = useState(/** @type {import("./prizesvoucher.js").Voucher | null} */ (null));
  const path = "/contests/" + contest.slug;
  const load = () =>
    parts.api("GET", path + "/prizes").then((got) => {
      setPrizes(got);
      setProblem(null);
      const wanted = asked();
      if (wanted) setClaiming(got.awards.find((/** @type {Award} */ a) => a.id === wanted && a.asks) || null);
    }, setProblem);
  useEffect(() => {
    load();
    parts.api("GET", path + "/drawings").then(
      (got) => setDrawings(got.drawings),
      () => {},
    ); // without it the awards still show
  }, [!!me]);

  const stranger = !!problem && nameless(problem);
  return html`<main class="plain prizes">
    <${Heading} title="我的奖品" />
    ${stranger ? html`<p class="empty">登记昵称并参加活动后，这里显示您得到的奖品。</p>
    <button class="main wide" onClick=${() => signIn(load)}>登记昵称</button>`
      : problem && !prizes ? html`<${Failed} problem=${problem} again=${load} />`
      : !prizes ? html`<${Waiting} />`
      : !prizes.awards.length ? html`<p class="empty">还没有奖品。${hope(contest.gains)}</p>`
      : html`<ul class="won-list">
        ${prizes.awards.map(
          (award) => html`<${AwardCard} key=${award.id} award=${award} claim=${prizes.claim} slug=${contest.slug}
            decided=${!!me && me.decision === "standing"} now=${parts.clock.now()}
            fill=${() => setClaiming(award)} keep=${keep} />`,
        )}
      </ul>`}
    <p class="prizes-more"><a class="quiet wide" href="#/winners"><span>中奖名单</span></a></p>
    ${drawings.length > 0 && html`<section class="drawings">
      <h2>公开摇奖</h2>
      ${me && lacksProof(home, "drawings") && drawings.some((d) => d.state === "planned")
        && html`<div class="note register">
        <p>摇奖名单只收证明过身份的人。</p>
        <button class="main" onClick=${() => prove()}>去证明</button>
      </div>`}
      <ul>
        ${drawings.map((d) => html`<${DrawingCard} key=${d.id || d.key} parts=${parts} drawing=${d} known=${!!me} />`)}
      </ul>
    </section>`}
    ${claiming && prizes && html`<${ClaimSheet} api=${parts.api} path=${path} award=${claiming} claim=${prizes.claim}
      close=${() => setClaiming(null)}
      done=${() => {
        setClaiming(null);
        parts.tell("领奖信息已经保存。");
        load();
      }} />`}
    ${kept && html`<${VoucherSheet} contest=${contest} name=${me ? me.nickname : ""} voucher=${kept}
      close=${() => keep(null)} />`}
  </main>`;
}

/** The award for which the address asks to be filled in, once: a reload is a look at all of them. */
function asked() {
  const found = /[?&]claim=(\d+)/.exec(location.hash);
  if (found) history.replaceState(null, "", "#/prizes");
  return found ? found[1] : "";
}

/** @type {Record<string, string>} */
const sources = { pool: "抽奖", shop: "兑换", drawing: "公开摇奖", live: "直播答题", pot: "瓜分" };

/**
 * What a share of a live quiz's pot comes to.
 * @param {Award} a
 */
const shareOf = (a) => (a.kind === "points" ? `${a.value} 积分` : `${(a.value / 100).toFixed(2)} 元`);

/**
 * @param {{award: Award, claim: Claim, slug: string, decided: boolean, now: number, fill: () => void,
 *   keep: (voucher: import("./prizesvoucher.js").Voucher) => void}} props
 */
function AwardCard({ award: a, claim, slug, decided, now, fill, keep }) {
  const over = a.status === "forfeited" || (a.status === "won" && a.until > 0 && now >= a.until);
  const open = !over && !a.redeemed_at;
  return html`<li class=${open ? "award" : "award past"}>
    <header class="award-head">
      <h2>${a.title}${a.source === "live" && html` <b>${shareOf(a)}</b>`}</h2>
      <span class=${"award-state" + (a.held ? " held" : a.asks ? " due" : "")}>${stateOf(a, over)}</span>
    </header>
    <p class="soft">${sources[a.source]}，${dateTime(a.won_at)}</p>
    ${over && html`<p>
      ${a.status === "forfeited" ? "没有在期限内领取，这份奖品已经作废，转给了候补或由主办单位收回。" : "已经过了填写期限。"}
    </p>`}
    ${a.held && html`<div class="award-held">
      <p>
        ${decided ? "您的资格暂时被取消，恢复以后才能领取，现在没有领奖码。" : "这份奖品现在不能领取，请联系主办单位。"}
        ${decided && a.asks && "领奖信息可以先填，期限不变。"}
      </p>
      ${decided && html`<a class="main wide" href="#/appeal">看原因，申诉</a>`}
    </div>`}
    ${a.asks && html`<div class="award-due">
      ${a.until > 0 ? html`<p><b>请在 ${dateTime(a.until)} 前填写领奖信息</b>（${left(a.until, now)}）</p>
      <p class="soft">过期未填，算自愿放弃。</p>` : html`<p><b>请填写领奖信息</b>，填好才能领取。</p>`}
      <button class=${a.held ? "quiet wide" : "main amber wide"} onClick=${fill}>填写领奖信息</button>
    </div>`}
    ${open && a.code && html`<${Code} award=${a} slug=${slug} keep=${keep} />`}
    ${open && !a.code && !a.asks && !a.held && a.status === "won" && a.until > 0 && html`<p>
      请在 ${dateTime(a.until)} 前领取（${left(a.until, now)}）。
    </p>`}
    ${open && a.voucher && html`<p><span class="soft">兑换码</span><b class="voucher">${a.voucher}</b></p>
    <button class="quiet wide" onClick=${() => keep(voucherOf(a, a.voucher, ""))}>存成图片</button>`}
    ${open && a.status === "claimed" && claim.fields.length > 0 && html`<p class="soft">
      领奖信息：${claim.told.map((t) => t.value).join("，") || "已填写"}
      <button class="link" onClick=${fill}>修改</button>
    </p>`}
    ${open && a.collect && html`<p>${a.collect}</p>`}
    ${open && a.collect_now && html`<p class="soft">${a.collect ? "有新的安排：" : ""}${a.collect_now}</p>`}
    ${a.pay && html`<p>${payWords(a.pay)}</p>`}
    ${a.parcel && html`<p>
      ${dateTime(a.redeemed_at)} 已寄出，${a.parcel.courier}<b class="voucher">${a.parcel.number}</b>
    </p>`}
    ${a.redeemed_at > 0 && !a.parcel && html`<p>${dateTime(a.redeemed_at)} 已领取。</p>`}
  </li>`;
}

/**
 * How a prize of money reaches its winner.
 * @param {{way: string, state: string, tail: string}} pay
 */
function payWords({ way, state, tail }) {
  const to = tail ? "尾号 " + tail : way === "wechat" ? "您的微信" : "您";
  if (state === "held") return `您改过收款信息，等工作人员核实以后发放。原来要发放到${to}。`;
  if (state === "paid") return `已经发放到${to}。`;
  if (state === "failed") return `没有发放成功，工作人员会重新安排。`;
  if (way === "wechat" && state === "waiting") return "红包已经发出，请在微信里确认收款。";
  return `将发放到${to}。`;
}

/** @param {Award} a @param {boolean} over */
function stateOf(a, over) {
  if (over) return "已作废";
  if (a.redeemed_at) return a.parcel ? "已寄出" : "已领取";
  if (a.status === "credited") return "已到账";
  if (a.pay) return a.pay.state === "paid" ? "已发放" : a.pay.state === "held" ? "等待核实" : "发放中";
  if (a.held) return "暂停领取";
  if (a.asks) return "待填写";
  if (a.code) return "待领取";
  return a.voucher ? "可使用" : a.status === "claimed" ? "待发放" : "已中奖";
}

/** A code as something to keep. @param {Award} a @param {string} code @param {string} scan */
const voucherOf = (a, code, scan) => ({ title: a.title, code, scan, collect: a.collect_now || a.collect,
  until: a.status === "won" ? a.until : 0 }); // what is told in time does not lapse

/**
 * The code for the booth, to be scanned, to be read aloud, and to be kept as a picture.
 * @param {{award: Award, slug: string, keep: (voucher: import("./prizesvoucher.js").Voucher) => void}} props
 */
function Code({ award, slug, keep }) {
  const [shown, show] = useState(false);
  const address = `${location.origin}/console#/c/${slug}/booth/${award.code}`;
  if (!shown) return html`<button class="main wide" onClick=${() => show(true)}>出示领奖码</button>`;
  return html`<div class="award-code">
    <img src=${"/qr.svg?text=" + encodeURIComponent(address)} alt="领奖二维码" width="220" height="220" />
    <b>${award.code}</b>
    <p class="soft">请到领奖点，把这个码给工作人员扫一扫或念给他听。不要发给别人。</p>
    <button class="quiet wide" onClick=${() => keep(voucherOf(award, award.code, address))}>存成图片，没有网络也能出示</button>
  </div>`;
}

// Proving who one is, so that a person counts once: the doors that the contest opens, and what came of it.
import "./prove.css";
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { Icon } from "../../art/icons.js";
import { Sheet } from "../sheet.js";
import { outcomes } from "./back.js";
import { BoothDoor } from "./provebooth.js";
import { PhoneDoor } from "./provephone.js";

/** @typedef {import("../types").Door} Door @typedef {import("./back.js").Outcome} Outcome */

/**
 * What every door is given.
 * @typedef {object} Threshold
 * @property {import("../api").Call} api
 * @property {string} path of the contest
 * @property {{now(): number, local(): number}} clock
 * @property {(outcome: Outcome) => void} proved
 */

/**
 * @param {object} props
 * @param {import("../api").Call} props.api
 * @param {string} props.name of the player; empty: nobody has one here
 * @param {() => void} props.signIn asks for one
 * @param {{now(): number, local(): number}} props.clock
 * @param {ReturnType<typeof import("../store.js").newStore>} props.store
 * @param {import("../types").Contest} props.contest
 * @param {import("../types").Proof} [props.proof] none where nothing proves anybody here
 * @param {boolean} props.change another phone of who is proven
 * @param {(outcome: Outcome) => void} props.proved at once, for the back button closes the sheet too
 * @param {() => void} props.done
 * @param {() => void} props.close
 */
export function ProveSheet({ api, clock, store, contest, proof = none, name, signIn, change, proved, done,
  close }) {
  const phone = proof.doors.find((d) => d.kind === "phone");
  const [at, enter] = useState(change ? "phone" : proof.doors.length === 1 && phone ? "phone" : "");
  const [outcome, setOutcome] = useState(/** @type {Outcome | "found" | ""} */ (""));
  /** @type {Threshold} */
  const threshold = {
    api,
    path: "/contests/" + contest.slug,
    clock,
    proved(came) {
      setOutcome(came === "switched" && !name ? "found" : came); // who has no name here has played nothing here
      proved(came);
    },
  };
  const leave = () => (outcome ? done() : close());
  /** Whoever goes elsewhere comes back to where they were. */
  const going = () => store.write("aqd.back", { hash: location.hash, name });
  const title = outcome ? "好了" : change ? "换手机号" : at ? titles[at] : "证明身份";
  return html`<${Sheet} title=${title} close=${leave} key=${outcome || at || "doors"}>
    <div class="stack prove">
      ${outcome ? html`<p class="prove-done" role="status">
        <${Icon} name="right" />
        <span>${outcomes[outcome] || outcomes.kept}</span>
      </p>
      <button class="main wide" onClick=${leave}>好</button>`
        : at === "phone" ? html`<${PhoneDoor} ...${threshold} change=${change} minors=${!!contest.asks.guardian} />`
        : at === "staff" && !name ? html`<p>请先起个昵称，再来现场确认。</p>
        <button class="main wide" onClick=${signIn}>起个昵称</button>`
        : at === "staff" ? html`<${BoothDoor} ...${threshold} />`
        : at === "wechat" ? html`<${WeChatElsewhere} slug=${contest.slug} />`
        : !proof.doors.length ? html`<p>现在还不能在手机上证明身份，请联系主办方。已经答的题都在。</p>
        ${contest.contact && html`<p>联系方式：${contest.contact}</p>`}`
        : html`<p>${why(proof)}</p>
        ${proof.doors.map((d) => html`<${DoorButton} key=${d.kind + d.provider} door=${d} path=${threshold.path}
          going=${going} enter=${enter} />`)}`}
      ${!outcome && at && !change && proof.doors.length > 1 && html`<button class="link" onClick=${() => enter("")}>
        换一种方式
      </button>`}
    </div>
  </${Sheet}>`;
}

/** @type {import("../types").Proof} */
const none = { doors: [], needed_for: [], proven: [] };

/** @type {Record<string, string>} */
const titles = { phone: "手机号验证", staff: "现场确认", wechat: "微信登录" };

/** @type {Record<string, string>} */
const needs = {
  pools: "抽奖",
  shop: "积分兑换",
  drawings: "公开摇奖",
  invitations: "邀请奖励",
  boards: "上榜",
  pots: "直播奖金",
};

/** @param {import("../types").Proof} proof */
function why({ needed_for }) {
  const names = needed_for.map((need) => needs[need]).filter(Boolean);
  return (names.length ? names.join("、") + "要先证明身份：" : "") + "一个人只算一次，这样才公平。不证明也能答题。";
}

const inWeChat = () => /MicroMessenger/i.test(navigator.userAgent);

/** @param {{door: Door, path: string, going: () => void, enter: (kind: string) => void}} props */
function DoorButton({ door, path, going, enter }) {
  const back = "?back=" + encodeURIComponent(location.pathname + location.search);
  const elsewhere =
    door.kind === "account" ? `account/${encodeURIComponent(door.provider || "")}`
      : door.kind === "wechat" && inWeChat() ? "wechat"
      : "";
  const [name, note] = words[door.kind] || [door.title, ""];
  const inside = html`<span>${door.kind === "account" ? door.title : name}<small>${note}</small></span>
    <${Icon} name="next" />`;
  const href = `/api/v1${path}/signin/${elsewhere}${back}`;
  return elsewhere ? html`<a class="main wide door" href=${href} onClick=${going}>${inside}</a>`
    : html`<button class="main wide door" onClick=${() => enter(door.kind)}>${inside}</button>`;
}

/** @type {Record<string, [string, string]>} */
const words = {
  wechat: ["微信登录", "点一下就好"],
  phone: ["手机号", "收一条短信验证码"],
  account: ["", "用已有的账号"],
  staff: ["现场确认", "给工作人员看一个码"],
};

/** Outside of WeChat nobody can sign in by it. @param {{slug: string}} props */
function WeChatElsewhere({ slug }) {
  const [copied, setCopied] = useState(false);
  const address = location.origin + "/c/" + slug;
  const copy = () =>
    navigator.clipboard
      ? navigator.clipboard.writeText(address).then(
        () => setCopied(true),
        () => {},
      )
      : undefined;
  return html`<p>微信登录要在微信里打开本页。</p>
    <ol class="prove-steps">
      <li>用微信“扫一扫”扫下面的码；或者复制链接，发给微信的“文件传输助手”再点开。</li>
      <li>在微信里打开后，再点“微信登录”。</li>
    </ol>
    <img class="prove-qr" src=${"/qr.svg?text=" + encodeURIComponent(address)} alt="本页的二维码" width="200"
      height="200" />
    <button class="quiet wide" onClick=${copy}>${copied ? "已复制" : "复制链接"}</button>
    <p class="prove-address soft">${address}</p>`;
}

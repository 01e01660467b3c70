// The contest's first page: what it is, where I stand, and the road of levels.
import { html } from "../../html.js";
import { useEffect } from "../../vendor/hooks.js";
import { Icon } from "../../art/icons.js";
import { left, number, when } from "../../lib/format.js";
import { nextLevel, takesAnswers, whyNone } from "../../lib/levels.js";
import { GainsBar } from "../parts/gainsbar.js";
import { LiveCards } from "../parts/livecards.js";
import { OffersBand } from "../parts/offers.js";
import { LevelMap } from "../parts/levelmap.js";
import { lacksProof } from "../lib/proof.js";

/** @typedef {import("../../lib/types").Level} Level @typedef {import("../../lib/types").Home} Home */

/** Shows who answers for the page, which is served below everything. */
export function useRecords() {
  useEffect(() => {
    const records = document.getElementById("records");
    if (!records) return;
    records.hidden = false;
    return () => void (records.hidden = true);
  }, []);
}

/**
 * @param {object} props
 * @param {import("../app").Parts} props.parts
 * @param {Home} props.home @param {number} props.now
 * @param {(key: string) => void} props.play
 * @param {() => void} props.rename
 * @param {() => void} props.register asks for what earning needs
 * @param {() => void} props.refresh
 * @param {() => void} props.prove
 * @param {string} props.fresh the level just unlocked
 */
export function HomeScreen({ parts, home, now, play, rename, register, refresh, prove, fresh }) {
  useRecords();
  const { contest, levels, me } = home;
  return html`<main class="home">
    <div class="hero">
      <h1>${contest.title}</h1>
      ${contest.subtitle && html`<p class="hero-sub less">${contest.subtitle}</p>`}
      <p class=${"phase " + contest.phase}>${when(contest, now)}</p>
      <${Start} contest=${contest} levels=${levels} me=${me} play=${play} />
      ${contest.organizer && !me && html`<p class="hero-by less">主办：${contest.organizer}</p>`}
    </div>
    ${me && me.decision && html`<${Decided} standing=${me.decision === "standing"} />`}
    ${me && me.awards && me.decision !== "standing" && html`<${Waits} awards=${me.awards} now=${now} />`}
    ${contest.gains.prizes && html`<${OffersBand} api=${parts.api} contest=${contest} />`}
    ${contest.live && html`<${LiveCards} parts=${parts} contest=${contest.slug} />`}
    ${me && html`<${Me} me=${me} levels=${levels} rename=${rename} />`}
    ${me && me.shown_as && html`<div class="note register">
      <p>${withheld(me)}</p>
      ${me.name_state !== "waiting" && html`<button class="main" onClick=${rename}>换一个昵称</button>`}
    </div>`}
    ${me && !!me.held && html`<p class="note">您有${me.held}次答题答得很快，成绩等工作人员看过再算。</p>`}
    ${me && !!me.out && html`<p class="note">您有${me.out}次答题经工作人员查看没有计入成绩。有疑问请联系主办单位。</p>`}
    ${me && me.missing_earn.length > 0 && html`<div class="note register">
      <p>填好登记信息，才有积分、抽奖机会和名次。</p>
      <button class="main" onClick=${register}>去填写</button>
    </div>`}
    ${me && ["pools", "drawings"].some((need) => lacksProof(home, need)) && html`<div class="note register">
      <p>抽奖、兑换先要证明身份，一个人只算一次。</p>
      <button class="main" onClick=${() => prove()}>去证明</button>
    </div>`}
    <${GainsBar} parts=${parts} home=${home} refresh=${refresh} />
    ${(me || contest.pledge || contest.spots || contest.teams || contest.lists || contest.gains.earnings.length > 0) &&
    html`<p class="side">
      ${!me && contest.gains.earnings.length > 0 && html`<a class="quiet" href="#/gains">答题能得什么</a>`}
      ${contest.spots && html`<a class="quiet" href="#/spots">扫码打卡</a>`}
      ${contest.teams && html`<a class="quiet" href="#/team">我的${contest.teams}</a>`}
      ${contest.lists && html`<a class="quiet" href="#/lists">公开名单</a>`}
      ${contest.pledge && html`<a class="quiet" href="#/pledge">签名接力</a>`}
      ${me && html`<a class="quiet" href="#/invite">邀请好友</a>`}
    </p>`}
    <${LevelMap} levels=${levels} open=${takesAnswers(contest)} play=${play} fresh=${fresh} />
  </main>`;
}

/** What was decided about the player, before everything else. @param {{standing: boolean}} props */
const Decided = ({ standing }) => html`<div class=${standing ? "note decided" : "note register"} role="status">
  <p>
    <b>${standing ? "您的资格暂时被取消" : "您的资格已经恢复"}</b>${standing && html`<br />现在答题不上榜，也不能抽奖和领奖。`}
  </p>
  <a class=${standing ? "main wide" : "main"} href="#/appeal">${standing ? "看原因，申诉" : "看说明"}</a>
</div>`;

/** The prizes that wait, on every visit until they are claimed.
 * @param {{awards: NonNullable<import("../../lib/types").Me["awards"]>, now: number}} props */
const Waits = ({ awards: { count, asks, until }, now }) => html`<div class="note register">
  <p>
    <b>${asks ? `恭喜，${asks} 份奖品等您填领奖信息` : `${count} 份奖品等您领取`}</b>
    ${until > 0 && html`<br />${left(until, now)}，过期作废`}
  </p>
  <a class=${asks ? "main amber" : "main"} href="#/prizes">${asks ? "去填写" : "去领取"}</a>
</div>`;

/** Why others do not see the nickname. @param {import("../../lib/types").Me} me */
const withheld = (me) =>
  me.name_state === "waiting"
    ? `新昵称正在等工作人员查看，看过以前别人看到的是“${me.shown_as}”。`
    : `您的昵称不适合公开显示，别人看到的是“${me.shown_as}”，成绩不受影响。` +
      (me.name_state === "hidden" ? "可以换一个，工作人员看过以后显示。" : "换一个合适的就会显示。");

/**
 * @param {{contest: import("../../lib/types").Contest, levels: Level[], me: import("../../lib/types").Me | null, play:
 *   (key: string) => void}} props
 */
function Start({ contest, levels, me, play }) {
  if (!takesAnswers(contest)) return null;
  const level = nextLevel(levels);
  if (!level) {
    const revives = levels.some((l) => l.revive === "share" || l.revive === "invite");
    return html`<p class="hero-note">${whyNone(levels)}</p>
    ${revives && html`<a class="main amber wide" href="#/invite">
      <span>分享，再得一次机会</span>
      <${Icon} name="next" />
    </a>`}`;
  }
  const verb = level.under_way ? "接着答" : !me ? "马上开始" : level.state === "passed" ? "冲三颗星" : "去闯关";
  const left = me ? me.limits.filter((text) => text) : [];
  const counts = !me || me.decision !== "standing";
  return html`<button class=${counts ? "main amber wide" : "main wide"} onClick=${() => play(level.key)}>
    <span>${verb}<span class="go-title">${level.title}</span></span>
    <${Icon} name="next" />
  </button>
  ${left.length > 0 && html`<p class="phase left">${left.join("，")}</p>`}`;
}

/** @param {{me: import("../../lib/types").Me, levels: Level[], rename: () => void}} props */
const Me = ({ me, levels, rename }) => html`<section class="me" aria-label="我的成绩">
  <button class="me-name" onClick=${rename} aria-label=${me.nickname + "，修改昵称"}>
    <b>${me.nickname}</b>
    <span class="soft less">${me.unit ? me.unit.name : "修改资料"}</span>
  </button>
  <p class="me-figure"><b>${number(me.score)}</b><span>总分</span></p>
  <p class="me-figure">
    <b>${me.passed_levels}<small>/${levels.filter((l) => !l.foreign && !l.practice).length}</small></b>
    <span>通过关卡</span>
  </p>
</section>`;

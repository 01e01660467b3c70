// The contest's first page: what it is, where I stand, and the road of levels.
import { html } from "../../html.js";
import { Icon } from "../../art/icons.js";
import { number, when } from "../lib/format.js";
import { LevelMap } from "../parts/levelmap.js";

/** @typedef {import("../types").Level} Level @typedef {import("../types").Home} Home */

/** The level that the big button leads to: one under way, else the first open one that is not passed, else a passed
 * one with tries left. @param {Level[]} levels @returns {Level | undefined} */
export function nextLevel(levels) {
  return levels.find((l) => l.under_way) || levels.find((l) => l.state === "open" && l.tries_left > 0)
    || levels.find((l) => l.state === "passed" && l.tries_left > 0 && l.stars < 3);
}

/** @param {{home: Home, now: number, play: (key: string) => void, rename: () => void, fresh: string}} props */
export function HomeScreen({ home, now, play, rename, fresh }) {
  const { contest, levels, me } = home;
  return html`<main class="home">
    <div class="hero">
      <h1>${contest.title}</h1>
      ${contest.subtitle && html`<p class="hero-sub less">${contest.subtitle}</p>`}
      <p class=${"phase " + contest.phase}>${when(contest, now)}</p>
      <${Start} contest=${contest} levels=${levels} me=${me} play=${play} />
      ${contest.organizer && html`<p class="hero-by less">主办：${contest.organizer}</p>`}
    </div>
    ${contest.pledge && html`<p class="ways-more"><a class="quiet wide" href="#/pledge"><span>${contest.pledge}</span><small>签名接力</small></a></p>`}
    ${me && html`<${Me} me=${me} levels=${levels} rename=${rename} />`}
    ${me && html`<p class="ways-more"><a class="quiet wide" href="#/invite"><span>邀请好友一起答</span></a></p>`}
    <${LevelMap} levels=${levels} open=${contest.phase === "open"} play=${play} fresh=${fresh} />
  </main>`;
}

/** @param {{contest: import("../types").Contest, levels: Level[], me: import("../types").Me | null, play: (key: string) => void}} props */
function Start({ contest, levels, me, play }) {
  if (contest.phase !== "open") return null;
  const level = nextLevel(levels);
  if (!level) {
    const done = levels.every((l) => l.state === "passed");
    return html`<p class="hero-note">${done ? "全部关卡已经通过，谢谢您。" : "今天的答题次数用完了，明天再来。"}</p>`;
  }
  const verb = level.under_way ? "接着答" : !me ? "马上开始" : level.state === "passed" ? "冲三颗星" : "去闯关";
  return html`<button class="main amber wide" onClick=${() => play(level.key)}>
    <span>${verb}<span class="go-title">${level.title}</span></span><${Icon} name="next" />
  </button>`;
}

/** @param {{me: import("../types").Me, levels: Level[], rename: () => void}} props */
const Me = ({ me, levels, rename }) => html`<section class="me" aria-label="我的成绩">
  <button class="me-name" onClick=${rename} aria-label=${me.nickname + "，修改昵称"}>
    <b>${me.nickname}</b><span class="soft less">${me.unit ? me.unit.name : "修改资料"}</span>
  </button>
  <p class="me-figure"><b>${number(me.score)}</b><span>总分</span></p>
  <p class="me-figure"><b>${me.passed_levels}<small>/${levels.length}</small></b><span>通过关卡</span></p>
</section>`;

// The instant draws: pools, what they hold and how likely, my chances, and what came of each. Fetched when it is opened
// first. The server has decided and stored the result before anything turns; the show only tells it.
import "../css/draw.css";
import { html } from "../../html.js";
import { useEffect, useRef, useState } from "../../vendor/hooks.js";
import { Heading } from "../parts/chrome.js";
import { Failed, Waiting } from "../../lib/waiting.js";
import { dateTime, number } from "../../lib/format.js";
import { nameless, say } from "../../lib/problems.js";
import { faces } from "./drawfaces.js";
import { lacksProof } from "../lib/proof.js";
import { ToDo } from "../parts/todo.js";
import { Shop } from "./drawshop.js";
import { VoucherSheet } from "./prizesvoucher.js";

/**
 * @typedef {{key: string, title: string, kind: "goods" | "voucher" | "credit" | "redpacket" | "points" | "thanks",
 *   value: number, collect: string}} Prize
 */
/** @typedef {Prize & {odds: string, guaranteed: number, stock: "all" | "some" | "later" | "out"}} ToWin */
/**
 * @typedef {{key: string, title: string, face: "wheel" | "scratch" | "envelope", state: "soon" | "open" | "closed",
 *   opens_at: number, closes_at: number, prizes: ToWin[], nothing: boolean}} Pool
 */
/**
 * @typedef {{chance: string, pool: string, pool_title: string, prize: Prize | null, award: string, note: string,
 *   asks: boolean, until: number, drawn_at: number}} Drawn
 */
/** @typedef {import("./prizesvoucher.js").Voucher} Voucher */
/** @typedef {{draw: Drawn, code: string, left: number}} Reply */
/** @typedef {{chances: string[], left: number, points: number, draws: Drawn[],
 *   purses?: {key: string, title: string, left: number}[]}} Drawer */
/** @typedef {Prize & {price: number, sold_out: boolean, purse?: {key: string, title: string}}} Good */
/** @typedef {{pools: Pool[], shop: Good[], me: Drawer | null}} Draws */

/** Whether a prize is something, and not thanks alone. @param {Prize | null} prize */
export const wins = (prize) => !!prize && prize.kind !== "thanks";

/** @typedef {{signIn: (next: () => void) => void, prove: () => void, unproven: boolean}} Ways to say who one is */

/** @param {import("../screens.js").Shared} props */
export function DrawScreen({ parts, home, contest, me, signIn, prove }) {
  const [draws, setDraws] = useState(/** @type {Draws | null} */ (null));
  const [problem, setProblem] = useState(/** @type {import("../../lib/types").Problem | null} */ (null));
  const [chosen, setChosen] = useState("");
  const [kept, keep] = useState(/** @type {Voucher | null} */ (null));
  const path = "/contests/" + contest.slug;
  const load = () =>
    parts.api("GET", path + "/draws").then((got) => {
      setDraws(got);
      setProblem(null);
    }, setProblem);
  useEffect(() => {
    load();
  }, [!!me]);

  if (problem && !draws) return html`<main class="plain"><${Failed} problem=${problem} again=${load} /></main>`;
  if (!draws) return html`<main class="plain"><${Waiting} /></main>`;
  const pool =
    draws.pools.find((p) => p.key === chosen) || draws.pools.find((p) => p.state === "open") || draws.pools[0];
  const drawer = draws.me;
  const shopAlone = !pool && draws.shop.length > 0;
  /** @param {string} need @returns {Ways} */
  const ways = (need) => ({ signIn, prove: () => prove(), unproven: lacksProof(home, need) });
  return html`<main class="plain draw">
    ${shopAlone ? html`<${Heading} title="兑换" />` : html`<${Heading} title="抽奖"
      note=${drawer ? html`我有 <b class="figure">${number(drawer.left)}</b> 次抽奖机会`
        : "答题和参加活动可以得到抽奖机会"} />`}
    ${draws.pools.length > 1 && html`<div class="draw-pools" role="group" aria-label="选择抽奖">
      ${draws.pools.map(
        (p) => html`<button class=${p === pool ? "quiet on" : "quiet"} aria-pressed=${p === pool}
          onClick=${() => setChosen(p.key)}>
          ${p.title}
        </button>`,
      )}
    </div>`}
    ${shopAlone ? null : !pool ? html`<p class="empty">这个活动没有抽奖。</p>`
      : html`<${PoolCard} key=${pool.key} parts=${parts} path=${path} pool=${pool} drawer=${drawer}
        ...${ways("pools")} drawn=${load} keep=${keep} />`}
    ${draws.shop.length > 0 && html`<${Shop} parts=${parts} path=${path} goods=${draws.shop} drawer=${drawer}
      alone=${shopAlone} ...${ways("shop")} bought=${load} />`}
    ${drawer && drawer.draws.length > 0 && html`<${Record} draws=${drawer.draws} />`}
    ${kept && html`<${VoucherSheet} contest=${contest} name=${me ? me.nickname : ""} voucher=${kept}
      close=${() => keep(null)} />`}
  </main>`;
}

/** One pool: its face, the button, and what it holds.
 * @param {Ways & {parts: import("../app").Parts, path: string, pool: Pool, drawer: Drawer | null, drawn: () => void,
 *   keep: (voucher: Voucher) => void}} props
 */
function PoolCard({ parts, path, pool, drawer, signIn, prove, unproven, drawn, keep }) {
  const [reply, setReply] = useState(/** @type {Reply | null} */ (null));
  const [told, setTold] = useState(false);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const pending = useRef(""); // the chance whose reply is not here yet: asked again, it gives the same
  const Face = faces[pool.face] || faces.wheel;
  const left = reply ? reply.left : drawer ? drawer.left : 0;

  async function draw() {
    if (busy || (reply && !told)) return;
    const chance = pending.current || nextChance(drawer, reply);
    if (!chance) return;
    pending.current = chance;
    setBusy(true);
    setWrong("");
    try {
      const got = await parts.api("POST", path + "/pools/" + pool.key + "/draws", { chance });
      pending.current = "";
      setTold(false);
      setReply(got);
      drawn(); // whatever happens to the show, the record below has it
    } catch (problem) {
      if (nameless(problem)) return signIn(() => {});
      if (problem.code === "needs_proof") prove();
      if (problem.status && problem.status < 500) pending.current = "";
      setWrong(say(problem) + (problem.code === "offline" ? "这次机会还在，再点一次结果也不会变。" : ""));
    } finally {
      setBusy(false);
    }
  }

  return html`<section class="draw-pool" aria-label=${pool.title}>
    <${Face} key=${reply ? reply.draw.chance : "idle"} pool=${pool} reply=${reply} told=${told}
      done=${() => setTold(true)} />
    ${reply && told && html`<${Outcome} reply=${reply} keep=${() => keep(voucherOf(reply))} />`}
    ${wrong && html`<p class="form-wrong" role="alert">${wrong}</p>`}
    <${DrawButton} pool=${pool} drawer=${drawer} left=${left} busy=${busy} showing=${!!reply && !told} again=${!!reply}
      calm=${!!reply && reply.draw.asks}
      draw=${draw} signIn=${signIn} prove=${prove} unproven=${unproven} />
    <${Holds} pool=${pool} />
  </section>`;
}

/** The oldest chance that the reply has not used. @param {Drawer | null} drawer @param {Reply | null} reply */
const nextChance = (drawer, reply) => (drawer && drawer.chances.find((id) => !reply || id !== reply.draw.chance)) || "";

/**
 * @param {Ways & {pool: Pool, drawer: Drawer | null, left: number, busy: boolean, showing: boolean, again: boolean,
 *   calm: boolean, draw: () => void}} props
 */
function DrawButton({ pool, drawer, left, busy, showing, again, calm, draw, signIn, prove, unproven }) {
  if (showing) return null; // the face has its own button to skip
  if (pool.state === "soon") return html`<p class="note">${dateTime(pool.opens_at)} 开始抽奖。</p>`;
  if (pool.state === "closed") return html`<p class="note">这个抽奖已经结束。</p>`;
  if (!drawer) return html`<button class="main wide" onClick=${() => signIn(() => {})}>登记昵称后抽奖</button>`;
  if (!left) return html`<p class="note">现在没有抽奖机会。</p><a class="quiet wide" href="#/gains">怎么得抽奖机会</a>`;
  if (unproven)
    return html`<button class="main amber wide" onClick=${prove}>
      <span>证明身份后抽奖<small>有 ${number(left)} 次</small></span>
    </button>`;
  return html`<button class=${calm ? "quiet wide" : "main amber wide"} disabled=${busy} onClick=${draw}>
    <span>${busy ? "请稍等" : again ? "再抽一次" : "抽一次"}<small>还有 ${number(left)} 次</small></span>
  </button>`;
}

/** The code that was won, as something to keep. @param {Reply} reply @returns {Voucher} */
const voucherOf = ({ draw: { prize, until }, code }) => ({
  title: prize ? prize.title : "",
  code,
  scan: "",
  collect: prize ? prize.collect : "",
  until,
});

/** What came of it, in plain words, and what is to be done for it. @param {{reply: Reply, keep: () => void}} props */
function Outcome({ reply, keep }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    if (box.current && "scrollBehavior" in box.current.style) box.current.scrollIntoView({ block: "center" });
  }, []);
  const { draw, code } = reply;
  const prize = draw.prize;
  return html`<div class=${wins(prize) ? "draw-out won" : "draw-out"} role="status" ref=${box}>
    ${prize && wins(prize) ? html`<p class="soft">抽中了</p><h2>${prize.title}</h2>`
      : html`<h2>这次没有抽中</h2><p class="soft">谢谢您参加</p>`}
    ${draw.note && html`<p>${draw.note}</p>`}
    ${code && html`<p class="draw-code"><span class="soft">兑换码</span><b>${code}</b></p>`}
    ${prize && prize.kind === "points" && html`<p>${number(prize.value)} 积分已经加到您的积分里。</p>`}
    ${prize && prize.collect && wins(prize) && html`<p>${prize.collect}</p>`}
    ${code && html`<button class="quiet wide" onClick=${keep}>把兑换码存成图片</button>`}
    ${draw.award && prize && prize.kind !== "points" && html`<${ToDo} award=${draw.award} need=${draw} />`}
  </div>`;
}

/** What the pool holds and how likely it is. @param {{pool: Pool}} props */
const Holds = ({ pool }) => html`<div class="draw-holds">
  <h2>奖品和机会</h2>
  <ul>
    ${pool.prizes.map(
      (p) => html`<li>
        <b>${p.title}</b>
        <span class="soft">
          ${[p.odds, p.guaranteed && `前面都没有中，第 ${p.guaranteed} 次必得`, stocks[p.stock]]
            .filter(Boolean)
            .join("；")}
        </span>
      </li>`,
    )}
  </ul>
  <p class="soft">
    ${pool.nothing ? "没抽中奖品的，是谢谢参与。" : ""}
    结果由系统随机决定，点按钮时已经定下，怎么转、怎么刮都一样。奖品发完后，抽到它就是谢谢参与，其他奖品的机会不变。
  </p>
</div>`;

/** @type {Record<string, string>} */
const stocks = { all: "", some: "", later: "这一批已发完，稍后还有", out: "已经发完" };

/** My draws, newest first. @param {{draws: Drawn[]}} props */
const Record = ({ draws }) => html`<section class="draw-record">
  <h2>我的抽奖记录</h2>
  <ul>
    ${draws.map(
      (d) => html`<li>
        <span class="soft">${dateTime(d.drawn_at)} ${d.pool_title}</span>
        <b class=${wins(d.prize) ? "won" : "none"}>${d.prize && wins(d.prize) ? d.prize.title : "没有抽中"}</b>
      </li>`,
    )}
  </ul>
</section>`;

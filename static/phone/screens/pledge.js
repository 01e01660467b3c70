// The pledge relay: read, sign, and what comes of it. Fetched when it is opened first.
import "../css/pledge.css";
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { Heading } from "../parts/chrome.js";
import { Failed, Waiting } from "../../lib/waiting.js";
import { date, number } from "../../lib/format.js";
import { nameless, say } from "../../lib/problems.js";
import { Signed, whose } from "./pledgesigned.js";

/** @typedef {{number: number, name: string}} Signer */
/**
 * @typedef {{number: number, name: string, masked: boolean, signed_at: number, depth: number, from: Signer | null,
 *   code: string, after: number, direct: number, further: number,
 *   text: {contest: string, organizer: string, title: string, lines: string[]}}} Signature
 */
/** @typedef {{title: string, lines: string[], signed: number, from: Signer | null, mine: Signature | null}} Pledge */
/** @typedef {{kind: "points" | "chance" | "try" | "card", amount: number, card?: string}} Earned */

/** The code of the link that brought the player here. */
const handed = () => new URLSearchParams(location.search).get("pledge") || "";

/**
 * @param {{parts: import("../app").Parts, contest: import("../../lib/types").Contest, me: import("../../lib/types").Me
 *   | null, signIn: (next: () => void) => void}} props
 */
export function PledgeScreen({ parts, contest, me, signIn }) {
  const [pledge, setPledge] = useState(/** @type {Pledge | null} */ (null));
  const [problem, setProblem] = useState(/** @type {import("../../lib/types").Problem | null} */ (null));
  const [earned, setEarned] = useState(/** @type {Earned[]} */ ([]));
  const path = `/contests/${contest.slug}/pledge`;
  const load = () =>
    parts.api("GET", path + "?from=" + encodeURIComponent(handed())).then((got) => {
      setPledge(got);
      setProblem(null);
    }, setProblem);
  useEffect(() => {
    load();
  }, [!!me]);

  if (problem) return html`<main class="plain"><${Failed} problem=${problem} again=${load} /></main>`;
  if (!pledge) return html`<main class="plain"><${Waiting} /></main>`;
  if (pledge.mine)
    return html`<${Signed} parts=${parts} contest=${contest} pledge=${pledge} mine=${pledge.mine} earned=${earned}
      refresh=${load} />`;
  return html`<main class="plain pledge">
    ${pledge.from && html`<p class="handed">${whose(pledge.from)}把接力棒交给您</p>`}
    <${Heading} title=${pledge.title}
      note=${pledge.signed ? `已有${number(pledge.signed)}人签名` : "等您签下第一个名字"} />
    <ol class="pledge-lines">${pledge.lines.map((line) => html`<li>${line}</li>`)}</ol>
    ${contest.phase !== "open" ? html`<p class="note">
      ${contest.phase === "closed" ? "活动已经结束，不再签名。" : date(contest.opens_at) + "活动开始后可以签名。"}
    </p>`
      : !me ? html`<button class="main wide" onClick=${() => signIn(() => {})}>我要签名</button>`
      : html`<${SignForm} parts=${parts} path=${path} me=${me} signIn=${signIn}
        done=${(/** @type {{mine: Signature, earned: Earned[]}} */ got) => {
          setEarned(got.earned);
          setPledge({ ...pledge, mine: got.mine });
          scrollTo(0, 0);
        }} />`}
  </main>`;
}

/**
 * @param {{parts: import("../app").Parts, path: string, me: import("../../lib/types").Me, signIn: (next: () => void) =>
 *   void, done: (got: any) => void}} props
 */
function SignForm({ parts, path, me, signIn, done }) {
  const [name, setName] = useState(me.nickname);
  const [masked, setMasked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const first = [...name.trim()][0] || "张";

  /** @param {Event} event */
  async function submit(event) {
    event.preventDefault();
    if (busy) return;
    if (!name.trim()) return setWrong("请写上您的名字。");
    setBusy(true);
    setWrong("");
    try {
      done(await parts.api("POST", path, { name: name.trim(), masked, from: handed() }));
    } catch (problem) {
      setBusy(false);
      if (nameless(problem)) return signIn(() => {});
      setWrong(say(problem));
    }
  }

  /** @param {boolean} value @param {string} shown @param {string} text */
  const choice = (value, shown, text) => html`<button type="button" role="radio" aria-checked=${masked === value}
    class=${masked === value ? "option on" : "option"} onClick=${() => setMasked(value)}>
    <span class="option-sign" aria-hidden="true">${masked === value ? "✓" : ""}</span>
    <span class="option-text"><b>${shown}</b> <span class="soft">${text}</span></span>
  </button>`;

  return html`<form class="form sign" onSubmit=${submit}>
    <label for="sign-name">署名</label>
    <p class="soft">写在证书上的名字，签名后不能再改</p>
    <input id="sign-name" value=${name} autocomplete="name" enterkeyhint="done" aria-invalid=${!!wrong}
      aria-describedby="sign-wrong" onInput=${(/** @type {any} */ e) => setName(e.target.value)} />
    ${wrong && html`<p class="form-wrong" id="sign-wrong" role="alert">${wrong}</p>`}
    <p class="form-label" id="shown-label">接力墙上怎么显示</p>
    <div role="radiogroup" aria-labelledby="shown-label">
      ${choice(false, name.trim() || "张三", "显示全名")}${choice(true, first + "**", "只显示第一个字")}
    </div>
    <p class="consent soft">名字和编号会公开显示在现场的接力墙上。以后想删除，请到“我的”里删除我的信息。</p>
    <button class="main wide" disabled=${busy}>${busy ? "请稍等" : "郑重签名"}</button>
  </form>`;
}

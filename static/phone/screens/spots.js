// The spots of a contest: a code that was scanned (#/spots/CODE) or is typed, and which spots are found. Fetched when
// it is opened first.
import "../css/spots.css";
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { Icon } from "../../art/icons.js";
import { Heading } from "../parts/chrome.js";
import { Failed, Waiting } from "../../lib/waiting.js";
import { dateTime } from "../../lib/format.js";
import { say } from "../../lib/problems.js";
import { earnedWords } from "../lib/earned.js";

/** @typedef {import("../../lib/types").Problem} Problem */
/**
 * @typedef {{key: string, title: string, where: string, opens_at: number, closes_at: number, hours: string, daily:
 *   boolean, found: boolean}} Spot
 */
/**
 * @typedef {{title: string, repeated: boolean, earned: import("../../lib/types").Earned[], opened: {key: string, title:
 *   string}[]}} Found
 */

/** What the page says of a code that is refused. @param {Problem} bad */
const refused = (bad) => (/^(spot_|contest_(not_open|closed))/.test(bad.code) && bad.detail) || say(bad);

/** @param {import("../screens").Shared} props level: the code that was scanned */
export function SpotsScreen({ parts, contest, me, level: scanned, now, signIn, refresh, play }) {
  const [spots, setSpots] = useState(/** @type {Spot[] | null} */ (null));
  const [failed, setFailed] = useState(/** @type {Problem | null} */ (null));
  const [found, setFound] = useState(/** @type {Found | null} */ (null));
  const [wrong, setWrong] = useState("");
  const [code, setCode] = useState(scanned || "");
  const [busy, setBusy] = useState(false);
  const path = `/contests/${contest.slug}/spots`;
  const load = () =>
    parts.api("GET", path).then((got) => {
      setSpots(got.spots);
      setFailed(null);
    }, setFailed);
  function give() {
    if (!me) return signIn(refresh);
    setBusy(true);
    setWrong("");
    parts
      .api("POST", path, { code })
      .then(
        (/** @type {Found} */ got) => {
          setFound(got);
          setCode("");
          load();
          refresh(); // what it gave, and what it opened
        },
        (bad) => {
          setFound(null);
          setWrong(refused(bad));
        },
      )
      .then(() => setBusy(false));
  }
  useEffect(() => {
    load();
  }, []);
  // Who scans a code gives it by that; a stranger is asked for a name first.
  useEffect(() => {
    if (scanned) give();
  }, [scanned, !!me]);
  /** @param {Event} event */
  function send(event) {
    event.preventDefault();
    if (!busy && code.trim()) give();
  }
  return html`<main class="plain spots">
    <${Heading} title="打卡" />
    ${found && html`<section class="spot-found" role="status">
      <h2>${found.repeated ? `“${found.title}”已经打过卡` : `“${found.title}”打卡成功`}</h2>
      ${found.earned.length > 0 && html`<p>得到${earnedWords(found.earned)}</p>`}
      ${found.opened.map(
        (l) => html`<button class="main wide" key=${l.key} onClick=${() => play(l.key)}>去答“${l.title}”</button>`,
      )}
    </section>`}
    <form class="spot-form" onSubmit=${send}>
      <label>
        <b>输入打卡码</b>
        <span class="soft">扫现场的二维码，或者输入旁边的 8 位码，不分大小写</span>
        <input type="text" value=${code} autocomplete="off" autocapitalize="characters"
          aria-invalid=${!!wrong} onInput=${(/** @type {any} */ e) => setCode(e.target.value)} />
      </label>
      ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
      <button class="main wide" disabled=${busy || !code.trim()}>${busy ? "正在打卡" : "打卡"}</button>
    </form>
    ${failed && !spots ? html`<${Failed} problem=${failed} again=${load} />`
      : !spots ? html`<${Waiting} />`
      : html`<section>
        <h2>打卡点<span class="soft">${spots.filter((s) => s.found).length}/${spots.length}</span></h2>
        <ul class="spot-list">
          ${spots.map(
            (s) => html`<li key=${s.key} class=${s.found ? "found" : ""}>
              <span class="spot-sign" aria-hidden="true">${s.found && html`<${Icon} name="right" />`}</span>
              <span>
                <b>${s.title}</b>
                ${s.where && html`<span>${s.where}</span>`}
                ${when(s, now) && html`<small>${when(s, now)}</small>`}
              </span>
              <small>${s.found ? (s.daily ? "今天已打卡" : "已打卡") : "还没有"}</small>
            </li>`,
          )}
        </ul>
      </section>`}
  </main>`;
}

/** When a spot can be found, in words. @param {Spot} s @param {number} now */
function when(s, now) {
  if (s.closes_at && now >= s.closes_at) return "已经结束";
  const texts = [s.opens_at > now ? dateTime(s.opens_at) + " 开放" : "", s.hours && "每天 " + s.hours, s.daily && "每天换码"];
  if (s.closes_at) texts.push(dateTime(s.closes_at) + " 结束");
  return texts.filter((text) => text).join("，");
}

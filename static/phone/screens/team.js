// The team that a player forms with others: founding one, coming in by a code that was scanned (#/team/CODE) or is
// typed, who is in it. Fetched when it is opened first.
import "../css/spots.css";
import "../css/team.css";
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { Heading } from "../parts/chrome.js";
import { Failed, Waiting } from "../../lib/waiting.js";
import { dateTime } from "../../lib/format.js";
import { say } from "../../lib/problems.js";
import { copy } from "./inviteways.js";

/** @typedef {import("../../lib/types").Problem} Problem */
/** @typedef {import("../../lib/schemas").components["schemas"]["Teams"]} Teams */
/** @typedef {NonNullable<Teams["team"]>} Team */
/** @typedef {(method: string, path: string, body?: object) => void} Act */

/** @param {import("../screens").Shared} props level: the code that was scanned */
export function TeamScreen({ parts, contest, me, level: scanned, now, signIn, refresh }) {
  const [teams, setTeams] = useState(/** @type {Teams | null} */ (null));
  const [failed, setFailed] = useState(/** @type {Problem | null} */ (null));
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const path = `/contests/${contest.slug}/team`;
  const load = () =>
    parts.api("GET", path).then((got) => {
      setTeams(got);
      setFailed(null);
    }, setFailed);
  useEffect(() => {
    load();
  }, [!!me]);
  /** @type {Act} */
  function act(method, below, body) {
    if (!me) return signIn(refresh);
    setBusy(true);
    setWrong("");
    parts
      .api(method, path + below, body)
      .then(setTeams, (bad) => setWrong((/^(team|invalid_field)/.test(bad.code) && bad.detail) || say(bad)))
      .then(() => setBusy(false));
  }
  const title = contest.teams || "队伍";
  const open = !!teams && now < teams.until;
  const note = teams && (open ? `${dateTime(teams.until)} 以前可以加入、退出，每队最多 ${teams.most} 人。` : "组队已经截止。");
  return html`<main class="plain spots team">
    <${Heading} title=${"我的" + title} note=${note} />
    ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
    ${failed && !teams ? html`<${Failed} problem=${failed} again=${load} />`
      : !teams ? html`<${Waiting} />`
      : teams.team ? html`<${Mine} team=${teams.team} teams=${teams} contest=${contest} open=${open} busy=${busy}
        act=${act} />`
      : open ? html`<${Ways} title=${title} scanned=${scanned} busy=${busy} act=${act} />`
      : html`<p class="note">您没有加入${title}。</p>`}
  </main>`;
}

/** Joining or founding. @param {{title: string, scanned: string, busy: boolean, act: Act}} props */
function Ways({ title, scanned, busy, act }) {
  const [code, setCode] = useState(scanned || "");
  const [name, setName] = useState("");
  /** @param {() => void} then */
  const sent = (then) => (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!busy) then();
  };
  return html`<div>
    <form class="spot-form" onSubmit=${sent(() => act("POST", "/members", { code }))}>
      <label>
        <b>加入${title}</b>
        <span class="soft">扫队长的二维码，或者输入 8 位组队码，不分大小写</span>
        <input type="text" value=${code} autocomplete="off" autocapitalize="characters"
          onInput=${(/** @type {any} */ e) => setCode(e.target.value)} />
      </label>
      <button class="main wide" disabled=${busy || !code.trim()}>加入</button>
    </form>
    <form class="spot-form team-name" onSubmit=${sent(() => act("POST", "", { name }))}>
      <label>
        <b>新建${title}</b>
        <span class="soft">您是队长。名称最多 12 个字，会公开显示</span>
        <input type="text" value=${name} autocomplete="off"
          onInput=${(/** @type {any} */ e) => setName(e.target.value)} />
      </label>
      <button class="quiet wide" disabled=${busy || !name.trim()}>新建</button>
    </form>
  </div>`;
}

/**
 * The own team with the code that lets others in.
 * @param {{team: Team, teams: Teams, contest: import("../../lib/types").Contest, open: boolean, busy: boolean,
 *   act: Act}} props
 */
function Mine({ team, teams, contest, open, busy, act }) {
  const [told, setTold] = useState("");
  const [renamed, setRenamed] = useState(false);
  const [sure, setSure] = useState(""); // what is asked about: a member's id, or "me"
  /** @type {Act} */
  const rename = (...sent) => {
    setRenamed(true);
    act(...sent);
  };
  const room = team.members.length < teams.most;
  const link = `${location.origin}/c/${contest.slug}#/team/${team.code.replace("-", "").toLowerCase()}`;
  /** @param {string} what @param {string} text @param {() => void} then */
  const twice = (what, text, then) => html`<button class="quiet" disabled=${busy}
    onClick=${() => (sure === what ? (setSure(""), then()) : setSure(what))}>
    ${sure === what ? "确定" + text : text}
  </button>`;
  return html`<div>
    <h2 class="team-title">${team.name}</h2>
    ${team.shown_as !== team.name && html`<p class="note">
      ${renamed && team.renames === 0 ? "换好了，等工作人员看过以后公开显示；现在" : "这个名称现在没有公开显示，"}
      别人看到的是“${team.shown_as}”。
    </p>`}
    ${team.renames > 0 && html`<${Another} left=${team.renames} busy=${busy} act=${rename} />`}
    ${open && room && team.code && html`<section class="team-code">
      <img src=${"/qr.svg?text=" + encodeURIComponent(link)} alt="组队的二维码" width="180" height="180" />
      <p><b>${team.code}</b></p>
      <p class="soft">让队友扫码，或输入组队码；${dateTime(team.code_until)} 以前有效</p>
      <button class="main wide" onClick=${() =>
        copy(link).then((done) => setTold(done ? "链接已经复制，发给队友就行" : "复制不了，请让队友扫码"))}>
        复制邀请链接
      </button>
      ${told && html`<p role="status">${told}</p>`}
    </section>`}
    ${open && room && team.captain && html`<p class="team-renew">
      ${team.code ? twice("code", "换组队码", () => act("POST", "/code"))
        : html`<span>组队码已经过期。</span><button class="quiet" disabled=${busy}
            onClick=${() => act("POST", "/code")}>换新的组队码</button>`}
    </p>`}
    ${open && !room && html`<p class="note">已经满员。</p>`}
    <section>
      <h2>队员<span class="soft">${team.members.length}/${teams.most}</span></h2>
      <ul class="spot-list">
        ${team.members.map(
          (m) => html`<li key=${m.player}>
            <span></span>
            <span><b>${m.name}${m.me && html` <em>我</em>`}</b></span>
            <small>${m.captain && "队长"}</small>
            ${m.removable && twice(m.player, "移出", () => act("DELETE", "/members/" + m.player))}
          </li>`,
        )}
      </ul>
      ${teams.least > 1 && html`<p class="soft">有成绩的满 ${teams.least} 人，才进入排行榜。</p>`}
    </section>
    ${open && html`<p class="team-leave">
      ${sure === "me" && html`<span class="soft">${team.members.length === 1 ? "退出后队伍解散。"
        : team.captain ? "退出后由最早加入的队员当队长。" : "退出后您的成绩不再算在队里。"}</span>`}
      ${twice("me", "退出", () => act("DELETE", ""))}
    </p>`}
  </div>`;
}

/** Another name in the place of one that others do not see. @param {{left: number, busy: boolean, act: Act}} props */
function Another({ left, busy, act }) {
  const [name, setName] = useState("");
  /** @param {Event} event */
  const send = (event) => {
    event.preventDefault();
    if (!busy && name.trim()) act("POST", "/name", { name });
  };
  return html`<form class="spot-form team-name" onSubmit=${send}>
    <label>
      <b>换一个队名</b>
      <span class="soft">最多 12 个字，工作人员看过以后公开显示；还能换 ${left} 次</span>
      <input type="text" value=${name} autocomplete="off"
        onInput=${(/** @type {any} */ e) => setName(e.target.value)} />
    </label>
    <button class="quiet wide" disabled=${busy || !name.trim()}>换名</button>
  </form>`;
}

// The console: who is signed in, the one frame around every page, and which page is shown.
import { html } from "../html.js";
import { useEffect, useMemo, useRef, useState } from "../vendor/hooks.js";
import { Mark } from "../art/mark.js";
import { useEvents } from "../lib/events.js";
import { local } from "../lib/local.js";
import { problem } from "../lib/api.js";
import { newCall, signedOut } from "./lib/call.js";
import { chosenOf, linkIn, placeOf, remember, remembered } from "./lib/contests.js";
import { halfWritten, mayLeave, parseRoute } from "./lib/route.js";
import { LiveBar } from "./parts/livebar.js";
import { Failed, Waiting, useLoad } from "./parts/load.js";
import { Picker } from "./parts/picker.js";
import { Badge, useTasks } from "./parts/tasks.js";
import { pages, pagesOf } from "./pages.js";
import { Notices } from "./parts/notices.js";
import { Proof } from "./parts/proof.js";
import { First } from "./pages/first.js";
import { SignIn } from "./pages/signin.js";

/** @typedef {import("./types").Member} Member @typedef {import("./types").Desk} Desk */
/** @typedef {import("./types").Standing} Standing */
/** @typedef {{done: () => void, refuse: (why: object) => void}} Waiter */

/** Said where somebody would rather not give the password. */
const unproven = "没有输入密码，这一步没有做。";

/** What has to be done before anything else. @param {Standing | null} s @returns {"" | "password" | "second"} */
const dueNow = (s) => (s && s.first_password ? "password" : s && s.second_overdue ? "second" : "");

/** @param {{api: (method: string, path: string) => Promise<any>, clock: {now(): number}}} props */
export function Console({ api, clock }) {
  const [me, setMe] = useState(/** @type {Member | null | undefined} */ (undefined)); // undefined: not known yet
  const [standing, setStanding] = useState(/** @type {Standing | null} */ (null));
  const [failed, setFailed] = useState(/** @type {import("./types").Problem | null} */ (null));
  const [lost, setLost] = useState(false);
  const [asked, setAsked] = useState(false);
  const waiting = useRef(/** @type {(() => void)[]} */ ([]));
  const proving = useRef(/** @type {Waiter[]} */ ([]));
  const entered = useRef(false);
  const calls = useMemo(
    () =>
      newCall({
        lost: () =>
          new Promise((again) => {
            waiting.current.push(again);
            setLost(true);
          }),
        held: () =>
          new Promise((again) => {
            waiting.current.push(again);
            look();
          }),
        asked: () =>
          new Promise((done, refuse) => {
            proving.current.push({ done: () => done(undefined), refuse });
            setAsked(true);
          }),
      }),
    [],
  );

  function look() {
    setFailed(null);
    calls.once("GET", "/session").then(take, (bad) => (signedOut(bad) ? setMe((was) => was || null) : setFailed(bad)));
  }
  useEffect(look, []);

  /** @param {{me: Member, standing: Standing}} got */
  function take(got) {
    setMe((was) => {
      if (was && was.id !== got.me.id) location.reload(); // what was written belongs to somebody else
      return got.me;
    });
    setStanding(got.standing);
    setLost(false);
    if (!dueNow(got.standing)) waiting.current.splice(0).forEach((again) => again());
  }
  /** @param {(w: Waiter) => void} tell */
  function proved(tell) {
    setAsked(false);
    proving.current.splice(0).forEach(tell);
  }
  async function signOut() {
    if (!mayLeave()) return;
    await calls.once("DELETE", "/session").catch(() => {});
    location.hash = "";
    location.reload(); // nothing of the person stays in memory
  }

  if (failed) return html`<main class="alone"><${Failed} problem=${failed} again=${look} /></main>`;
  if (me === undefined) return html`<main class="alone"><${Waiting} text="正在打开" /></main>`;
  const due = dueNow(standing);
  if (me && !due) entered.current = true;
  return html`<div>
    ${me && entered.current && html`<${Frame} key=${me.id} me=${me} standing=${standing} call=${calls.call} api=${api}
      clock=${clock} signOut=${signOut} look=${look} away=${lost || !!due} />`}
    ${me && due && !lost && html`<${First} me=${me} what=${due} call=${calls.call} done=${look} signOut=${signOut} />`}
    ${(!me || lost) && html`<${SignIn} once=${calls.once} again=${lost ? me : null} kept=${lost && halfWritten()}
      done=${take} />`}
    ${asked && html`<${Proof} once=${calls.once} done=${() => proved((w) => w.done())}
      close=${() => proved((w) => w.refuse(problem({ code: "unproven", detail: unproven })))} />`}
  </div>`;
}

/**
 * Where the address is, and how to write it better without leaving; nobody leaves half-written text unasked.
 * @returns {[import("./lib/route.js").Route, (hash: string) => void]}
 */
function useRoute() {
  const [at, setAt] = useState(() => location.hash);
  const last = useRef(location.hash);
  useEvents(window, ["hashchange"], () => {
    if (location.hash === last.current) return;
    if (!mayLeave()) return history.replaceState(null, "", last.current || "#/");
    const before = parseRoute(last.current);
    last.current = location.hash;
    const now = parseRoute(location.hash);
    setAt(location.hash);
    if (before.path.join() !== now.path.join()) scrollTo(0, 0);
  });
  useEvents(window, ["beforeunload"], (event) => {
    if (event && halfWritten()) event.preventDefault();
  });
  const route = useMemo(() => parseRoute(at), [at]);
  return [
    route,
    (hash) => {
      if (location.hash !== at) return; // an effect of what was drawn before somebody went elsewhere
      history.replaceState(null, "", hash);
      last.current = hash;
      setAt(hash);
    },
  ];
}

/** Whether what is typed here can be read on the way. */
const unencrypted = () => location.protocol === "http:" && !local(location.origin);

const dayMs = 86400000;

/** Whole days that are left, at least one. @param {number} until */
const daysLeft = (until) => Math.max(1, Math.ceil((until - Date.now()) / dayMs));

/** @param {string} key */
const inContest = (key) => pages.some((p) => p.key === key && !!p.inContest);

/**
 * The page that the address asks for and the contest that it is of, which stands in the address from then on.
 * @param {import("./types").Call} call
 */
function usePlace(call) {
  const [at, write] = useRoute();
  const list = useLoad(() => call("GET", "/choices"), []);
  const [last, setLast] = useState(remembered);
  const asked = useRef(""); // of a contest that was not in the list
  const written = useRef(""); // by this page, which nobody chose
  /** @type {import("./types").Choice[]} */
  const choices = list.data ? list.data.choices : [];
  const place = placeOf(at, inContest);
  const contest = place.contest || chosenOf(choices, last);
  const known = choices.some((c) => c.slug === contest);
  const address = linkIn(contest, [place.key, ...place.rest].filter(Boolean), place.query);
  useEffect(() => {
    if (!list.data || list.busy) return;
    if (known && inContest(place.key) && location.hash !== address) {
      if (!place.contest) written.current = contest;
      write(address);
    }
    if (known && place.contest && contest !== written.current) {
      written.current = "";
      setLast(contest);
      remember(contest);
    }
    if (!known && place.contest && asked.current !== contest) {
      asked.current = contest; // published a moment ago, perhaps
      list.again();
    }
  }, [list.data, list.busy, address]);
  return { list, choices, place, contest, known };
}

/**
 * @param {{me: Member, standing: Standing | null, call: import("./types").Call, api: (method: string, path: string) =>
 *   Promise<any>, clock: {now(): number}, signOut: () => void, look: () => void, away: boolean}} props
 */
function Frame({ me, standing, call, api, clock, signOut, look, away }) {
  const { list, choices, place, contest, known } = usePlace(call);
  const origin = (list.data && list.data.public) || location.origin;
  const [toast, setToast] = useState("");
  const timer = useRef(0);
  /** @type {Desk} */
  const desk = useMemo(
    () => ({
      call,
      me,
      may: (p) => me.permissions.indexOf(p) >= 0,
      tell(text) {
        setToast(text);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => setToast(""), 6000);
      },
      origin,
      contestsChanged: list.again,
      accountChanged: look,
    }),
    [me, origin],
  );
  const seen = pagesOf(desk.may, !!(list.data && list.data.scoped));
  const begin = !desk.may("console.view") && place.key === "" ? seen[0] : undefined; // no overview to begin with
  const here = begin || seen.find((p) => p.key === place.key);
  const title = (choices.find((c) => c.slug === contest) || { title: "" }).title;
  useEffect(() => {
    document.title = [here && here.name, here && here.inContest && title, "安全答控制台"].filter(Boolean).join("·");
  }, [here, title]);
  const waits = useTasks(call, known && desk.may("console.view") ? contest : "", place.key);
  const side = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    const link = side.current && /** @type {HTMLElement | null} */ (side.current.querySelector("[aria-current]"));
    // on a phone the pages stand in one row, and the present one may be out of sight
    if (link && side.current) side.current.scrollLeft = link.offsetLeft - (innerWidth - link.offsetWidth) / 2;
  }, [here, known]);
  /** @param {import("./pages.js").Part} page @param {string} slug */
  const address = (page, slug) => (page.inContest && slug ? linkIn(slug, page.key ? [page.key] : []) : "#/" + page.key);
  return html`<div class="frame" hidden=${away}>
    ${unencrypted() && html`<p class="bar-warning" role="alert">
      <b>这个网址没有加密，</b>密码和个人信息在网络上能被别人看到。正式活动请让管理服务器的人配好 HTTPS。
    </p>`}
    <header class="bar">
      <${Mark} />
      <b>安全答</b>
      <span class="bar-sub">控制台</span>
      ${list.data && choices.length > 0 && html`<${Picker} choices=${choices} chosen=${known ? contest : ""}
        opened=${list.again}
        href=${(/** @type {string} */ slug) => (here && here.inContest ? address(here, slug) : linkIn(slug, []))} />`}
      <p class="bar-me">
        <a class="bar-name" href="#/account">${me.name}</a>
        <small>${me.role_name}</small>
        <button class="bar-out" onClick=${signOut}>退出登录</button>
      </p>
    </header>
    <nav class="side" aria-label="控制台" ref=${side}>
      ${seen.map(
        (p, i) => html`${i > 0 && !p.inContest && seen[i - 1].inContest && html`<hr />`}
        <a href=${address(p, known ? contest : "")} aria-current=${p === here ? "page" : null}>
          ${p.name}<${Badge} page=${p.key} waits=${waits} />
        </a>`,
      )}
    </nav>
    <main class="work">
      <${Notices} call=${call} />
      ${standing && standing.second_due_at > 0 && place.key !== "account" && html`<p class="state note due">
        ${me.role_name}要用手机验证码登录，请在 ${daysLeft(standing.second_due_at)} 天内加上。
        <a href="#/account">现在就加</a>
      </p>`}
      ${known && desk.may("live.host") && !(place.key === "live" && place.rest[0]) && html`<${LiveBar}
        key=${contest} desk=${desk} contest=${contest} />`}
      ${!here ? html`<p class="state bad">没有这一页，或您的角色不能看。</p>`
        : !here.inContest || known ? html`<${here.Page} desk=${desk} contest=${contest} path=${place.rest}
          query=${place.query} api=${api} clock=${clock} />`
        : list.problem ? html`<${Failed} problem=${list.problem} again=${list.again} />`
        : list.busy ? html`<${Waiting} text="正在打开" />`
        : html`<p class="state bad">${choices.length ? "没有这个活动，请在上面另选一个。" : "还没有活动。"}</p>`}
    </main>
    <div class="toast-place" role="status">${toast && html`<p class="toast">${toast}</p>`}</div>
  </div>`;
}

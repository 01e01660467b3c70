// The console: who is signed in, the one frame around every page, and which page is shown.
import { html } from "../html.js";
import { useEffect, useMemo, useRef, useState } from "../vendor/hooks.js";
import { Mark } from "../art/mark.js";
import { useEvents } from "../lib/events.js";
import { newCall, signedOut } from "./lib/call.js";
import { halfWritten, mayLeave, parseRoute } from "./lib/route.js";
import { Failed, Waiting } from "./parts/load.js";
import { pages } from "./pages.js";
import { SignIn } from "./pages/signin.js";

/** @typedef {import("./types").Member} Member @typedef {import("./types").Desk} Desk */

/** @param {{api: (method: string, path: string) => Promise<any>, clock: {now(): number}}} props */
export function Console({ api, clock }) {
  const [me, setMe] = useState(/** @type {Member | null | undefined} */ (undefined)); // undefined: not known yet
  const [failed, setFailed] = useState(/** @type {import("./types").Problem | null} */ (null));
  const [lost, setLost] = useState(false);
  const waiting = useRef(/** @type {(() => void)[]} */ ([]));
  const calls = useMemo(
    () =>
      newCall(
        () =>
          new Promise((again) => {
            waiting.current.push(again);
            setLost(true);
          }),
      ),
    [],
  );

  function look() {
    setFailed(null);
    calls.once("GET", "/session").then(
      (got) => setMe(got.me),
      (bad) => (signedOut(bad) ? setMe(null) : setFailed(bad)),
    );
  }
  useEffect(look, []);

  /** @param {Member} member */
  function signedIn(member) {
    if (me && me.id !== member.id) return location.reload(); // what was written belongs to somebody else
    setMe(member);
    setLost(false);
    waiting.current.splice(0).forEach((again) => again());
  }
  async function signOut() {
    if (!mayLeave()) return;
    await calls.once("DELETE", "/session").catch(() => {});
    location.hash = "";
    location.reload(); // nothing of the person stays in memory
  }

  if (failed) return html`<main class="alone"><${Failed} problem=${failed} again=${look} /></main>`;
  if (me === undefined) return html`<main class="alone"><${Waiting} text="正在打开" /></main>`;
  return html`<div>
    ${me && html`<${Frame} key=${me.id} me=${me} call=${calls.call} api=${api} clock=${clock} signOut=${signOut}
      away=${lost} />`}
    ${(!me || lost) && html`<${SignIn} once=${calls.once} again=${lost ? me : null} kept=${lost && halfWritten()}
      done=${signedIn} />`}
  </div>`;
}

/** Where the address is; nobody leaves half-written text unasked. */
function useRoute() {
  const [at, setAt] = useState(() => parseRoute(location.hash));
  const last = useRef(location.hash);
  useEvents(window, ["hashchange"], () => {
    if (location.hash === last.current) return;
    if (!mayLeave()) return history.replaceState(null, "", last.current || "#/");
    const before = parseRoute(last.current);
    last.current = location.hash;
    const now = parseRoute(location.hash);
    setAt(now);
    if (before.path.join() !== now.path.join()) scrollTo(0, 0);
  });
  useEvents(window, ["beforeunload"], (event) => {
    if (event && halfWritten()) event.preventDefault();
  });
  return at;
}

/**
 * @param {{me: Member, call: import("./types").Call, api: (method: string, path: string) => Promise<any>, clock:
 *   {now(): number}, signOut: () => void, away: boolean}} props
 */
function Frame({ me, call, api, clock, signOut, away }) {
  const at = useRoute();
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
    }),
    [me],
  );
  const seen = pages.filter((p) => desk.may(p.need));
  const here = seen.find((p) => p.key === (at.path[0] || ""));
  useEffect(() => {
    document.title = (here ? here.name + "·" : "") + "安全答控制台";
  }, [here]);
  return html`<div class="frame" hidden=${away}>
    <header class="bar">
      <${Mark} />
      <b>安全答</b>
      <span class="bar-sub">控制台</span>
      <p class="bar-me">
        <span class="bar-name">${me.name}</span>
        <small>${me.role_name}</small>
        <button class="bar-out" onClick=${signOut}>退出登录</button>
      </p>
    </header>
    <nav class="side" aria-label="控制台">
      ${seen.map((p) => html`<a href=${"#/" + p.key} aria-current=${p === here ? "page" : null}>${p.name}</a>`)}
    </nav>
    <main class="work">
      ${here ? html`<${here.Page} desk=${desk} path=${at.path.slice(1)} query=${at.query} api=${api} clock=${clock} />`
        : html`<p class="state bad">没有这一页，或您的角色不能看。</p>`}
    </main>
    <div class="toast-place" role="status">${toast && html`<p class="toast">${toast}</p>`}</div>
  </div>`;
}

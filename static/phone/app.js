// The phone page: what is known, which screen is shown, and the sheets above it.
import { html } from "../html.js";
import { useEffect, useLayoutEffect, useRef, useState } from "../vendor/hooks.js";
import { Failed, TopBar, Waiting, Ways } from "./parts/chrome.js";
import { Toast } from "./parts/sheet.js";
import { lazy } from "./lib/lazy.js";
import { nextLevel, playable } from "./lib/levels.js";
import { tellArrival } from "./lib/share.js";
import { HomeScreen } from "./screens/home.js";
import { SignInSheet } from "./screens/signin.js";

const AppealScreen = lazy(() => import("./screens/appeal.js"), "AppealScreen");
const DrawScreen = lazy(() => import("./screens/draw.js"), "DrawScreen");
const GainsScreen = lazy(() => import("./screens/gains.js"), "GainsScreen");
const InviteScreen = lazy(() => import("./screens/invite.js"), "InviteScreen");
const MistakesScreen = lazy(() => import("./screens/mistakes.js"), "MistakesScreen");
const PledgeScreen = lazy(() => import("./screens/pledge.js"), "PledgeScreen");
const PrizesScreen = lazy(() => import("./screens/prizes.js"), "PrizesScreen");
const PlayScreen = lazy(() => import("./screens/play.js"), "PlayScreen");
const RankingScreen = lazy(() => import("./screens/ranking.js"), "RankingScreen");
const RulesScreen = lazy(() => import("./screens/rules.js"), "RulesScreen");
const WinnersScreen = lazy(() => import("./screens/winners.js"), "WinnersScreen");

/** @typedef {import("./types").Home} Home */
/**
 * What the screens work with; made in main.js.
 * @typedef {object} Parts
 * @property {(method: string, path: string, body?: object) => Promise<any>} api
 * @property {ReturnType<typeof import("./lib/store.js").newStore>} store
 * @property {{now(): number, local(): number}} clock
 * @property {(ms: number) => Promise<void>} pause
 * @property {(text: string) => void} tell
 */

/** A link that hands the pledge on has no hash: what shares it may lose one. */
const opened = () => (/[?&]pledge=/.test(location.search) ? "pledge" : "");
const route = () => (location.hash ? decodeURIComponent(location.hash.replace(/^#\/?/, "")) : opened());
/** @param {string} to */
const go = (to) => { location.hash = "#/" + to; };

/** @param {{parts: Omit<Parts, "tell">, slug: string}} props */
export function App({ parts: given, slug }) {
  const [home, setHome] = useState(/** @type {Home | null} */ (null));
  const [problem, setProblem] = useState(/** @type {import("./types").Problem | null} */ (null));
  const [at, setAt] = useState(route);
  const [sheet, setSheet] = useState(/** @type {"" | "signin" | "register"} */ (""));
  const [elder, setElderState] = useState(() => given.store.read("aqd.elder") === true);
  const [toast, setToast] = useState("");
  const [fresh, setFresh] = useState("");
  const then = useRef(/** @type {() => any} */ (() => {}));
  const timer = useRef(0);
  const pushed = useRef(false); // whether the phone's back button closes the sheet, and not the page
  const closed = useRef(/** @type {() => any} */ (() => {}));

  /** @param {string} text */
  function tell(text) {
    setToast(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setToast(""), elder ? 8000 : 4000);
  }
  const parts = { ...given, tell };

  /** @returns {Promise<Home | void>} */
  const load = () => given.api("GET", "/contests/" + slug).then((got) => { setHome(got); setProblem(null); return got; }, setProblem);
  useEffect(() => {
    let shown = route();
    /** @param {Event} event */
    const follow = (event) => {
      // It comes after the popstate of the same step, when a sheet may be open already.
      if (event.type === "hashchange" && route() === shown) return;
      shown = route();
      const next = closed.current;
      pushed.current = false;
      closed.current = () => {};
      setAt(route());
      setSheet("");
      next();
    };
    // Going back to an address that a screen changed beside its hash is no hashchange.
    const ways = ["hashchange", "popstate"];
    ways.forEach((way) => addEventListener(way, follow));
    return () => ways.forEach((way) => removeEventListener(way, follow));
  }, []);
  const onMap = !at;
  const tells = onMap || at === "gains"; // screens that show how the player stands
  useEffect(() => {
    if (tells || !home) load();
    scrollTo(0, 0);
  }, [tells && at]);
  useEffect(() => {
    if (home) document.title = home.contest.title;
    if (home && home.me) PlayScreen.fetch(); // while the player looks at the map
  }, [home]);
  useEffect(() => {
    if (home) tellArrival(given, home.contest.slug, !!home.me);
  }, [!home, !!home && !!home.me]);
  useLayoutEffect(() => { document.documentElement.classList.toggle("elder", elder); }, [elder]);

  /** @param {boolean} on */
  function setElder(on) {
    given.store.write("aqd.elder", on);
    setElderState(on);
  }
  /** @param {() => any} next */
  function signIn(next) {
    then.current = next;
    PlayScreen.fetch(); // while the name is typed
    openSheet("signin");
  }
  /** Asks for what earning needs. */
  function register() {
    then.current = load;
    openSheet("register");
  }
  /** @param {"signin" | "register"} which */
  function openSheet(which) {
    if (/^level\//.test(at)) return setSheet(which); // there the way back is the map
    history.pushState(null, "", location.href);
    pushed.current = true;
    setSheet(which);
  }
  /** Takes the sheet away, and then does what comes next. @param {() => any} [next] */
  function closeSheet(next = () => {}) {
    if (pushed.current) {
      closed.current = next;
      return history.back();
    }
    setSheet("");
    next();
  }
  /** @param {string} key */
  function play(key) {
    if (!home || home.me) return go("level/" + key);
    if (!home.contest.asks.divisions.length) return signIn(() => go("level/" + key));
    signIn(async () => { // the division that was chosen may have another level
      const now = await load();
      const level = now && (now.levels.find((l) => l.key === key && playable(l)) || nextLevel(now.levels));
      if (level) go("level/" + level.key);
    });
  }

  /** @param {import("./types").Result} result */
  function finished(result) {
    setFresh(result.unlocked && result.unlocked[0] ? result.unlocked[0].key : "");
    history.replaceState(null, "", "#/done"); // a reload of the result must not begin another attempt
    load(); // what it earned, and what it opened
  }

  /** The player is deleted: nothing of this contest stays here, and the home is a stranger's. @param {string} contest */
  function forgotten(contest) {
    given.store.forget("aqd." + contest + ".");
    tell("您的信息已经删除。");
    setFresh("");
    setSheet("");
    setHome(null);
    if (onMap) load();
    else go("");
  }

  const said = html`<${Toast} key="toast" text=${toast} />`; // one and the same, or what it says is not read aloud
  if (!home) {
    const nowhere = !!problem && problem.code === "contest_unknown" && slug !== "current";
    const again = () => { setProblem(null); load(); };
    return html`<div>${problem ? html`<${Failed} problem=${problem} label=${nowhere ? "去现在的活动" : ""}
        again=${nowhere ? () => location.assign("/") : again} />`
      : html`<${Waiting} text="正在打开" />`}${said}</div>`;
  }
  const [screen, key] = at.split("?")[0].split("/");
  const playing = screen === "level" && !!key;
  const contest = home.contest;
  return html`<div class=${playing ? "page playing" : "page"}>
    ${contest.rehearsal && html`<p class="rehearsal">演练：成绩和奖品都不算数</p>`}
    ${!playing && html`<${TopBar} elder=${elder} setElder=${setElder} about=${() => go("rules")} />`}
    ${playing ? html`<${PlayScreen} key=${at} parts=${parts} home=${home} contest=${contest.slug} level=${key} signIn=${signIn} go=${go}
        left=${() => go("")} finished=${finished} register=${register} refresh=${load} />`
      : screen === "pledge" && contest.pledge ? html`<${PledgeScreen} parts=${parts} contest=${contest} me=${home.me} signIn=${signIn} />`
      : screen === "draw" ? html`<${DrawScreen} parts=${parts} contest=${contest} me=${home.me} signIn=${signIn} />`
      : screen === "prizes" ? html`<${PrizesScreen} parts=${parts} contest=${contest} me=${home.me} signIn=${signIn} />`
      : screen === "winners" ? html`<${WinnersScreen} parts=${parts} contest=${contest} />`
      : screen === "invite" ? html`<${InviteScreen} parts=${parts} home=${home} signIn=${signIn} />`
      : screen === "rank" ? html`<${RankingScreen} parts=${parts} contest=${contest} me=${home.me} register=${register} />`
      : screen === "mistakes" ? html`<${MistakesScreen} parts=${parts} contest=${contest.slug} go=${go} />`
      : screen === "gains" ? html`<${GainsScreen} parts=${parts} home=${home} refresh=${load} signIn=${signIn} register=${register} />`
      : screen === "appeal" ? html`<${AppealScreen} parts=${parts} contest=${contest} />`
      : screen === "rules" ? html`<${RulesScreen} api=${given.api} contest=${contest} known=${!!home.me} elder=${elder} setElder=${setElder}
          forgotten=${() => forgotten(contest.slug)} />`
      : html`<${HomeScreen} parts=${parts} home=${home} now=${given.clock.now()} play=${play} fresh=${fresh} rename=${() => signIn(load)}
          register=${register} refresh=${load} />`}
    ${!playing && html`<${Ways} at=${screen} />`}
    ${sheet && html`<${SignInSheet} api=${given.api} contest=${contest} me=${home.me} earn=${sheet === "register"}
      close=${() => closeSheet(() => { if (playing) go(""); })}
      done=${(/** @type {any} */ me) => { setHome({ ...home, me }); closeSheet(then.current); }} />`}
    ${said}
  </div>`;
}

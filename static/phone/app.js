// The phone page: what is known, which screen is shown, and the sheets above it.
import { html } from "../html.js";
import { useEffect, useLayoutEffect, useRef, useState } from "../vendor/hooks.js";
import { useElder } from "../lib/elder.js";
import { nextLevel, playable } from "../lib/levels.js";
import { TopBar, Ways } from "./parts/chrome.js";
import { Failed, Waiting } from "../lib/waiting.js";
import { Toast } from "../lib/sheet.js";
import { passing } from "../lib/problems.js";
import { go, useRoute } from "./lib/route.js";
import { tellArrival } from "./lib/share.js";
import { ChooseScreen, PlayScreen, screenOf } from "./screens.js";
import { SignInSheet } from "../lib/enrol/signin.js";
import { lazy } from "../lib/lazy.js";

const ProveSheet = lazy(() => import("../lib/enrol/prove.js"), "ProveSheet", "证明身份");
const BackSheet = lazy(() => import("../lib/enrol/back.js"), "BackSheet", "登录");
const SharedBar = lazy(() => import("./parts/sharedbar.js"), "SharedBar", "");
const whenAway = () => import("./parts/away.js");
const AwayBar = lazy(whenAway, "AwayBar", "");

/** @typedef {import("../lib/types").Home} Home @typedef {import("../lib/types").Problem} Problem */
/**
 * What the screens work with; made in main.js.
 * @typedef {object} Parts
 * @property {(method: string, path: string, body?: object) => Promise<any>} api
 * @property {ReturnType<typeof import("../lib/store.js").newStore>} store
 * @property {{now(): number, local(): number, hear(server: number, got: number): void}} clock
 * @property {(ms: number) => Promise<void>} pause
 * @property {(text: string) => void} tell
 */

/**
 * @param {{parts: Omit<Parts, "tell">, slug: string, came: string}} props came: how a door elsewhere was left
 */
export function App({ parts: given, slug, came }) {
  const way = useRoute();
  const [elder, setElder] = useElder(given.store);
  const [toast, tell] = useToast(elder);
  const { home, setHome, choice, problem, load, retry, keptAt } = useHome(given, slug, way.at);
  const [fresh, setFresh] = useState("");
  const [back, setBack] = useState(came);
  const [turn, setTurn] = useState(0); // who plays may be another one: the screens begin anew
  const [sharing, share] = useState(!!given.store.read("aqd-shared"));
  const then = useRef(/** @type {() => any} */ (() => {}));

  /** @param {() => any} next */
  function signIn(next) {
    then.current = next;
    PlayScreen.fetch(); // while the name is typed
    way.show("signin");
  }
  function register() {
    then.current = load;
    way.show("register");
  }
  /** @param {"change"} [what] another phone of who is proven */
  function prove(what) {
    setBack("");
    way.show(what || "prove");
  }
  /** Somebody is proven, and may be another player than before. @param {string} outcome */
  function proved(outcome) {
    if (home && outcome === "switched") given.store.forget("aqd." + home.contest.slug + ".");
    setTurn((n) => n + 1);
    load();
  }
  /** Who is proven and has no name here yet is asked for one. */
  const named = () => way.close(() => load().then((now) => now && !now.me && signIn(load)));
  /** Nobody plays here any more. */
  async function signedOut() {
    if (home) given.store.forget("aqd." + home.contest.slug + ".");
    setFresh("");
    way.drop();
    go("");
    await load();
    setTurn((n) => n + 1);
    if (sharing) signIn(load);
  }
  /** @param {boolean} on whether many people use this device */
  function setSharing(on) {
    given.store.write("aqd-shared", on || null);
    share(on);
  }
  /** @param {import("../lib/types").Result} result */
  function finished(result) {
    setFresh(result.unlocked && result.unlocked[0] ? result.unlocked[0].key : "");
    history.replaceState(null, "", "#/done"); // a reload of the result must not begin another attempt
    load(); // what it earned, and what it opened
  }
  /** Nothing of this contest stays here, and the home is a stranger's. */
  function forgotten() {
    if (home) given.store.forget("aqd." + home.contest.slug + ".");
    tell("您的信息已经删除。");
    setFresh("");
    way.drop();
    setHome(null);
    if (!way.at) load();
    else go("");
  }

  useEffect(() => {
    // What is kept here is of another player.
    if (home && came === "#signed-in=switched") given.store.forget("aqd." + home.contest.slug + ".");
  }, [!home]);
  useEffect(() => {
    // Who has not begun to play has nothing to keep.
    if (!home || keptAt || !(home.me || given.store.read("aqd-kept"))) return;
    let over = false; // somebody else plays by now, or nobody
    whenAway().then((part) => (over ? undefined : part.keep(given, home, sharing))).catch(() => {}); // next time
    return () => void (over = true);
  }, [home, sharing]);
  const said = html`<${Toast} key="toast" text=${toast} />`; // one and the same, or what it says is not read aloud
  if (choice)
    return html`<div class="page">
      <${TopBar} elder=${elder} setElder=${setElder} />
      <${ChooseScreen} contests=${choice} now=${given.clock.now()} />
    </div>`;
  const away = problem && passing(problem)
    && html`<${AwayBar} parts=${given} load=${load} at=${keptAt} problem=${problem} />`;
  if (!home) return html`<div><${Opening} problem=${problem} slug=${slug} retry=${retry} />${away}${said}</div>`;
  const [name, level] = way.at.split("?")[0].split("/");
  const playing = name === "level" && !!level;
  const { contest } = home;
  /** @type {import("./screens.js").Shared} */
  const shared = {
    parts: { ...given, tell },
    home,
    contest,
    me: home.me,
    level,
    fresh,
    now: given.clock.now(),
    elder,
    setElder,
    go,
    left: () => go(""),
    play: (key) => play(key, home, load, signIn),
    signIn,
    rename: () => signIn(load),
    register,
    refresh: load,
    finished,
    forgotten,
    prove,
    signedOut,
    sharing,
    setSharing,
  };
  const doors = !!home.proof && home.proof.doors.length > 0;
  return html`<div class=${playing ? "page playing" : "page"}>
    ${contest.rehearsal && html`<p class="rehearsal">演练：成绩和奖品都不算数</p>`}
    ${!!keptAt && away}
    ${!playing && html`<${TopBar} elder=${elder} setElder=${setElder} about=${() => go("rules")} />`}
    ${sharing && home.me && html`<${SharedBar} ...${shared} playing=${playing} />`}
    <${screenOf(name, shared)} key=${(playing ? way.at : name) + turn} ...${shared} />
    ${!playing && html`<${Ways} at=${name} waits=${!!home.me && !!home.me.awards} />`}
    ${/prove|change/.test(way.sheet) ? html`<${ProveSheet} api=${given.api} clock=${given.clock} store=${given.store}
      contest=${contest} proof=${home.proof} name=${home.me ? home.me.nickname : ""}
      signIn=${() => {
        then.current = load;
        way.swap("signin");
      }} change=${way.sheet === "change"} proved=${proved}
      close=${() => way.close()} done=${named} />`
      : way.sheet ? html`<${SignInSheet} api=${given.api} contest=${contest} me=${home.me}
      earn=${way.sheet === "register"}
      close=${() =>
        way.close(() => {
          if (playing) go("");
        })}
      done=${(/** @type {any} */ me) => {
        setHome({ ...home, me });
        way.close(then.current);
      }}
      prove=${doors ? () => way.swap("prove") : null} />`
      : back && html`<${BackSheet} hash=${back} close=${() => setBack("")} again=${() => prove()} />`}
    ${said}
  </div>`;
}

/**
 * What stands there until the contest is known.
 * @param {{problem: Problem | null, slug: string, retry: () => void}} props
 */
function Opening({ problem, slug, retry }) {
  if (!problem) return html`<${Waiting} text="正在打开" />`;
  if (problem.code !== "contest_unknown" || slug === "current")
    return html`<${Failed} problem=${problem} again=${retry} />`;
  return html`<${Failed} problem=${problem} label="去现在的活动" again=${() => location.assign("/")} />`;
}

/** Opens a level, after asking a stranger who they are.
 * @param {string} key
 * @param {Home} home
 * @param {() => Promise<Home | void>} load
 * @param {(next: () => any) => void} signIn
 */
function play(key, home, load, signIn) {
  if (home.me) return go("level/" + key);
  if (!home.contest.asks.divisions.length) return signIn(() => go("level/" + key));
  signIn(async () => {
    // the division that was chosen may have another level
    const now = await load();
    const level = now && (now.levels.find((l) => l.key === key && playable(l)) || nextLevel(now.levels));
    if (level) go("level/" + level.key);
  });
}

/** The contest and how the player stands in it, asked anew on the screens that show it.
 * @param {Omit<Parts, "tell">} parts @param {string} slug @param {string} at */
function useHome(parts, slug, at) {
  const [home, setHome] = useState(/** @type {Home | null} */ (null));
  const [choice, setChoice] = useState(/** @type {import("../lib/types").ContestLine[] | null} */ (null));
  const [problem, setProblem] = useState(/** @type {Problem | null} */ (null));
  const [keptAt, setKeptAt] = useState(0); // when what is shown without a network was so; 0: it is so now
  const open = useRef(slug); // once known the contest stays, whatever opens meanwhile
  /** @returns {Promise<Home | void>} */
  const load = () =>
    parts.api("GET", "/contests/" + open.current).then((got) => {
      if (got.choice) return setChoice(got.choice);
      open.current = got.contest.slug;
      setHome(got);
      setProblem(null);
      setKeptAt(0);
      return got;
    }, failed);
  /** @param {Problem} bad */
  function failed(bad) {
    setProblem(bad);
    if (!home && passing(bad)) whenAway().then((part) => show(part.kept(parts, open.current, bad))).catch(() => {});
  }
  /** @param {{home: Home, at: number} | null} was */
  function show(was) {
    if (!was) return;
    setKeptAt(was.at);
    setHome(was.home);
  }
  const tells = !at || at === "gains" || at === "me";
  useEffect(() => {
    if (tells || !home) load();
    scrollTo(0, 0);
  }, [tells && at]);
  useEffect(() => {
    if (home) document.title = home.contest.title;
    if (home && home.me) PlayScreen.fetch(); // while the player looks at the map
  }, [home]);
  useLayoutEffect(() => { // before anything is seen: who leaves at once takes the link along
    if (home) tellArrival(parts, home.contest.slug, !!home.me);
  }, [!home, !!home && !!home.me]);
  return {
    home,
    setHome,
    choice,
    problem,
    load,
    keptAt,
    retry: () => {
      setProblem(null);
      load();
    },
  };
}

/** A short message, and how to say one. @param {boolean} slow @returns {[string, (text: string) => void]} */
function useToast(slow) {
  const [toast, set] = useState("");
  const timer = useRef(0);
  return [
    toast,
    (text) => {
      set(text);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => set(""), slow ? 8000 : 4000);
    },
  ];
}

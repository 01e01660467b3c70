// What is to be read, looked at or heard before a level; then the level itself, over which it opens again. The text
// comes first: the picture follows when it is there, and what plays is fetched only when somebody plays it.
import "../css/material.css";
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { Heading } from "../parts/chrome.js";
import { Aloud } from "../../lib/aloud.js";
import { Sheet } from "../../lib/sheet.js";
import { Failed, Waiting } from "../../lib/waiting.js";
import { nameless, passing } from "../../lib/problems.js";
import { span } from "../../lib/format.js";
import { playing } from "../screens.js";

/** @typedef {import("../../lib/types").Material} Material @typedef {import("../../lib/types").Problem} Problem */

/** @param {import("../screens.js").Shared} props */
export function MaterialScreen(props) {
  const { parts, home, contest, level, left, signIn, go, finished } = props;
  const [material, setMaterial] = useState(/** @type {Material | null} */ (null));
  const [problem, setProblem] = useState(/** @type {Problem | null} */ (null));
  const [opensAt, setOpensAt] = useState(0); // by this phone's own clock; the server decides by its own
  const [begun, begin] = useState(false);
  const [again, openAgain] = useState(false);
  const [over, setOver] = useState(false); // the result is shown: nothing is to be looked up any more
  const key = `aqd.${contest.slug}.${level}.seen`;
  const load = () => {
    setProblem(null);
    const body = { seen: parts.store.read(key) || "" };
    parts.api("POST", `/contests/${contest.slug}/levels/${level}/material`, body).then((/** @type {Material} */ m) => {
      parts.store.write(key, m.seen);
      setOpensAt(Date.now() + m.wait_ms);
      setMaterial(m);
      if (m.under_way) begin(true);
    }, (/** @type {Problem} */ bad) => (nameless(bad) ? signIn(load) : setProblem(bad)));
  };
  useEffect(load, []);
  if (problem) {
    const back = !passing(problem);
    return html`<main class="plain">
      <${Failed} problem=${problem} again=${back ? left : load} label=${back ? "回到地图" : ""} />
    </main>`;
  }
  if (!material) return html`<main class="plain"><${Waiting} text="正在打开材料" /></main>`;
  if (!begun)
    return html`<main class="plain material">
      <${Heading} title=${material.title} note="先看材料，再答题。答题时可以再看，时间照常算。" />
      <${Body} material=${material} />
      <button class="link" onClick=${left}>先不答，回到地图</button>
      <div class="foot"><${Begin} at=${opensAt} begin=${() => begin(true)} /></div>
    </main>`;
  return html`${!over && html`<button class="link material-again" onClick=${() => openAgain(true)}>
    再看材料：${material.title}
  </button>`}
  <${playing(home, level)} ...${props} seen=${material.seen}
    finished=${(/** @type {import("../../lib/types").Result} */ result) => {
      setOver(true);
      finished(result);
    }}
    go=${(/** @type {string} */ to) => {
      setOver(false); // another attempt
      go(to);
    }} />
  ${again && html`<${Sheet} title=${material.title} close=${() => openAgain(false)}>
    <${Body} material=${material} />
  </${Sheet}>`}`;
}

/** The one thing to do next, and for how long not yet. @param {{at: number, begin: () => void}} props */
function Begin({ at, begin }) {
  const [rest, setRest] = useState(Math.max(0, at - Date.now()));
  useEffect(() => {
    if (!rest) return undefined;
    const timer = setInterval(() => setRest(Math.max(0, at - Date.now())), 250);
    return () => clearInterval(timer);
  }, [!rest]);
  return html`<button class="main wide" aria-disabled=${rest > 0} onClick=${() => rest || begin()}>
    ${rest > 0 ? `再看${span(rest)}就能开始` : "看完了，开始答题"}
  </button>
  <p class="unseen" role="status">${rest ? "" : "可以开始答题了"}</p>`;
}

/** @param {{material: Material}} props */
const Body = ({ material }) => html`<div class="material-body">
  ${material.text.length > 0 && html`<${Aloud} pieces=${material.text} />`}
  ${material.text.map((line) => html`<p>${line}</p>`)}
  ${material.picture && html`<${Shown} name=${material.picture} alt=${material.alt} />`}
  ${material.sound && html`<${Plays} kind="声音" tag="audio" src=${material.sound} />`}
  ${material.film && html`<${Plays} kind="视频" tag="video" src=${material.film} />`}
</div>`;

/** Its place is kept while it is on its way, so that nothing jumps under a finger.
 * @param {{name: string, alt: string}} props */
function Shown({ name, alt }) {
  const [state, setState] = useState("coming");
  if (state === "failed") return html`<p class="note">图片没有打开。${alt && `图上是：${alt}`}</p>`;
  return html`<img class=${"picture " + state} src=${"/api/v1/images/" + name} alt=${alt || "材料的图片"}
    onLoad=${() => setState("there")} onError=${() => setState("failed")} />`;
}

/** @param {{kind: string, tag: "audio" | "video", src: string}} props */
function Plays({ kind, tag, src }) {
  const [failed, fail] = useState(false);
  return html`<figure class="material-plays">
    <figcaption><b>${kind}</b><span class="soft">点了播放才下载，会用流量</span></figcaption>
    <${tag} controls preload="none" playsinline webkit-playsinline="true" src=${src} aria-label=${kind}
      onError=${() => fail(true)} onPlaying=${() => fail(false)}></${tag}>
    ${failed && html`<p class="note" role="alert">${kind}没有打开：可能是网络不通，或者这部手机放不了。别的材料照样能看。</p>`}
  </figure>`;
}

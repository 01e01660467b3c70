// Whether a certificate is genuine: /cert/NUMBER-CODE, where the code on it leads; /cert asks for both.
import { html } from "../html.js";
import { useEffect, useState } from "../vendor/hooks.js";
import { render } from "../vendor/preact.js";
import { Mark } from "../art/mark.js";
import { newApi } from "../lib/api.js";
import { newClock } from "../lib/clock.js";
import { fullDate } from "../lib/format.js";
import { say } from "../lib/problems.js";

/** @typedef {import("../lib/schemas").components["schemas"]["GenuineCertificate"]} Certificate */

const call = newApi(newClock());

/** The number and the code in the address; empty where it has none. */
function asked() {
  const [, number = "", code = ""] = /^\/cert\/(\d+)-(.+)$/.exec(location.pathname) || [];
  return { number, code };
}

function Page() {
  const [of, ask] = useState(asked);
  const [found, setFound] = useState(/** @type {Certificate | null} */ (null));
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const complete = of.number && of.code;
  useEffect(() => {
    if (!complete) return;
    setFound(null);
    setProblem(null);
    const path = [of.number, of.code].map(encodeURIComponent).join("/");
    call("GET", "/certificates/" + path).then(setFound, setProblem);
  }, [of]);
  if (found) return html`<${Answer} found=${found} />`;
  if (complete && !problem) return html`<div class="waiting" role="status"><${Mark} /><p>正在查验</p></div>`;
  return html`<main class="cert">
    <h1>证书查验</h1>
    ${problem ? html`<p class="state bad" role="alert">${say(problem)}</p>`
      : html`<p class="soft">输入证书下方的编号和校验码，看看证书是不是真的。</p>`}
    <${Form} of=${of} ask=${ask} />
  </main>`;
}

/** @param {{of: {number: string, code: string}, ask: (of: {number: string, code: string}) => void}} props */
function Form({ of, ask }) {
  /** @param {any} event */
  const submit = (event) => {
    event.preventDefault();
    const [number, code] = ["number", "code"].map((name) => event.target[name].value.trim());
    if (number && code) ask({ number, code });
  };
  return html`<form onSubmit=${submit}>
    <label>编号<input class="input" name="number" inputmode="numeric" autocomplete="off" maxlength="40" required
      value=${of.number} /></label>
    <label>校验码<input class="input" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false"
      maxlength="40" required value=${of.code} /></label>
    <button class="main wide">查验</button>
  </form>`;
}

/** What is said of the name. @type {Record<Certificate["named"], string>} */
const namings = {
  nickname: "姓名是参加者自己填写的。",
  real: "姓名是参加者自己填写的。为了保护本人，这里隐去了几个字，请和证书上的全名核对。",
  waiting: "本人还没有填写姓名，证书上不会有姓名。",
  deleted: "姓名已经删除，不再显示。",
  unit: "这份证书是发给单位的。",
};

/** What is said of a certificate. @type {Record<Certificate["state"], [boolean, string, string]>} */
const states = {
  stands: [true, "这份证书是真的", "请和证书上的内容逐项核对。"],
  replaced: [true, "这份证书是真的", "请和证书上的内容逐项核对。"],
  void: [false, "这份证书已失效", "它现在不算数了。有疑问请联系主办单位。"],
  rehearsal: [false, "这是演练的证书", "活动演练时发的，不算数。"],
};

/** @param {{found: Certificate}} props */
function Answer({ found }) {
  const [holds, title, says] = states[found.state];
  const lines = [
    ["证书", found.title],
    ["姓名", found.name],
    ["单位", found.unit],
    ["成绩", found.score && found.score + " 分"],
    ["内容", found.text],
    ["活动", found.contest],
    ["主办", found.organizer],
    ["日期", found.earned_at ? fullDate(found.earned_at) : ""],
    ["编号", found.number],
  ];
  return html`<main class="cert">
    <h1>${title}</h1>
    <p class=${holds ? "state good" : "state bad"} role="status">${says}</p>
    <dl>
      ${lines.map(([name, text]) => text && html`<div key=${name}><dt>${name}</dt><dd>${text}</dd></div>`)}
    </dl>
    ${found.corrected_at > 0 && html`<p class="soft">姓名在 ${fullDate(found.corrected_at)} 由本人更正过一次。</p>`}
    ${found.state === "replaced" && html`<p class="soft">
      ${fullDate(found.replaced_at)}，本人又得到了更高一等的证书。
    </p>`}
    ${holds && html`<p class="soft">
      ${namings[found.named]}
    </p>`}
    ${found.state !== "rehearsal" && html`<p class="ways">
      <a class="quiet wide" href=${"/c/" + found.slug}>看看这个活动</a>
    </p>`}
    <p class="ways"><a class="quiet wide" href="/cert">查另一份</a></p>
  </main>`;
}

const into = /** @type {Element} */ (document.getElementById("app"));
into.textContent = "";
render(html`<${Page} />`, into);

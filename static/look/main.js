// What a link to a draft shows to who has no account: /look#token. The token stands behind the #, so that it reaches no
// log and no other site.
import { html } from "../html.js";
import { useEffect, useState } from "../vendor/hooks.js";
import { render } from "../vendor/preact.js";
import { Mark } from "../art/mark.js";
import { newApi } from "../lib/api.js";
import { newClock } from "../lib/clock.js";
import { PhoneView, RulesView } from "../lib/contestviews.js";
import { dateTime, letter, number } from "../lib/format.js";
import { say } from "../lib/problems.js";

/** @typedef {import("../lib/schemas").components["schemas"]["DraftLook"]} Look */

const call = newApi(newClock());

/** @param {{token: string}} props */
function Page({ token }) {
  const [look, setLook] = useState(/** @type {Look | null} */ (null));
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  useEffect(() => {
    call("POST", "/look", { token }).then(setLook, setProblem);
  }, []);
  if (problem) return html`<div class="failed" role="alert"><p>${say(problem)}</p></div>`;
  if (!look) return html`<div class="waiting" role="status"><${Mark} /><p>正在打开</p></div>`;
  const mend = look.wrong + look.concerns;
  return html`<main class="look">
    <h1>${look.title || "活动草稿"}</h1>
    <p class="state">
      这是还没有发布的草稿，${dateTime(look.saved_at)} 保存。${mend ? `还有 ${mend} 处要改好才能发布。` : "检查没有发现问题。"}
      这个链接 ${dateTime(look.ends_at)} 失效。
    </p>
    <h2>首页</h2>
    ${look.preview ? html`<${PhoneView} preview=${look.preview} />`
      : html`<p>还有写得不对的地方，改好以后才看得到首页和规则。</p>`}
    ${look.prizes.length > 0 && html`<h2>奖品</h2>
    ${look.prizes.map((p) => html`<div class="prize">
      ${p.photo && html`<img src=${"/api/v1/images/" + encodeURIComponent(p.photo)} alt="" />`}
      <div><b>${p.title}</b><small class="soft">${worth(p)}</small></div>
    </div>`)}`}
    ${look.samples.some((s) => s.questions.length > 0) && html`<h2>样题</h2>
    <p class="soft">每关先列两道，没有答案。</p>
    ${look.samples.map((s) => s.questions.map((q) => html`<section class="sample">
      <small class="soft">${s.level} · ${q.kind}</small>
      <p>${q.stem}</p>
      ${q.options.length > 0 && html`<ol>${q.options.map((o, i) => html`<li>${letter(i)}. ${o}</li>`)}</ol>`}
    </section>`))}`}
    ${look.rules.length > 0 && html`<h2>规则</h2>
    <${RulesView} rules=${look.rules} />`}
  </main>`;
}

/** @param {Look["prizes"][number]} p */
const worth = (p) =>
  [
    p.kind === "points" ? `${number(p.value)} 积分` : p.value > 0 && `价值 ${p.value / 100} 元`,
    p.stock > 0 && `${number(p.stock)} 份`,
  ]
    .filter(Boolean)
    .join("，");

const into = /** @type {Element} */ (document.getElementById("app"));
into.textContent = "";
render(html`<${Page} token=${location.hash.slice(1)} />`, into);

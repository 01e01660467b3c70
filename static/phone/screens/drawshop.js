// The shop: prizes for points, or for what another purse holds.
import { html } from "../../html.js";
import { useRef, useState } from "../../vendor/hooks.js";
import { ToDo } from "../parts/todo.js";
import { Sheet } from "../../lib/sheet.js";
import { number } from "../../lib/format.js";
import { nameless, say } from "../../lib/problems.js";

/** @typedef {import("./draw.js").Good} Good */

/** What a price is counted in. @param {Good} good */
const unit = (good) => (good.purse ? "个" + good.purse.title : "积分");

/** What there is to pay for it. @param {import("./draw.js").Drawer | null} drawer @param {Good} good */
function heldFor(drawer, good) {
  const { purse } = good;
  if (!drawer || !purse) return drawer ? drawer.points : 0;
  const held = (drawer.purses || []).find((p) => p.key === purse.key);
  return held ? held.left : 0;
}

/** A name for one exchange: asked again under it, the server spends nothing more. */
const newRequest = () => Date.now().toString(36) + Math.random().toString(36).slice(2, 12);

/**
 * @param {import("./draw.js").Ways & {parts: import("../app").Parts, path: string, goods: Good[], drawer:
 *   import("./draw.js").Drawer | null, alone: boolean, bought: () => void}} props
 */
export function Shop({ parts, path, goods, drawer, alone, signIn, prove, unproven, bought }) {
  const [chosen, setChosen] = useState(/** @type {Good | null} */ (null));
  const paid = goods.filter((g, i) => goods.findIndex((o) => unit(o) === unit(g)) === i); // one good a purse
  const names = paid.map((g) => (g.purse ? g.purse.title : "积分")).join("、");
  return html`<section class="shop">
    ${!alone && html`<h2>${names === "积分" ? "积分兑换" : "兑换"}</h2>`}
    <p class="soft">
      ${!drawer ? `登记昵称后可以用${names}兑换` : paid.map(
        (g, i) => html`${i ? "，" : "我有 "}<b class="figure">${number(heldFor(drawer, g))}</b> ${unit(g)}`,
      )}
    </p>
    <ul>
      ${goods.map(
        (g) => html`<li>
          <span class="shop-name"><b>${g.title}</b><span class="soft">${number(g.price)} ${unit(g)}</span></span>
          ${g.sold_out ? html`<span class="soft">已兑完</span>`
            : html`<button class="quiet" disabled=${!!drawer && heldFor(drawer, g) < g.price}
              onClick=${() => (!drawer ? signIn(() => {}) : unproven ? prove() : setChosen(g))}>
              ${drawer && heldFor(drawer, g) < g.price ? "还差 " + number(g.price - heldFor(drawer, g)) : "兑换"}
            </button>`}
        </li>`,
      )}
    </ul>
    ${chosen && html`<${Confirm} parts=${parts} path=${path} good=${chosen} points=${heldFor(drawer, chosen)}
      bought=${bought} signIn=${signIn} prove=${prove} close=${() => setChosen(null)} />`}
  </section>`;
}

/**
 * @param {{parts: import("../app").Parts, path: string, good: Good, points: number, bought: () => void, signIn: (next:
 *   () => void) => void, prove: () => void, close: () => void}} props
 */
function Confirm({ parts, path, good, points, bought, signIn, prove, close }) {
  const request = useRef(newRequest());
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const [got, setGot] = useState(
    /** @type {{award: string, asks: boolean, until: number, code: string, points: number} | null} */ (null),
  );

  async function buy() {
    if (busy) return;
    setBusy(true);
    setWrong("");
    try {
      setGot(await parts.api("POST", path + "/shop/" + good.key, { request: request.current, price: good.price }));
      bought();
    } catch (problem) {
      if (nameless(problem)) return signIn(() => {});
      if (problem.code === "needs_proof") {
        close();
        return prove();
      }
      setWrong(say(problem) + (problem.code === "offline" ? "再点一次不会多扣。" : ""));
    } finally {
      setBusy(false);
    }
  }

  if (got) {
    return html`<${Sheet} title="兑换好了" close=${close}>
      <div class="stack">
        <p>${good.title}，还剩 ${number(got.points)} ${unit(good)}。</p>
        ${got.code && html`<p class="draw-code"><span class="soft">兑换码</span><b>${got.code}</b></p>`}
        ${good.collect && html`<p>${good.collect}</p>`}
        <${ToDo} award=${got.award} need=${got} />
      </div>
    </${Sheet}>`;
  }
  return html`<${Sheet} title=${"兑换" + good.title} close=${close}>
    <div class="stack">
      <p>用 <b>${number(good.price)}</b> ${unit(good)}兑换，兑换后还剩 ${number(points - good.price)} ${unit(good)}。兑换后不能退回。</p>
      ${good.collect && html`<p class="soft">${good.collect}</p>`}
      ${wrong && html`<p class="form-wrong" role="alert">${wrong}</p>`}
      <button class="main wide" disabled=${busy} onClick=${buy}>${busy ? "请稍等" : "确认兑换"}</button>
    </div>
  </${Sheet}>`;
}

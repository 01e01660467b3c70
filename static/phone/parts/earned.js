// What an attempt earned: points, cards, draws that wait, and a certificate that can be had now.
import { html } from "../../html.js";
import { Seal } from "../../art/icons.js";

/** @type {Record<string, string>} */
const names = { points: "积分", chance: "次抽奖机会", try: "次答题机会" };

/**
 * @param {object} props
 * @param {import("../../lib/types").Home} props.home
 * @param {import("../../lib/types").Result} props.result
 * @param {string[]} props.had numbers of the certificates before it
 * @param {() => void} props.register
 * @param {(to: string) => void} props.go
 */
export function Earned({ home: { contest, me }, result, had, register, go }) {
  const { earned } = result;
  const draws = earned.some((e) => e.kind === "chance");
  // Home is asked again as soon as the result is there; before that it does not know of the certificate.
  const certificate = me && me.certificates.find((c) => !had.includes(c.number));
  const missed = me && me.missing_earn.length > 0 && contest.gains.earnings.length > 0 && !result.training;
  return html`<div>
    ${missed && html`<div class="note register">
      <p>还没有填登记信息，这次没有积分和奖励。</p>
      <button class="main" onClick=${register}>去填写</button>
    </div>`}
    ${(earned.length > 0 || certificate) && html`<section class="earned" aria-label="这次得到" role="status">
      ${earned.length > 0 && html`<ul>
        ${earned.map(
          (e, i) => html`<li class=${e.kind === "card" ? "gift gift-card" : "gift"} key=${i}>
            ${e.kind === "card" ? html`<b>“${e.card}”卡</b><span>集到一张新卡</span>`
              : html`<b>+${e.amount}</b><span>${e.purse || names[e.kind]}</span>`}
          </li>`,
        )}
      </ul>`}
      ${draws && contest.gains.draws && html`<button class="main amber wide" onClick=${() => go("draw")}>
        去抽奖
      </button>`}
      ${certificate && html`<button class="quiet wide earned-certificate" onClick=${() => go("gains")}>
        <${Seal} text="证书" />
        <span>看我的电子证书<small>${certificate.title}</small></span>
      </button>`}
    </section>`}
  </div>`;
}

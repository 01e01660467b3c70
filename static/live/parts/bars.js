// How many chose what.
import { html } from "../../html.js";
import { Icon } from "../../art/icons.js";
import { number } from "../../lib/format.js";
import { chosenBy, share } from "../../lib/live/room.js";
import { signed } from "./sign.js";

/**
 * @param {object} props
 * @param {string} props.title
 * @param {import("../../lib/live/types").Question} props.question
 * @param {import("../../lib/live/types").Bar[]} props.bars
 * @param {string[]} [props.right] once it is known
 * @param {string[]} [props.mine]
 */
export function Bars({ title, question, bars, right, mine = [] }) {
  const all = bars.reduce((sum, bar) => Math.max(sum, bar.count), 0);
  const answers = bars.reduce((sum, bar) => sum + bar.count, 0);
  return html`<section class="bars" aria-label=${title}>
    <h2>${title}</h2>
    <ul>
      ${question.options.map(({ id, text }) => {
        const count = chosenBy(bars, id);
        const good = !!right && right.indexOf(id) >= 0;
        const own = mine.indexOf(id) >= 0;
        return html`<li class=${good ? "bar right" : "bar"} key=${id}>
          ${signed(id)}
          <div class="bar-body">
            <p class="bar-text">
              <span>${text}</span>
              ${good && html`<em class="tag good"><${Icon} name="right" />正确答案</em>`}
              ${own && html`<em class="tag">您选的</em>`}
            </p>
            <svg class="bar-line" aria-hidden="true"><rect width="100%" height="100%" class="bar-ground" />
              <rect class="bar-part" height="100%" width=${all > 0 ? (100 * count) / all + "%" : "0"} /></svg>
          </div>
          <p class="bar-count"><b>${number(count)}</b><span>${share(count, answers)}</span></p>
        </li>`;
      })}
    </ul>
  </section>`;
}

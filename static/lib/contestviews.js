// How players will read and see a contest: the rules page, and the map on a phone.
import { html } from "../html.js";
import { Stamp } from "../art/places.js";
import { days, tight } from "./format.js";
import { line, numbered } from "./levels.js";

/** @typedef {import("./schemas").components["schemas"]["ContestPreview"]} Preview */
/** @typedef {{title: string, lines: string[]}} Section */

/** @param {{rules: Section[]}} props */
export const RulesView = ({ rules }) =>
  rules.length ? html`<div class="rules-view">
    <p class="soft">参赛者在“规则”里看到的就是这些，由程序按设置写成，不用另外维护。</p>
    ${rules.map(
      (s) => html`<section key=${s.title}>
        <h3>${s.title}</h3>
        ${s.lines.length > 1 ? html`<ul class="dots">${s.lines.map((l) => html`<li>${l}</li>`)}</ul>`
          : html`<p>${s.lines[0]}</p>`}
      </section>`,
    )}
  </div>`
    : html`<p class="state note">还有写得不对的地方，改好以后就能看到规则。见“检查”。</p>`;

/** @param {{preview: Preview | null}} props */
export function PhoneView({ preview }) {
  if (!preview) return html`<p class="state note">还有写得不对的地方，改好以后就能看到手机上的样子。见“检查”。</p>`;
  return html`<div class="mini" aria-label="手机上的样子">
    <header>
      <h3>${preview.title}</h3>
      ${preview.subtitle && html`<p>${preview.subtitle}</p>`}
      <p class="mini-by">${preview.organizer}</p>
      <p class="mini-by">${days(preview)}</p>
      <p class="mini-go">马上开始<span>${preview.levels[0] ? preview.levels[0].title : ""}</span></p>
    </header>
    <ol>
      ${preview.levels.map(
        (level, i) => html`<li key=${level.key} class=${level.locked_reason ? "locked" : ""}>
          <span class="mini-stamp"><${Stamp} place=${level.place} /></span>
          <div>
            <small>${numbered(preview.levels, i)} · ${level.place}</small>
            <b>${level.title}</b>
            ${level.summary && html`<small>${level.summary}</small>`}
            <small>
              ${level.locked_reason ? `${level.questions}题，${tight(level.locked_reason)}` : line(level, true)}
            </small>
            ${level.notes.slice(1).map((note) => html`<small>${tight(note)}</small>`)}
          </div>
        </li>`,
      )}
    </ol>
  </div>`;
}

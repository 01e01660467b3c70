// The road through the levels: one row a level, stamps left and right of it in turn, and a piece of road from each to
// the next. The list is what is read aloud; the road is only drawn.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { Icon, Seal, Stars } from "../../art/icons.js";
import { Stamp } from "../../art/places.js";
import { line, numbered, playable } from "../../lib/levels.js";
import { tight } from "../../lib/format.js";

/** @typedef {import("../../lib/types").Level} Level */

/**
 * @param {{levels: Level[], open: boolean, play: (key: string) => void, fresh: string}} props fresh: the level just
 *   unlocked
 */
export function LevelMap({ levels, open, play, fresh }) {
  const [told, tell] = useState("");
  return html`<ol class="map" aria-label="关卡">
    ${levels.map(
      (level, i) => html`<${Row} key=${level.key} level=${level} index=${i} nr=${numbered(levels, i)}
        last=${i === levels.length - 1} walked=${level.state === "passed"} open=${open}
        told=${told === level.key} fresh=${fresh === level.key}
        tap=${() => (open && playable(level) ? play(level.key) : tell(told === level.key ? "" : level.key))} />`,
    )}
  </ol>`;
}

/**
 * @param {{level: Level, index: number, nr: string, last: boolean, walked: boolean, open: boolean, told: boolean,
 *   fresh: boolean, tap: () => void}} props
 */
function Row({ level, index, nr, last, walked, open, told, fresh, tap }) {
  const side = index % 2 ? "right" : "left";
  const current = open && playable(level) && level.state === "open";
  return html`<li class=${`row ${side} ${level.state}${current ? " current" : ""}${fresh ? " fresh" : ""}`}>
    ${!last && html`<svg class=${walked ? "road walked" : "road"} viewBox="0 0 100 100" preserveAspectRatio="none"
      aria-hidden="true">
      <path class="road-bed" d="M22 0C22 62 78 38 78 100" />
      <path class="road-line" d="M22 0C22 62 78 38 78 100" />
    </svg>`}
    <button class="place" onClick=${tap}>
      <span class="place-stamp">
        <${Stamp} place=${level.place} />
        ${level.state === "passed" && html`<${Seal} text="通过" />`}
        ${level.state === "locked" && html`<span class="place-lock"><${Icon} name="lock" /></span>`}
      </span>
      <span class="place-text">
        <span class="place-nr">${nr} · ${level.place}</span>
        <b class="place-title">${level.title}</b>
        ${level.state === "passed" && html`<span class="place-line">
          <${Stars} count=${level.stars} /> ${level.best_score}分
        </span>`}
        ${current && level.summary && html`<span class="place-line less">${level.summary}</span>`}
        <span class=${"place-line " + (level.locked_reason || told ? "why" : "")}>${line(level, open)}</span>
        ${current && level.notes.slice(1).map((note) => html`<span class="place-line">${tight(note)}</span>`)}
      </span>
    </button>
  </li>`;
}

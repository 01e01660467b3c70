// The page of a live quiz: the way into the room, and the room.
import { html } from "../html.js";
import { useEffect, useRef, useState } from "../vendor/hooks.js";
import { useElder } from "../lib/elder.js";
import { SignInSheet } from "../lib/enrol/signin.js";
import { newJoin } from "./join.js";
import { TopBar } from "./parts/frame.js";
import { Play } from "./play.js";
import { CodeEntry, OnTheWay, Refused } from "./screens/entry.js";

/**
 * What the page works with; made in main.js.
 * @typedef {object} Parts
 * @property {ReturnType<typeof import("../lib/clock.js").newClock>} clock
 * @property {import("../lib/api.js").Call} call
 * @property {ReturnType<typeof import("../lib/store.js").newStore>} store
 * @property {(ms: number) => Promise<void>} pause
 * @property {typeof import("./sealed.js").unseal | null} unseal
 * @property {import("../lib/live/feed.js").Ways} ways
 */

/** @param {{parts: Parts, named: string}} props named: a code, a room, or nothing */
export function App({ parts, named }) {
  const [elder, setElder] = useElder(parts.store);
  const [place, setPlace] = useState(
    /** @type {import("./join.js").Place} */ (named ? { at: "looking" } : { at: "code", wrong: "" }),
  );
  const made = useRef(/** @type {ReturnType<typeof newJoin> | null} */ (null));
  const join =
    made.current ||
    (made.current = newJoin({ call: parts.call, pause: parts.pause, random: parts.ways.random, tell: setPlace }));
  useEffect(() => {
    if (/^\d{6}$/.test(named)) join.byCode(named);
    else if (named) join.byRoom(named);
  }, []);
  useEffect(() => {
    // A code ends with its room's life; the room's own address leads back after a reload.
    if (place.at === "in") history.replaceState(null, "", "/live/" + place.room);
  }, [place.at]);

  if (place.at === "in")
    return html`<${Play} parts=${parts} room=${place.room} first=${place.snapshot} elder=${elder}
      setElder=${setElder} />`;
  const asks = () => setPlace({ at: "code", wrong: "" });
  return html`<div class="page">
    <${TopBar} title="直播答题" elder=${elder} setElder=${setElder} />
    ${place.at === "code" && html`<${CodeEntry} wrong=${place.wrong} enter=${join.byCode} />`}
    ${place.at === "refused" && html`<${Refused} text=${place.text} again=${join.again} other=${asks} />`}
    ${(place.at === "looking" || place.at === "wait" || place.at === "name") && html`<${OnTheWay}
      why=${place.at === "wait" ? place.why : ""} />`}
    ${place.at === "name" && html`<${SignInSheet} api=${parts.call} contest=${place.contest} me=${place.me}
      close=${asks} done=${join.again} />`}
  </div>`;
}

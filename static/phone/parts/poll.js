// What players are asked once they have finished something. Nobody must answer; what is left stays for another time.
import "../css/poll.css";
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { say } from "../../lib/problems.js";

/** @typedef {{key: string, title: string, kind: "single" | "multiple", options: string[]}} Question */

/** @param {{parts: import("../app").Parts, slug: string}} props */
export function Poll({ parts, slug }) {
  const [asked, ask] = useState(/** @type {Question[]} */ ([]));
  const [thanked, thank] = useState(false);
  const path = `/contests/${slug}/polls`;
  useEffect(() => {
    parts.api("GET", path).then((data) => ask(data.polls), () => {}); // the result is whole without it
  }, [slug]);
  const [first] = asked;
  if (!first) return thanked && html`<p class="note" role="status">谢谢您的回答。</p>`;
  const next = () => ask(asked.slice(1));
  return html`<${One} key=${first.key} parts=${parts} path=${path} question=${first} left=${asked.length} skip=${next}
    done=${() => (thank(true), next())} />`;
}

/** @param {{parts: import("../app").Parts, path: string, question: Question, left: number, skip: () => void,
 *   done: () => void}} props */
function One({ parts, path, question: { key, title, kind, options }, left, skip, done }) {
  const [chosen, choose] = useState(/** @type {string[]} */ ([]));
  const [busy, setBusy] = useState(false);
  const single = kind === "single";
  /** @param {string} option */
  const press = (option) =>
    choose(single ? [option] : chosen.indexOf(option) < 0 ? chosen.concat(option) : chosen.filter((c) => c !== option));
  async function send() {
    if (busy || !chosen.length) return;
    setBusy(true);
    try {
      await parts.api("POST", path + "/" + key, { options: chosen });
      done();
    } catch (problem) {
      setBusy(false);
      if (/** @type {any} */ (problem).code === "poll_answered") done();
      else parts.tell(say(problem));
    }
  }
  return html`<section class="poll" aria-labelledby=${"poll-" + key}>
    <p class="soft">想听听您的看法，可以不答${left > 1 ? `（${left}个问题）` : ""}</p>
    <h2 id=${"poll-" + key}>${title}</h2>
    ${!single && html`<p class="soft">可以选几项</p>`}
    <div role=${single ? "radiogroup" : "group"} aria-labelledby=${"poll-" + key}>
      ${options.map((option) => html`<button type="button" class="poll-option" role=${single ? "radio" : "checkbox"}
        aria-checked=${chosen.indexOf(option) >= 0} onClick=${() => press(option)}>${option}</button>`)}
    </div>
    <div class="poll-acts">
      <button class="quiet" onClick=${skip}>不答</button>
      <button class="main" aria-disabled=${busy || !chosen.length} onClick=${send}>提交</button>
    </div>
  </section>`;
}

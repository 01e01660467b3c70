// Before the room: the six digits, the wait at the door, and a refusal.
import { html } from "../../html.js";
import { useLayoutEffect, useRef, useState } from "../../vendor/hooks.js";
import { Icon } from "../../art/icons.js";
import { Mark } from "../../art/mark.js";
import { codeIn } from "../join.js";

/** @param {{wrong: string, enter: (code: string) => void}} props */
export function CodeEntry({ wrong: told, enter }) {
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState(told);
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useLayoutEffect(() => {
    if (field.current) field.current.focus();
  }, []);
  /** @param {Event} event */
  function submit(event) {
    event.preventDefault();
    const code = codeIn(text);
    if (code) enter(code);
    else setWrong("数字一共六位，请照着大屏再输一遍。");
  }
  return html`<main class="card entry">
    <h1>进直播答题</h1>
    <p class="soft" id="code-why">输入大屏上的六位数字</p>
    <form onSubmit=${submit}>
      <label class="unseen" for="code">六位数字</label>
      <input id="code" class="code-field" ref=${field} value=${text} inputmode="numeric" autocomplete="off"
        placeholder="······" enterkeyhint="go"
        aria-invalid=${!!wrong} aria-describedby="code-why code-wrong"
        onInput=${(/** @type {any} */ e) => {
          setText(e.target.value);
          setWrong("");
        }} />
      <p class="form-wrong" id="code-wrong" role="alert">${wrong}</p>
      <button class="main wide">进入</button>
    </form>
  </main>`;
}

/** @type {Record<string, string[]>} */
const waits = {
  "": ["正在进房间", ""],
  crowd: ["人多，正在排队进房间", "不用刷新，轮到您会自动进去。"],
  network: ["网络不通，正在再试", "不用刷新，连上了会自动进去。"],
};

/** @param {{why: string}} props */
export const OnTheWay = ({ why }) => html`<div class="waiting" role="status">
  <${Mark} />
  <p>${waits[why][0]}</p>
  ${waits[why][1] && html`<p>${waits[why][1]}</p>`}
</div>`;

/** @param {{text: string, again: () => void, other: () => void}} props */
export const Refused = ({ text, again, other }) => html`<main class="failed" role="alert">
  <${Icon} name="info" />
  <p>${text}</p>
  <div class="stack">
    <button class="main wide" onClick=${again}>再试一次</button>
    <button class="quiet wide" onClick=${other}>输入别的数字</button>
  </div>
</main>`;

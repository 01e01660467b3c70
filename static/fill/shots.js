// The pictures of a report: made smaller on the phone, sent at once, told with the report.
import { html } from "../html.js";
import { useEffect, useState } from "../vendor/hooks.js";
import { request } from "../lib/api.js";
import { day } from "../lib/format.js";
import { shrunk } from "../lib/picture.js";
import { say } from "../lib/problems.js";

/** @typedef {{id: string, text: string, at: string, day: string}} Shot day: yyyymmdd */

const side = 2000; // pixels at most each way: enough for a page of A4
const patience = 120_000; // ms for one picture over a slow line

/** Pictures by id, so that none is fetched twice. @type {Map<string, Promise<string>>} */
const seen = new Map();

/** @param {string} yyyymmdd */
const dashed = (yyyymmdd) => yyyymmdd.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3");

/**
 * @param {{token: string, due: number, most: number, shots: Shot[], set: (how: (was: Shot[]) => Shot[]) => void, call:
 *   import("../lib/api.js").Call}} props
 */
export function Shots({ token, due, most, shots, set, call }) {
  const [sending, setSending] = useState(0);
  const [wrong, setWrong] = useState("");
  /** @param {File} file */
  async function send(file) {
    const small = await shrunk(file, side).catch(() => null);
    if (!small) throw { detail: `“${file.name}”打不开，请换成 JPG 或 PNG 图片，太大的先在相册里压缩` };
    const headers = { "Content-Type": "application/octet-stream", "Aq-Fill": token };
    const got = await request(`/api/v1/fill/pictures?due=${due}`, { method: "POST", headers, body: small }, patience);
    return { id: got.id, text: "", at: "", day: day(file.lastModified || Date.now()).replace(/-/g, "") };
  }
  /** @param {any} event */
  async function add(event) {
    const files = [...event.target.files].slice(0, most - shots.length);
    event.target.value = "";
    setWrong("");
    for (const [i, file] of files.entries()) {
      setSending(files.length - i);
      try {
        const shot = await send(file);
        set((was) => [...was, shot]);
      } catch (/** @type {any} */ bad) {
        setWrong(say(bad));
        break;
      }
    }
    setSending(0);
  }
  /** @param {string} id @param {Partial<Shot>} more */
  const change = (id, more) => set((was) => was.map((s) => (s.id === id ? { ...s, ...more } : s)));
  return html`<div>
    <p class="soft">最多 ${most} 张，每张写上说明、地点和日期，可以用在新闻里。拍到的人要同意公开。</p>
    ${shots.map((s, i) => html`<section class="shot" key=${s.id}>
      <${Shown} token=${token} id=${s.id} call=${call} />
      <label>说明 <input class="input" name=${"text" + i} value=${s.text} autocomplete="off"
        onInput=${(/** @type {any} */ e) => change(s.id, { text: e.target.value })} /></label>
      <label>地点 <input class="input" name=${"at" + i} value=${s.at} autocomplete="off"
        onInput=${(/** @type {any} */ e) => change(s.id, { at: e.target.value })} /></label>
      <label>日期 <input class="input" type="date" name=${"day" + i} value=${dashed(s.day)}
        onInput=${(/** @type {any} */ e) => change(s.id, { day: e.target.value.replace(/-/g, "") })} /></label>
      <button class="link" onClick=${() => set((was) => was.filter((other) => other.id !== s.id))}>
        不要第 ${i + 1} 张
      </button>
    </section>`)}
    ${wrong && html`<p class="state bad" role="alert">${wrong}</p>`}
    ${sending ? html`<p class="state" role="status">正在上传，还有 ${sending} 张</p>`
      : shots.length < most && html`<p><label class="quiet add">
          添加图片<input type="file" accept="image/*" multiple onChange=${add} />
        </label></p>`}
  </div>`;
}

/** @param {{token: string, id: string, call: import("../lib/api.js").Call}} props */
function Shown({ token, id, call }) {
  const [data, setData] = useState("");
  useEffect(() => {
    const under = seen.get(id) || call("POST", "/fill/picture", { token, id }, patience).then((got) => got.data);
    seen.set(id, under);
    under.then(setData, () => seen.delete(id));
  }, [id]);
  return data ? html`<img src=${data} alt="" />` : html`<p class="soft">正在取图片</p>`;
}

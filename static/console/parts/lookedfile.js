// A file that is looked at first and then applied: chosen, read, shown with what it would change, written.
import { html } from "../../html.js";
import { useRef, useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { problem } from "../../lib/api.js";
import { sendFile } from "../lib/sendfile.js";
import { Dialog } from "./dialog.js";
import { Oops, useWork } from "./load.js";

/**
 * What every such file comes to.
 * @typedef {{sha256: string, applied: boolean, wrong_rows: number}} Found
 */

/**
 * A button that chooses a file.
 * @param {{text: string, label: string, chosen: (file: File) => void, disabled?: boolean}} props
 */
export function FileButton({ text, label, chosen, disabled }) {
  const picker = useRef(/** @type {HTMLInputElement | null} */ (null));
  return html`<button class="btn quiet" disabled=${disabled}
    onClick=${() => picker.current && picker.current.click()}>${text}</button>
    <input class="unseen" type="file" tabindex="-1" accept=".xlsx,.csv,.txt" ref=${picker} aria-label=${label}
      disabled=${disabled}
      onChange=${(/** @type {any} */ e) => {
        if (e.target.files[0]) chosen(e.target.files[0]);
        e.target.value = "";
      }} />`;
}

/**
 * Shows what a file would change, then writes it.
 * @template {Found} T
 * @param {{desk: import("../types").Desk, title: string, path: string, file: File, fresh?: boolean, close: () => void,
 *   figures: (found: T) => {name: string, figure: string, also?: string}[], note?: (found: T) => string,
 *   changes: (found: T) => number, column: string, wrong: (found: T) => {line: number, of: string, why: string}[],
 *   done: (got: T) => void, whole?: boolean}} props fresh: the password has to be given again; column: what a line is
 *   about; whole: nothing is written while a line is wrong
 */
export function LookedFile(props) {
  const { desk, title, path, file, fresh = false, close, figures, note, changes, column, wrong, done, whole } = props;
  const [found, setFound] = useState(/** @type {T | null} */ (null));
  const work = useWork();
  const begun = useRef(false);
  if (!begun.current) {
    begun.current = true;
    work.run(async () => setFound(await sendFile(desk, path, file, fresh)));
  }
  const refused = whole && found !== null && found.wrong_rows > 0;
  const some = found !== null && !refused && changes(found) > 0;
  return html`<${Dialog} title=${title} close=${close} size="wide">
    <p>${file.name}</p>
    ${!found && !work.problem && html`<p class="soft" role="status">正在读文件</p>`}
    ${found && html`<div>
      <dl class="figures small">
        ${figures(found).map(
          (f) => html`<div key=${f.name}>
            <dt>${f.name}</dt><dd>${f.figure}</dd>${f.also && html`<dt>${f.also}</dt>`}
          </div>`,
        )}
        <div><dt>${whole ? "不对的行" : "不处理"}</dt><dd>${number(found.wrong_rows)}</dd></div>
      </dl>
      ${note && note(found) && html`<p>${note(found)}</p>`}
      ${refused && html`<p class="oops" role="status">有 ${number(found.wrong_rows)} 行不对，改好以后再传：现在什么也不会写入。</p>`}
      <${Wrong} lines=${wrong(found)} column=${column} why=${whole ? "哪里不对" : "为什么不处理"} />
      ${!some && !refused && html`<p class="state">这个文件没有要改的。</p>`}
    </div>`}
    <${Oops} problem=${work.problem} />
    <footer class="dialog-foot">
      <button type="button" class="btn quiet" onClick=${close}>${some ? "取消" : "关闭"}</button>
      ${found && some && html`<button class="btn" disabled=${work.busy}
        onClick=${() => work.run(async () => {
          const apply = (path.includes("?") ? "&" : "?") + "apply=" + found.sha256;
          const got = await sendFile(desk, path + apply, file, fresh);
          if (!got.applied) throw problem({ code: "internal" });
          done(got);
        })}>
        写入
      </button>`}
    </footer>
  </${Dialog}>`;
}

/**
 * The lines that are passed over, or keep the file from being written.
 * @param {{lines: {line: number, of: string, why: string}[], column: string, why: string}} props
 */
const Wrong = ({ lines, column, why }) =>
  lines.length > 0 && html`<div class="scroll">
    <table class="rows wrong-rows">
      <thead><tr><th class="n">行</th><th>${column}</th><th>${why}</th></tr></thead>
      <tbody>
        ${lines.map(
          (w) => html`<tr key=${w.line}>
            <td class="n" data-name="行">${w.line}</td><td>${w.of}</td><td data-name=${why}>${w.why}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

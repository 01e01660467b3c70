// A dialog with one thing to send.
import { html } from "../../html.js";
import { Dialog } from "./dialog.js";
import { Oops, useWork } from "./load.js";

/**
 * @param {{title: string, yes: string, ready: boolean, close: () => void, run: () => Promise<void>, children?: any}}
 *   props
 */
export function Ask({ title, yes, ready, close, run, children }) {
  const work = useWork();
  return html`<${Dialog} title=${title} close=${close} first="input">
    <form onSubmit=${(/** @type {Event} */ e) => {
        e.preventDefault();
        work.run(run);
      }}>
      ${children}
      <${Oops} problem=${work.problem} />
      <footer class="dialog-foot">
        <button type="button" class="btn quiet" onClick=${close}>取消</button>
        <button class="btn" disabled=${work.busy || !ready}>${yes}</button>
      </footer>
    </form>
  </${Dialog}>`;
}

// Without a network: a line that says so, and tries until there is one. Fetched with what else is needed then.
import "../css/away.css";
import { html } from "../../html.js";
import { useEffect } from "../../vendor/hooks.js";
import { dateTime } from "../../lib/format.js";
import { backoff } from "../../lib/outbox.js";

export { keep, kept } from "../lib/away.js";

/**
 * @param {object} props
 * @param {Omit<import("../app").Parts, "tell">} props.parts @param {() => Promise<any>} props.load
 * @param {number} props.at when what stands below was kept; 0: nothing stands there
 * @param {import("../../lib/types").Problem} props.problem why it is not asked for
 */
export function AwayBar({ parts: { pause, clock }, load, at, problem }) {
  useEffect(() => {
    let gone = false;
    (async () => {
      for (let n = 0; !gone; n++) {
        await pause(backoff(n));
        if (!gone) await load();
      }
    })();
    return () => {
      gone = true;
    };
  }, []);
  if (!at) return html`<p class="away" role="status">连上以后会自动打开。</p>`;
  return html`<p class="away" role="status">
    <b>${problem.code === "offline" ? "没有网络" : "服务器暂时连不上"}，正在重新连接</b>
    <span>下面是${dateTime(at, clock.now())}的内容，连上以后会自动更新</span>
  </p>`;
}

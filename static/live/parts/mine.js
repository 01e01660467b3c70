// What became of my answer, in words: the one thing that nobody should have to guess.
import { html } from "../../html.js";
import { Icon } from "../../art/icons.js";

/** 0.4秒 @param {number} ms */
export const tenths = (ms) => (Math.max(1, Math.round(ms / 100)) / 10).toFixed(1) + "秒";

/**
 * @param {import("../types").Sent | null} mine @param {boolean} change whether it may still be changed
 * @returns {{how: string, text: string}}
 */
export function fate(mine, change) {
  if (!mine) return { how: "", text: "" };
  switch (mine.how) {
    case "sending":
      return { how: "way", text: "正在送出" };
    case "held":
      return { how: "way", text: "网络不稳，正在重新送出" };
    case "counted":
      return { how: "done", text: change ? "已交，还可以改" : "已交" };
    case "late":
      return { how: "late", text: `晚了 ${tenths(mine.lateMs)}，没有计入` + (mine.kept ? "；前面交的算数" : "") };
    default:
      return { how: "late", text: mine.why };
  }
}

/** @param {{mine: import("../types").Sent | null, change: boolean}} props */
export function Fate({ mine, change }) {
  const { how, text } = fate(mine, change);
  return html`<p class=${"fate " + how} role="status">
    ${how && html`<${Icon} name=${how === "done" ? "right" : how === "way" ? "cloud" : "clock"} />`}
    <span>${text}</span>
  </p>`;
}

// What is still to be done for a prize that was just won or bought: said at once, with the button.
import { html } from "../../html.js";
import { dateTime } from "../../lib/format.js";

/** @param {{award: string, need: {asks: boolean, until: number}}} props award: its id; until: UTC ms, 0 for no end */
export const ToDo = ({ award, need: { asks, until } }) =>
  asks ? html`<p><b>${until ? `请在 ${dateTime(until)} 前填写领奖信息` : "请填写领奖信息"}</b>，填好才能领取。</p>
  <a class="main amber wide" href=${"#/prizes?claim=" + award}>填写领奖信息</a>`
    : html`<a class="quiet wide" href="#/prizes">查看我的奖品</a>`;

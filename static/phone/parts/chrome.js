// What stands around the screens: the bar on top and the three ways below.
import { html } from "../../html.js";
import { Icon } from "../../art/icons.js";
import { Mark } from "../../art/mark.js";

/** @param {{elder: boolean, setElder: (on: boolean) => void, about?: () => void}} props about: what tells the rules */
export const TopBar = ({ elder, setElder, about }) => html`<header class="top">
  <a class="brand" href="#/" aria-label="安全答，首页"><${Mark} /><b>安全答</b></a>
  <button class="top-button" aria-pressed=${elder} onClick=${() => setElder(!elder)}>
    ${elder ? "标准版" : "大字版"}
  </button>
  ${about && html`<button class="top-button" onClick=${about}><${Icon} name="info" /><span>规则</span></button>`}
</header>`;

const ways = [
  ["", "闯关", "map"],
  ["rank", "排行榜", "rank"],
  ["mistakes", "错题本", "book"],
  ["me", "我的", "M12 4a4 4 0 1 0 .1 0zM4 21c0-5 3-8 8-8s8 3 8 8"],
];

/** @param {{at: string, waits: boolean}} props waits: something of the player's own is to be done */
export const Ways = ({ at, waits }) => html`<nav class="ways" aria-label="主要页面">
  ${ways.map(
    ([key, name, icon]) => html`<a href=${"#/" + key} class=${at === key ? "way here" : "way"}
      aria-current=${at === key ? "page" : null}>
      <${Icon} name=${icon} />
      <span>${name}</span>
      ${key === "me" && waits && html`<i class="way-waits"><span class="unseen">有奖品待领取</span></i>`}
    </a>`,
  )}
</nav>`;

/** The heading of a screen that is not the map. @param {{title: string, note?: any, id?: string}} props */
export const Heading = ({ title, note }) => html`<div class="heading">
  <h1 tabindex="-1">${title}</h1>
  ${note && html`<p class="soft">${note}</p>`}
</div>`;

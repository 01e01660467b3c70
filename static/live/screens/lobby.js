// Before the first question: who I am, how many are here, what will happen.
import { html } from "../../html.js";
import { dateTime, number, span } from "../../lib/format.js";

/** @param {import("../play.js").Shown} props */
export const Lobby = ({ room, me, now }) => html`<main class="card">
  <h1 tabindex="-1" data-first>${me ? `${me.name}，您好` : room.title}</h1>
  <p class="soft">${me && me.unit ? `您代表${me.unit}` : "您已经在房间里"}</p>
  <p class="big-figure"><b>${number(room.members)}</b><span>人在房间里</span></p>
  <p class="lead">${starts(room, now())}</p>
  <ul class="dots">${rules(room).map((line) => html`<li>${line}</li>`)}</ul>
</main>`;

/** @param {import("../../lib/live/types").Room} room @param {number} now */
function starts(room, now) {
  if (room.starts_at > now) return dateTime(room.starts_at, now) + " 开始";
  return room.runs === "clock" ? "马上开始" : `等主持人${room.host}开始`;
}

/** @param {import("../../lib/live/types").Room} room */
function rules({ mode, questions, limit_ms: limit, change }) {
  return [
    (questions > 0 ? `一共${questions}题` : "题目由主持人出") + (limit > 0 ? `，每题${whole(limit)}` : ""),
    mode === "elimination" ? "答错或没答就出局，坚持到最后的人获胜" : "答对得分，看谁的分最高",
    change ? "选好就交上去，截止前可以改" : "每题只能交一次，想好再交",
    "屏幕会一直亮着；中途退出了，从原来的地方再进来就行",
  ];
}

/** 5分钟, but 1分30秒. @param {number} ms */
const whole = (ms) => (ms % 60000 ? span(ms) : ms / 60000 + "分钟");

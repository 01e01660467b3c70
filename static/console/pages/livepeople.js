// Who plays in a live room: found by name, hidden, taken out, let in again; and networks that many came from.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { number } from "../../lib/format.js";
import { Text } from "../parts/field.js";
import { Confirm } from "../parts/dialog.js";
import { Oops, Shown, useLoad, useWork } from "../parts/load.js";

/** @typedef {import("../live").HostView} View @typedef {import("../live").RoomMember} Member */
/** @typedef {import("../live").MemberPage} Page */

const page = 50; // members that one call lists
const many = 50; // from one network: worth a look

/** @param {{desk: import("../types").Desk, id: string, view: View}} props */
export function LivePeople({ desk, id, view }) {
  const [text, setText] = useState("");
  const [q, setQ] = useState("");
  const [after, setAfter] = useState(0);
  const path = `/live/${id}/members`;
  const list = useLoad(() => desk.call("GET", `${path}?q=${encodeURIComponent(q)}&after=${after}`), [q, after]);
  const work = useWork();
  const [removing, setRemoving] = useState(/** @type {Member | null} */ (null));
  useEffect(() => {
    const typed = setTimeout(() => {
      setQ(text.trim());
      setAfter(0);
    }, 300);
    return () => clearTimeout(typed);
  }, [text]);
  /** @param {Member} of @param {string} action @param {string} done */
  const act = (of, action, done) =>
    work.run(async () => {
      await desk.call("POST", `${path}/${of.number}`, { action });
      desk.tell(`${of.name}：${done}`);
      await list.again();
    });
  return html`<div class="live-people">
    <${Networks} desk=${desk} id=${id} view=${view} again=${list.again} />
    <div class="row">
      <${Text} value=${text} set=${setText} label="找选手" placeholder="名字里的几个字" max=${24} />
      <button class="btn quiet" disabled=${list.busy} onClick=${list.again}>刷新</button>
    </div>
    <${Oops} problem=${work.problem} />
    <${Shown} of=${list}>
      ${(/** @type {Page} */ data) => html`<div>
        <p class="soft found">${q ? `找到 ${number(data.members.length)} 人，共` : "共"} ${number(data.total)} 人</p>
        <ol class="live-members">
          ${data.members.map(
            (m) => html`<li key=${m.number} class=${m.removed ? "gone" : null}>
              <p>
                <i>${m.number}</i><b>${m.name}</b>
                ${m.shown !== m.name && html`<small>大家看到“${m.shown}”</small>`}
                <small>${[m.team, `${number(m.points)} 分`, ...states(m, view)].filter(Boolean).join("，")}</small>
              </p>
              <p class="acts">
                ${m.hidden
                  ? html`<button class="link" disabled=${work.busy} onClick=${() => act(m, "show", "名字重新显示")}>
                    显示名字
                  </button>`
                  : html`<button class="link" disabled=${work.busy} onClick=${() => act(m, "hide", "名字已隐藏")}>
                    隐藏名字
                  </button>`}
                ${m.removed
                  ? html`<button class="link" disabled=${work.busy} onClick=${() => act(m, "readmit", "可以再进来了")}>
                    让回来
                  </button>`
                  : html`<button class="link danger" disabled=${work.busy} onClick=${() => setRemoving(m)}>移出</button>`}
              </p>
            </li>`,
          )}
        </ol>
        <p class="acts">
          ${after > 0 && html`<button class="btn quiet" onClick=${() => setAfter(0)}>回到开头</button>`}
          ${data.members.length === page && html`<button class="btn quiet"
            onClick=${() => setAfter(data.members[data.members.length - 1].number)}>
            看后面的
          </button>`}
        </p>
      </div>`}
    </${Shown}>
    ${removing && html`<${Confirm} title=${`移出“${removing.name}”？`} yes="移出" danger
      close=${() => setRemoving(null)}
      act=${async () => {
        await act(removing, "remove", "已移出");
        setRemoving(null);
      }}>
      <p>此人马上不能再答题，用同一部手机也进不来；成绩不算。可以再让回来。</p>
    </${Confirm}>`}
  </div>`;
}

/** @param {Member} m @param {View} view */
const states = (m, view) => [
  m.removed ? "已移出" : m.robot ? "虚拟选手" : "",
  view.room.mode === "elimination" && !m.alive ? "已出局" : "",
];

/**
 * Networks with many joins: a hall's WiFi looks like that, and so do made-up players.
 * @param {{desk: import("../types").Desk, id: string, view: View, again: () => Promise<void>}} props
 */
function Networks({ desk, id, view, again }) {
  const [chosen, setChosen] = useState(/** @type {View["networks"][number] | null} */ (null));
  const large = view.networks.filter((n) => n.members >= many);
  if (!large.length) return null;
  return html`<section class="live-networks">
    <h2>来自同一网络的很多人</h2>
    <p class="soft">会场的无线网也是这样。名字像是程序编的、人数又突然猛增，才要整批移出。</p>
    <ul>
      ${large.map(
        (n) => html`<li key=${n.network}>
          <span>${n.network}</span><b>${number(n.members)} 人</b>
          <button class="link danger" onClick=${() => setChosen(n)}>整批移出</button>
        </li>`,
      )}
    </ul>
    ${chosen && html`<${Confirm} title=${`移出 ${number(chosen.members)} 人？`} yes="整批移出" danger
      close=${() => setChosen(null)}
      act=${async () => {
        await desk.call("POST", `/live/${id}/networks`, { network: chosen.network });
        desk.tell("已整批移出");
        setChosen(null);
        await again();
      }}>
      <p>从 ${chosen.network} 加入的人全部移出，马上不能答题。误伤的可以在下面一个个让回来。</p>
    </${Confirm}>`}
  </section>`;
}

// Finding one's unit: down the tree, or by its name.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { Icon } from "../../art/icons.js";
import { above } from "../format.js";
import { say } from "../problems.js";
import { Sheet } from "../sheet.js";
import "./units.css";

/** @typedef {import("../types").Unit} Unit */

/**
 * @param {{api: import("../api").Call, contest: string, label: string, typed: boolean, required: boolean, pick:
 *   (unit: Unit | null) => void, close: () => void}} props
 */
export function UnitSheet({ api, contest, label, typed, required, pick, close }) {
  const [text, setText] = useState("");
  const [way, setWay] = useState(/** @type {Unit[]} */ ([]));
  const [units, setUnits] = useState(/** @type {Unit[] | null} */ (null));
  const [wrong, setWrong] = useState("");
  const [tries, setTries] = useState(0);
  const parent = way[way.length - 1];
  const query = text.trim();

  useEffect(() => {
    let stale = false;
    const timer = setTimeout(
      async () => {
        try {
          const ask = query
            ? "?q=" + encodeURIComponent(query)
            : parent
              ? "?parent=" + encodeURIComponent(parent.id)
              : "";
          const found = await api("GET", `/contests/${contest}/units${ask}`);
          if (stale) return;
          setUnits(found.units);
          setWrong("");
        } catch (problem) {
          if (!stale) setWrong(say(problem));
        }
      },
      query ? 350 : 0,
    ); // a pause in typing, so that slow phones ask once
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [query, parent && parent.id, tries]);

  /** @param {Unit} unit */
  function tap(unit) {
    if (!unit.children) return pick(unit);
    setText("");
    setUnits(null);
    setWay(way.concat(unit));
  }
  return html`<${Sheet} title=${"选择" + label} close=${close}>
    <div class="units">
      <label class="search">
        <span class="unseen">按名字查找</span>
        <${Icon} name="search" />
        <input type="search" value=${text} placeholder="输入名字查找"
          onInput=${(/** @type {any} */ e) => setText(e.target.value)} />
      </label>
      ${!query && parent && html`<div class="units-way">
        <button class="unit back"
          onClick=${() => {
            setUnits(null);
            setWay(way.slice(0, -1));
          }}>
          <${Icon} name="back" />
          <span>返回上一级</span>
        </button>
        <button class="unit self" onClick=${() => pick(parent)}><span>就选 <b>${parent.name}</b></span></button>
      </div>`}
      <ul class="unit-list" aria-busy=${!units} aria-label=${label}>
        ${(units || []).map(
          (unit) => html`<li key=${unit.id}>
            <button class="unit" onClick=${() => tap(unit)}>
              <span>${unit.name}${query && above(unit) && html`<small class="soft">${above(unit)}</small>`}</span>
              ${unit.children && html`<${Icon} name="next" />`}
            </button>
          </li>`,
        )}
      </ul>
      <p class="units-none soft" role="status">
        ${wrong ||
        (!units
          ? "正在查找"
          : units.length
            ? ""
            : query
              ? "没有找到，换几个字试试"
              : typed
                ? "输入名字，再按提示填写"
                : "还没有可以选的")}
      </p>
      ${wrong && html`<button class="quiet wide" onClick=${() => setTries(tries + 1)}>再试一次</button>`}
      ${typed && query.length > 1 && units && html`<button class="quiet wide"
        onClick=${() => pick({ id: "", name: query, path: "" })}>
        列表里没有，就填“${query}”
      </button>`}
      ${!required && !parent && !query && html`<button class="link" onClick=${() => pick(null)}>
        我没有${label}，先不选
      </button>`}
    </div>
  </${Sheet}>`;
}

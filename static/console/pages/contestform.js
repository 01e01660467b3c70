// The form beside the text: parts that open and close, each telling how much is wrong in it.
import { html } from "../../html.js";
import { Cells, Rows } from "../parts/contestcells.js";
import { at, freshKey, listAt } from "../lib/contesttree.js";
import {
  basics,
  boardCells,
  capCells,
  divisionCells,
  drawingCells,
  drawnCells,
  earningCells,
  fieldCells,
  oddsCells,
  otherCells,
  sponsorCells,
  poolCells,
  prizeCells,
  unitCells,
  venueCells,
  winCells,
} from "../lib/contestfields.js";
import { drawCells, levelCells } from "../lib/levelfields.js";
import { liveCells, liveDrawCells } from "../lib/livefields.js";
import { proofCells } from "../lib/prooffields.js";

/** @typedef {import("../lib/contestdraft.js").Draft} Draft */

/** @param {{draft: Draft, banks: string[][], fresh: boolean}} props fresh: it is not stored yet */
export function ContestForm({ draft, banks, fresh }) {
  if (!draft.values || typeof draft.values !== "object") {
    return html`<p class="state note">
      ${draft.busy ? "正在读取" : "文本里有一处写得不对，表单读不出来。请先在“文本”里改好。"}
    </p>`;
  }
  const v = draft.values;
  const count = (/** @type {string} */ path, /** @type {string} */ unit) =>
    listAt(v, path).length ? `${listAt(v, path).length} ${unit}` : "没有";
  /** @type {import("../parts/contestcells.js").Cell[]} */
  const head = [
    { path: "bank", label: "题库", kind: "select", options: banks },
    ...(fresh
      ? [
          /** @type {import("../parts/contestcells.js").Cell} */ ({
            path: "contest",
            label: "标识",
            kind: "text",
            hint: "用在网址里，发布以后不能改",
          }),
        ]
      : []),
  ];
  return html`<div class="contest-form">
    <${Part} draft=${draft} name="基本信息" note=${at(v, "title")}
      paths=${/^(contest|title|subtitle|organizer|contact|window|feedback|bank|timezone|training|periods)/}
      open=${true}>
      <${Cells} draft=${draft} at="" cells=${basics} />
      <${Cells} draft=${draft} at="" cells=${head} />
    </${Part}>
    <${Part} draft=${draft} name="参赛者" note=${count("players.fields", "项信息")} paths=${/^(players|units)/}>
      <${Cells} draft=${draft} at="" cells=${unitCells} />
      <h3>证明身份</h3>
      <p class="soft">不证明身份也可以答题。有值钱的奖品，请至少选一种办法，不然一个人可以用许多假身份反复领。</p>
      <${Cells} draft=${draft} at="" cells=${proofCells} />
      <h3>要填的个人信息</h3>
      <${Rows} draft=${draft} path="players.fields" cells=${fieldCells} add="加一项信息"
        fresh=${(/** @type {any[]} */ items) => ({
          key: freshKey(items, "field"),
          label: "手机号",
          kind: "phone",
          when: "claim",
          why: "联系您领奖",
        })} />
      <h3>组别</h3>
      <${Rows} draft=${draft} path="players.divisions" cells=${divisionCells} add="加一个组别"
        fresh=${(/** @type {any[]} */ items) => ({ key: freshKey(items, "group"), title: "新的组别" })} />
      <h3>很多人共用一个网络的地点</h3>
      <p class="soft">会场、学校、工厂的人都从同一个地址来。不写也能让 2000 人一起参加；人更多就在这里写上。</p>
      <${Rows} draft=${draft} path="players.places" cells=${venueCells} add="加一个地点"
        fresh=${() => ({ name: "会场", network: "203.0.113.7" })} />
      ${listAt(v, "units").length > 0 && html`<p class="soft">单位在“单位”页管理，或在文本的 units 里。</p>`}
    </${Part}>
    <${Part} draft=${draft} name="关卡" note=${count("levels", "关")} paths=${/^(levels|attempts)/}>
      <${Rows} draft=${draft} path="levels" cells=${levelCells} add="加一关" title=${levelTitle}
        fresh=${(/** @type {any[]} */ items) => ({
          key: freshKey(items, "level"),
          title: "新的一关",
          place: "综合",
          questions: [{ count: 10 }],
          pass: 6,
        })}
        more=${(/** @type {string} */ path, /** @type {number} */ i) => html`<${After} draft=${draft} path=${path}
          index=${i} />
        <h5>抽哪些题</h5>
        <${Rows} draft=${draft} path=${path + ".questions"} cells=${drawCells} add="再抽一批"
          fresh=${() => ({ count: 5 })} />`} />
    </${Part}>
    <${Part} draft=${draft} name="奖励" note=${count("earnings", "条")} paths=${/^(earnings|cards|caps|share|pledge)/}>
      <${Rows} draft=${draft} path="earnings" cells=${earningCells} add="加一条奖励"
        fresh=${(/** @type {any[]} */ items) => ({
          key: freshKey(items, "earning"),
          when: { result: "passed" },
          give: { points: 10 },
          max: 1,
          per: "level",
        })} />
      <h3>封顶</h3>
      <${Rows} draft=${draft} path="caps" cells=${capCells} add="加一条封顶"
        fresh=${() => ({ of: "points", max: 100, per: "day" })} />
      <h3>集卡</h3>
      <${Rows} draft=${draft} path="cards"
        cells=${divisionCells.map((c) => (c.path === "title" ? { ...c, label: "卡名" } : c))} add="加一张卡"
        fresh=${(/** @type {any[]} */ items) => ({ key: freshKey(items, "card"), title: "新卡" })} />
    </${Part}>
    <${Part} draft=${draft} name="直播答题" note=${count("live", "场")} paths=${/^live/}>
      <${Rows} draft=${draft} path="live" cells=${liveCells} title=${titleOf} add="加一场直播答题"
        fresh=${(/** @type {any[]} */ items) => ({
          key: freshKey(items, "live"),
          title: "我问你答",
          draw: [{ count: 10 }],
        })}
        more=${(/** @type {string} */ path) => html`<${LiveQuestions} draft=${draft} path=${path} />`} />
    </${Part}>
    <${Part} draft=${draft} name="排行榜" note=${count("boards", "个")} paths=${/^(boards|assessment)/}>
      <${Rows} draft=${draft} path="boards" cells=${boardCells} add="加一个榜"
        fresh=${(/** @type {any[]} */ items) => ({
          key: freshKey(items, "board"),
          title: "个人榜",
          subject: "player",
          measure: "best",
        })} />
    </${Part}>
    <${Part} draft=${draft} name="奖品和抽奖" note=${count("prizes", "种")} paths=${/^(prizes|pools|drawings)/}>
      <${Prizes} draft=${draft} />
    </${Part}>
    <${Part} draft=${draft} name="宣传、领奖和其他" paths=${/^(publish|claims|retention|rules|certificates|accept|sponsors)/}>
      <${Cells} draft=${draft} at="" cells=${otherCells} />
      <h3>支持单位</h3>
      <p class="soft">在大屏下方和规则页列出。</p>
      <${Rows} draft=${draft} path="sponsors" cells=${sponsorCells} add="加一家"
        fresh=${() => ({ name: "某某公司" })} />
    </${Part}>
  </div>`;
}

/** @param {any} level @param {number} i */
function levelTitle(level, i) {
  const count = listAt(level, "questions").reduce(
    (/** @type {number} */ sum, draw) => sum + (Number(draw && draw.count) || 0),
    0,
  );
  return [`第 ${i + 1} 关 ${level.title || ""}`, `${count} 题` + (level.pass ? `，答对 ${level.pass} 题过关` : "")];
}

/** @param {any} item */
const titleOf = (item) => [String(item.title || "")];

/** What a live room asks, unless the text lists it. @param {{draft: Draft, path: string}} props */
const LiveQuestions = ({ draft, path }) => html`<div>
  <h5>抽哪些题</h5>
  ${listAt(draft.values, path + ".list").length > 0 ? html`<p class="soft">按文本里列出的题目。</p>`
    : html`<${Rows} draft=${draft} path=${path + ".draw"} cells=${liveDrawCells} add="再抽一批"
      fresh=${() => ({ count: 5 })} />`}
  <p class="soft">组队、复活、平分的奖金和给什么，写在文本的 live 里。</p>
</div>`;

/** @param {{draft: Draft}} props */
const Prizes = ({ draft }) => html`<div>
  <${Rows} draft=${draft} path="prizes" cells=${prizeCells} add="加一种奖品"
    fresh=${(/** @type {any[]} */ items) => ({
      key: freshKey(items, "prize"),
      title: "纪念品",
      kind: "goods",
      value: 1000,
      stock: 100,
    })} />
  <h3>即时抽奖的奖池</h3>
  <${Rows} draft=${draft} path="pools" cells=${poolCells} title=${titleOf} add="加一个奖池"
    fresh=${(/** @type {any[]} */ items) => ({
      key: freshKey(items, "pool"),
      title: "幸运转盘",
      face: "wheel",
      prizes: firstPrize(draft, { odds: 10000 }),
    })}
    more=${(/** @type {string} */ path) => html`<h5>奖品和机会</h5>
    <${Rows} draft=${draft} path=${path + ".prizes"} cells=${oddsCells} add="放进一种奖品"
      fresh=${() => firstPrize(draft, { odds: 10000 })[0]} />
    <h5>中奖上限</h5>
    <${Rows} draft=${draft} path=${path + ".limits"} cells=${winCells} add="加一条上限"
      fresh=${() => ({ by: "player", max: 1, per: "day" })} />`} />
  <h3>公开摇奖</h3>
  <${Rows} draft=${draft} path="drawings" cells=${drawingCells} title=${titleOf} add="加一次摇奖"
    fresh=${(/** @type {any[]} */ items) => ({
      key: freshKey(items, "drawing"),
      title: "公开摇奖",
      at: at(draft.values, "window.closes"),
      who: { finished: 1 },
      prizes: firstPrize(draft, { count: 1 }),
    })}
    more=${(/** @type {string} */ path) => html`<h5>奖品</h5>
    <${Rows} draft=${draft} path=${path + ".prizes"} cells=${drawnCells} add="加一种奖品"
      fresh=${() => firstPrize(draft, { count: 1 })[0]} />`} />
</div>`;

/** @param {Draft} draft @param {object} rest */
const firstPrize = (draft, rest) => [{ prize: (listAt(draft.values, "prizes")[0] || { key: "" }).key, ...rest }];

/**
 * What must be played first: the level before, nothing, or what the text says.
 * @param {{draft: Draft, path: string, index: number}} props
 */
function After({ draft, path, index }) {
  if (index === 0) return null;
  const after = at(draft.values, path + ".after");
  const own = Array.isArray(after) && after.length > 0;
  const value = after === undefined ? "" : own ? "own" : "none";
  return html`<div class="entries">
    <div class="entry entry-select">
      <label class="field">
        <span class="field-label">什么时候能答</span>
        <select class="input" name=${path + ".after"} disabled=${!draft.may || own} value=${value}
          onChange=${(/** @type {any} */ e) => draft.set(path + ".after", e.target.value === "none" ? [] : undefined)}>
          <option value="" selected=${value === ""}>通过上一关以后</option>
          <option value="none" selected=${value === "none"}>一开始就能</option>
          ${own && html`<option value="own" selected>按文本里写的</option>`}
        </select>
      </label>
    </div>
  </div>`;
}

/**
 * @param {{draft: Draft, name: string, note?: string, paths: RegExp, open?: boolean, children?: any}} props paths:
 *   whose findings belong here
 */
function Part({ draft, name, note, paths, open, children }) {
  const wrong = draft.checked ? draft.checked.findings.filter((f) => paths.test(f.path)).length : 0;
  return html`<details class="part" open=${open}>
    <summary>
      <b>${name}</b>
      ${note && html`<small>${note}</small>`}
      ${wrong > 0 && html`<span class="tag is-rejected">${wrong} 处要改</span>`}
    </summary>
    <div class="part-body">${children}</div>
  </details>`;
}

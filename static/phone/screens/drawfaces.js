// The faces of an instant draw: a wheel, a scratch card, a red envelope. Each shows a result that is here already, can
// be skipped, and stands still for who wants no motion.
import { html } from "../../html.js";
import { useEffect, useLayoutEffect, useRef } from "../../vendor/hooks.js";

/** @typedef {import("./draw.js").Pool} Pool @typedef {import("./draw.js").Reply} Reply */
/** @typedef {{pool: Pool, reply: Reply | null, told: boolean, done: () => void}} FaceProps reply: null before a draw */

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** @param {Reply} reply */
const nameOf = (reply) =>
  reply.draw.prize && reply.draw.prize.kind !== "thanks" ? reply.draw.prize.title : "谢谢参与";

/**
 * Ends the show by itself where nothing may move.
 * @param {FaceProps} props
 * @param {number} [ms] after which it ends anyway
 */
function useEnd({ reply, told, done }, ms) {
  useEffect(() => {
    if (!reply || told) return undefined;
    if (still()) {
      done();
      return undefined;
    }
    if (!ms) return undefined;
    const timer = setTimeout(done, ms);
    return () => clearTimeout(timer);
  }, [reply, told]);
}

/** @param {{done: () => void}} props */
const Skip = ({ done }) => html`<button class="link draw-skip" onClick=${done}>直接看结果</button>`;

const spinMS = 3600;
const fewest = 5; // fields, or the wheel looks like a pie
const crowded = 6; // more of them are named along the spoke

/** The fields of the wheel, once or several times round; "" is thanks. @param {Pool} pool */
function fieldsOf(pool) {
  const once = [...pool.prizes.map((p) => ({ key: p.key, title: p.title })), { key: "", title: "谢谢参与" }];
  let all = once;
  while (all.length < fewest) all = [...all, ...once];
  return all;
}

/** @param {FaceProps} props */
function Wheel(props) {
  const { pool, reply, told, done } = props;
  const disc = useRef(/** @type {HTMLElement | null} */ (null));
  const fields = fieldsOf(pool);
  const step = 360 / fields.length;
  const prize = reply && reply.draw.prize;
  const at = Math.max(
    0,
    fields.findIndex((f) => f.key === (prize && prize.kind !== "thanks" ? prize.key : "")),
  );
  useEnd(props, spinMS + 200);
  useLayoutEffect(() => {
    if (!disc.current || !reply) return;
    const end = 360 * 5 - (at + 0.5) * step;
    disc.current.classList.toggle("turning", !told && !still());
    void disc.current.offsetWidth; // the browser must see where it begins
    disc.current.style.transform = `rotate(${end}deg)`;
  }, [reply, told]);
  return html`<div class="wheel">
    <div class="wheel-disc" ref=${disc}>
      <svg viewBox="-100 -100 200 200" role="img" aria-label="转盘">
        ${fields.map(
          (f, i) => html`<g transform=${`rotate(${i * step})`}>
            <path class=${"wheel-field f" + (f.key ? i % 2 : 2)} d=${slice(step)} />
            ${fields.length > crowded ? html`<text class="spoke" transform=${`rotate(${step / 2 - 90})`} x="91" y="4">
              ${short(f.title, 6)}
            </text>`
              : html`<g transform=${`rotate(${step / 2})`}>
                ${lines(f.title).map((line, n) => html`<text y=${-74 + n * 13}>${line}</text>`)}
              </g>`}
          </g>`,
        )}
        <circle r="99" class="wheel-rim" />
        <circle r="17" class="wheel-hub" />
      </svg>
    </div>
    <span class="wheel-pointer" aria-hidden="true" />
    ${reply && !told ? html`<${Skip} done=${done} />` : html`<p class="soft draw-small">扇面大小不代表中奖机会</p>`}
  </div>`;
}

/** The outline of a field that begins at the top. @param {number} step degrees */
function slice(step) {
  const angle = (step * Math.PI) / 180;
  return `M0 0V-98A98 98 0 0 1 ${(98 * Math.sin(angle)).toFixed(2)} ${(-98 * Math.cos(angle)).toFixed(2)}Z`;
}

/** A title in at most two lines, of five and four signs. @param {string} title */
function lines(title) {
  const signs = [...title];
  return signs.length <= 5 ? [title] : [signs.slice(0, 5).join(""), short(signs.slice(5).join(""), 4)];
}

/** @param {string} title @param {number} most signs */
const short = (title, most) => ([...title].length <= most ? title : [...title].slice(0, most - 1).join("") + "…");

const enough = 0.45; // of the card, after which the rest falls off

/** @param {FaceProps} props */
function Scratch(props) {
  const { reply, told, done } = props;
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  useEnd(props);
  useLayoutEffect(() => {
    const on = canvas.current;
    if (!on || !reply || told || still()) return undefined;
    return scratchable(on, done);
  }, [reply, told]);
  const covered = reply && !told;
  return html`<div class="card-face">
    <div class="scratch">
      <p class="scratch-under" aria-hidden=${!told}>${reply ? nameOf(reply) : "刮一刮"}</p>
      ${covered ? html`<canvas class="scratch-cover" ref=${canvas} aria-label="刮奖区" />`
        : !reply && html`<p class="scratch-cover idle">点下面的按钮拿一张刮刮卡</p>`}
    </div>
    ${covered && html`<p class="soft draw-small">用手指刮开</p><${Skip} done=${done} />`}
  </div>`;
}

/**
 * Covers a canvas and takes off what a finger or a mouse goes over.
 * @param {HTMLCanvasElement} on
 * @param {() => void} done
 */
function scratchable(on, done) {
  const width = on.clientWidth,
    height = on.clientHeight;
  const pen = /** @type {CanvasRenderingContext2D} */ (on.getContext("2d"));
  on.width = width;
  on.height = height;
  pen.fillStyle = "#c9c3b2";
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = "#8b8573";
  pen.font = "700 20px sans-serif";
  pen.textAlign = "center";
  pen.fillText("刮开这里", width / 2, height / 2 + 7);
  pen.globalCompositeOperation = "destination-out";
  let moves = 0;
  /** @param {{clientX: number, clientY: number}} point */
  function rub(point) {
    const box = on.getBoundingClientRect();
    pen.beginPath();
    pen.arc(point.clientX - box.left, point.clientY - box.top, 22, 0, 7);
    pen.fill();
    if (++moves % 8 === 0 && bare(pen, width, height) > enough) done();
  }
  /** @param {TouchEvent} event */
  const touch = (event) => {
    event.preventDefault();
    rub(event.touches[0]);
  };
  /** @param {MouseEvent} event */
  const mouse = (event) => {
    if (event.buttons) rub(event);
  };
  on.addEventListener("touchstart", touch, { passive: false });
  on.addEventListener("touchmove", touch, { passive: false });
  on.addEventListener("mousemove", mouse);
  return () => {
    on.removeEventListener("touchstart", touch);
    on.removeEventListener("touchmove", touch);
    on.removeEventListener("mousemove", mouse);
  };
}

/**
 * The part of the cover that is gone, by every fortieth point.
 * @param {CanvasRenderingContext2D} pen
 * @param {number} width
 * @param {number} height
 */
function bare(pen, width, height) {
  const data = pen.getImageData(0, 0, width, height).data;
  let gone = 0,
    looked = 0;
  for (let i = 3; i < data.length; i += 160) {
    looked++;
    if (!data[i]) gone++;
  }
  return gone / looked;
}

const openMS = 1200;

/** @param {FaceProps} props */
function Envelope(props) {
  const { reply, told, done } = props;
  useEnd(props, openMS + 200);
  const state = !reply ? "" : told ? " open" : " opening";
  return html`<div class="card-face">
    <div class=${"envelope" + state}>
      <div class="envelope-letter"><p>${reply ? nameOf(reply) : ""}</p></div>
      <div class="envelope-front" aria-hidden="true"><span>福</span></div>
      <div class="envelope-flap" aria-hidden="true" />
    </div>
    ${reply && !told && html`<${Skip} done=${done} />`}
  </div>`;
}

/** @type {Record<string, (props: FaceProps) => any>} */
export const faces = { wheel: Wheel, scratch: Scratch, envelope: Envelope };

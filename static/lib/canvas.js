// Pictures made in the page: a sheet on a canvas that text, codes and seals are drawn on, so that it can be saved as an
// image. Lengths are those of a sheet 750 wide.

/** Breaks text into lines. Signs that may not begin a line stay with the word before; words of Latin letters and numbers
 * stay whole where they fit. @param {string} text @param {number} width @param {(text: string) => number} measure */
export function wrap(text, width, measure) {
  const lines = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const piece of pieces(paragraph)) {
      if (line && measure(bare(line + piece)) > width) {
        lines.push(bare(line));
        line = "";
      }
      line += piece;
      while (measure(bare(line)) > width && [...line].length > 1) { // a word longer than a line
        const head = longest(line, width, measure);
        lines.push(head);
        line = line.slice(head.length);
      }
    }
    lines.push(bare(line));
  }
  return lines;
}

/** @param {string} line */
const bare = (line) => line.replace(/ +$/, "");
const word = /[0-9A-Za-z\u00c0-\u024f'.,@:/+-]/;
const closing = /[，。、；：？！）》」』”’…—·％%)\]}!?;]/;
const opening = /[（《「『“‘(\[{]/;

/** What may not be torn apart. @param {string} text */
function pieces(text) {
  /** @type {string[]} */
  const found = [];
  for (const sign of text) {
    const last = found.length ? found[found.length - 1] : "";
    const before = [...last].pop() || "";
    const joined = closing.test(sign) || sign === " " || opening.test(before) || (word.test(sign) && word.test(before));
    if (last && joined) found[found.length - 1] = last + sign;
    else found.push(sign);
  }
  return found;
}

/** The most signs of the beginning that fit, at least one. @param {string} text @param {number} width @param {(text: string) => number} measure */
function longest(text, width, measure) {
  const signs = [...text];
  let n = 1;
  while (n < signs.length && measure(signs.slice(0, n + 1).join("")) <= width) n++;
  return signs.slice(0, n).join("");
}

/** Reads a code of /qr.svg: an SVG image in a canvas would keep old web views from saving it.
 * @param {string} svg @returns {{side: number, dark: number[][]}} */
export function readCode(svg) {
  const box = /viewBox="0 0 (\d+) /.exec(svg);
  const dark = (svg.match(/M\d+ \d+h/g) || []).map((m) => m.slice(1, -1).split(" ").map(Number));
  if (!box || !dark.length) throw new Error("no code");
  return { side: Number(box[1]), dark };
}

/** The code of an address of this server; null where there is none to be had. @param {string} address */
export async function loadCode(address) {
  try {
    const reply = await fetch("/qr.svg?text=" + encodeURIComponent(address));
    return reply.ok ? readCode(await reply.text()) : null;
  } catch (_) {
    return null; // the picture is worth having without it
  }
}

export const sans = '-apple-system, "PingFang SC", "HarmonyOS Sans SC", "MiSans", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const serif = '"Songti SC", "STSong", "Source Han Serif SC", "Noto Serif CJK SC", "SimSun", ' + sans;

/** @typedef {{x: number, y: number, size: number, color: string, width?: number, bold?: boolean, serif?: boolean, align?: CanvasTextAlign, leading?: number, most?: number}} Style */

/** A sheet to draw on, in the colours of the page. @param {number} width @param {number} height @param {number} [scale] */
export function newSheet(width, height, scale = 1.44) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.scale(scale, scale);
  pen.textBaseline = "alphabetic";
  const page = getComputedStyle(document.documentElement);
  /** @param {string} name */
  const color = (name) => page.getPropertyValue("--" + name).trim() || "#000";
  /** @param {Style} s @param {number} [size] */
  const font = (s, size = s.size) => { pen.font = `${s.bold ? 700 : 400} ${size}px ${s.serif ? serif : sans}`; };

  /** Writes text from the base line y on and returns where the next line would stand. Text of one line (most 1) becomes
   * smaller until it fits. @param {string} text @param {Style} s */
  function write(text, s) {
    font(s);
    const wide = s.width || Infinity;
    let size = s.size;
    if (s.most === 1) {
      while (size > 12 && pen.measureText(text).width > wide) font(s, --size);
    }
    const lines = s.most === 1 || wide === Infinity ? [text] : wrap(text, wide, (t) => pen.measureText(t).width);
    pen.fillStyle = color(s.color);
    pen.textAlign = s.align || "left";
    lines.forEach((line, i) => pen.fillText(line, s.x, s.y + i * size * (s.leading || 1.5)));
    return s.y + lines.length * size * (s.leading || 1.5);
  }

  /** @param {number} x @param {number} y @param {number} w @param {number} h @param {string} name of a colour */
  function block(x, y, w, h, name) {
    pen.fillStyle = color(name);
    pen.fillRect(x, y, w, h);
  }

  /** A row of holes, as at the rim of a stamp. @param {number} y @param {string} name of the colour behind */
  function holes(y, name) {
    pen.fillStyle = color(name);
    for (let x = 12; x < width; x += 24) {
      pen.beginPath();
      pen.arc(x, y, 7.5, 0, 2 * Math.PI);
      pen.fill();
    }
  }

  /** The round seal, a little askew. @param {string} text two to four signs @param {number} x @param {number} y of the middle @param {number} radius @param {string} name of its colour */
  function seal(text, x, y, radius, name) {
    pen.save();
    pen.translate(x, y);
    pen.rotate(-0.16);
    pen.strokeStyle = color(name);
    for (const [at, line] of [[radius, 5], [radius - 10, 2]]) {
      pen.lineWidth = line;
      pen.beginPath();
      pen.arc(0, 0, at, 0, 2 * Math.PI);
      pen.stroke();
    }
    const size = (radius * 1.25) / Math.max(2, [...text].length);
    write(text, { x: 0, y: size * 0.36, size, color: name, bold: true, align: "center", most: 1 });
    pen.restore();
  }

  /** @param {{side: number, dark: number[][]}} code @param {number} x @param {number} y @param {number} side */
  function code(code, x, y, side) {
    const unit = Math.floor((side * scale) / code.side) / scale; // whole pixels, or scanners see grey seams
    const rim = (side - unit * code.side) / 2;
    const left = Math.round((x + rim) * scale) / scale, top = Math.round((y + rim) * scale) / scale;
    pen.fillStyle = "#fff";
    pen.fillRect(x, y, side, side);
    pen.fillStyle = "#000";
    for (const [cx, cy] of code.dark) pen.fillRect(left + cx * unit, top + cy * unit, unit, unit);
  }

  /** The mark of the program. @param {number} x @param {number} y @param {number} side */
  function mark(x, y, side) {
    pen.save();
    pen.translate(x, y);
    pen.scale(side / 48, side / 48);
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = color("sheet");
    pen.lineWidth = 4.6;
    pen.stroke(new Path2D("M9 24v-7h30l-4 8"));
    pen.lineWidth = 5.4;
    pen.stroke(new Path2D("m14 31 7 7 14-14"));
    pen.fillStyle = color("amber");
    pen.beginPath();
    pen.arc(24, 9, 3.6, 0, 2 * Math.PI);
    pen.fill();
    pen.restore();
  }

  return { width, height, pen, color, write, block, holes, seal, code, mark, url: () => canvas.toDataURL("image/png") };
}

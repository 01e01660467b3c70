// Pictures made in the page: a sheet on a canvas that text, codes and seals are drawn on, so that it can be saved as an
// image. Lengths are those of a sheet 750 wide.

/**
 * Breaks text into lines. Signs that may not begin a line stay with the word before; words of Latin letters and numbers
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
      while (measure(bare(line)) > width && [...line].length > 1) {
        // a word longer than a line
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

/**
 * The most signs of the beginning that fit, at least one.
 * @param {string} text
 * @param {number} width
 * @param {(text: string) => number} measure
 */
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

export const sans =
  '-apple-system, "PingFang SC", "HarmonyOS Sans SC", "MiSans", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const serif = '"Songti SC", "STSong", "Source Han Serif SC", "Noto Serif CJK SC", "SimSun", ' + sans;

/**
 * @typedef {{x: number, y: number, size: number, color: string, width?: number, bold?: boolean, serif?: boolean,
 *   align?: CanvasTextAlign, leading?: number, most?: number}} Style
 */

/** A sheet to draw on, in the colours of the page. */
export class Canvas {
  /** @param {number} width @param {number} height @param {number} [scale] pixels for each unit of length */
  constructor(width, height, scale = 1.44) {
    this.width = width;
    this.height = height;
    this.scale = scale;
    this.element = document.createElement("canvas");
    this.element.width = Math.round(width * scale);
    this.element.height = Math.round(height * scale);
    this.pen = /** @type {CanvasRenderingContext2D} */ (this.element.getContext("2d"));
    this.pen.scale(scale, scale);
    this.pen.textBaseline = "alphabetic";
    this.page = getComputedStyle(document.documentElement);
  }

  /** A colour of the page. @param {string} name */
  color(name) {
    return this.page.getPropertyValue("--" + name).trim() || "#000";
  }

  /** @param {Style} s @param {number} [size] */
  font(s, size = s.size) {
    this.pen.font = `${s.bold ? 700 : 400} ${size}px ${s.serif ? serif : sans}`;
  }

  /** Writes text from the base line y on and returns where the next line would stand. Text of one line (most 1) becomes
   * smaller until it fits. @param {string} text @param {Style} s */
  write(text, s) {
    const { pen } = this;
    this.font(s);
    const wide = s.width || Infinity;
    let size = s.size;
    if (s.most === 1) {
      while (size > 12 && pen.measureText(text).width > wide) this.font(s, --size);
    }
    const lines = s.most === 1 || wide === Infinity ? [text] : wrap(text, wide, (t) => pen.measureText(t).width);
    pen.fillStyle = this.color(s.color);
    pen.textAlign = s.align || "left";
    lines.forEach((line, i) => pen.fillText(line, s.x, s.y + i * size * (s.leading || 1.5)));
    return s.y + lines.length * size * (s.leading || 1.5);
  }

  /** @param {number} x @param {number} y @param {number} w @param {number} h @param {string} name of a colour */
  block(x, y, w, h, name) {
    this.pen.fillStyle = this.color(name);
    this.pen.fillRect(x, y, w, h);
  }

  /** A row of holes, as at the rim of a stamp. @param {number} y @param {string} name of the colour behind */
  holes(y, name) {
    this.pen.fillStyle = this.color(name);
    for (let x = 12; x < this.width; x += 24) {
      this.pen.beginPath();
      this.pen.arc(x, y, 7.5, 0, 2 * Math.PI);
      this.pen.fill();
    }
  }

  /**
   * The round seal, a little askew.
   * @param {string} text two to four signs @param {number} x @param {number} y of the middle
   * @param {number} radius @param {string} name of its colour
   */
  seal(text, x, y, radius, name) {
    const { pen } = this;
    pen.save();
    pen.translate(x, y);
    pen.rotate(-0.16);
    pen.strokeStyle = this.color(name);
    for (const [at, line] of [
      [radius, 5],
      [radius - 10, 2],
    ]) {
      pen.lineWidth = line;
      pen.beginPath();
      pen.arc(0, 0, at, 0, 2 * Math.PI);
      pen.stroke();
    }
    const size = (radius * 1.25) / Math.max(2, [...text].length);
    this.write(text, { x: 0, y: size * 0.36, size, color: name, bold: true, align: "center", most: 1 });
    pen.restore();
  }

  /** @param {{side: number, dark: number[][]}} code @param {number} x @param {number} y @param {number} side */
  code(code, x, y, side) {
    const { pen, scale } = this;
    const unit = Math.floor((side * scale) / code.side) / scale; // whole pixels, or scanners see grey seams
    const rim = (side - unit * code.side) / 2;
    const left = Math.round((x + rim) * scale) / scale,
      top = Math.round((y + rim) * scale) / scale;
    pen.fillStyle = "#fff";
    pen.fillRect(x, y, side, side);
    pen.fillStyle = "#000";
    for (const [cx, cy] of code.dark) pen.fillRect(left + cx * unit, top + cy * unit, unit, unit);
  }

  /** The mark of the program. @param {number} x @param {number} y @param {number} side */
  mark(x, y, side) {
    const { pen } = this;
    pen.save();
    pen.translate(x, y);
    pen.scale(side / 48, side / 48);
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = this.color("sheet");
    pen.lineWidth = 4.6;
    pen.stroke(new Path2D("M9 24v-7h30l-4 8"));
    pen.lineWidth = 5.4;
    pen.stroke(new Path2D("m14 31 7 7 14-14"));
    pen.fillStyle = this.color("amber");
    pen.beginPath();
    pen.arc(24, 9, 3.6, 0, 2 * Math.PI);
    pen.fill();
    pen.restore();
  }

  /** The picture as a data URL. */
  url() {
    return this.element.toDataURL("image/png");
  }
}

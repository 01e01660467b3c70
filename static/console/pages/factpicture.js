// What most people had wrong as a picture to publish: one fact, with the right answer and where it is written.
import { Canvas } from "../../lib/canvas.js";

/** @typedef {import("../../lib/schemas").components["schemas"]["Knowledge"]["facts"][number]} Fact */

const width = 750,
  edge = 56,
  inner = width - 2 * edge;

/**
 * The fact on a sheet as high as it needs.
 * @param {Fact} fact
 * @param {string} wrong how many had it wrong, as people read it
 * @param {string} title of the contest
 * @returns {Promise<Blob>} PNG
 */
export function factPicture(fact, wrong, title) {
  const high = draw(new Canvas(width, 10), fact, wrong, title);
  const sheet = new Canvas(width, high);
  draw(sheet, fact, wrong, title);
  return new Promise((done, fail) =>
    sheet.element.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/png"),
  );
}

/** Draws all of it and returns how high it is. @param {Canvas} on @param {Fact} fact @param {string} wrong
 * @param {string} title */
function draw(on, fact, wrong, title) {
  on.block(0, 0, width, on.height, "sheet");
  on.block(0, 0, width, 150, "green-deep");
  on.write("这道题，很多人答错了", { x: edge, y: 72, size: 44, color: "sheet", bold: true, width: inner, most: 1 });
  on.write(`第一次遇到，${wrong} 的人答错`, { x: edge, y: 120, size: 28, color: "sheet", width: inner, most: 1 });
  /** @param {string} text @param {number} y @param {number} size @param {string} color @param {boolean} [bold] */
  const line = (text, y, size, color, bold) => on.write(text, { x: edge, y, size, color, bold, width: inner });
  let y = line(fact.stem, 222, 36, "ink", true);
  y = line("正确答案", y + 20, 28, "ink-soft");
  y = line(fact.answer, y + 4, 36, "green-deep", true);
  y = line(fact.explanation, y + 16, 30, "ink");
  if (fact.source) y = line(`依据：${fact.source}`, y + 12, 24, "ink-soft");
  on.block(edge, y, inner, 2, "green-deep");
  return line(title, y + 48, 26, "ink-soft") + 16;
}

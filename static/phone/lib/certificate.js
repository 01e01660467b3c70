// A certificate, drawn on the phone.
import { Canvas, loadCode, sans, wrap } from "../../lib/canvas.js";

/**
 * A certificate as a picture: a data URL for an <img>, which a long press saves in WeChat.
 * @param {object} of
 * @param {string} of.contest its title @param {string} of.by who organizes
 * @param {string} of.title @param {string} of.name of the person
 * @param {string} of.said what stands below the name @param {string[]} of.lines
 * @param {string} of.seal @param {string[]} of.facts as number and date, one a line
 * @param {string} of.link address in the code @param {string} of.call what to do with the code
 */
export async function certificate(of) {
  const code = await loadCode(of.link);
  const height = 1180,
    edge = 64,
    inner = 750 - 2 * edge;
  const sheet = new Canvas(750, height);
  sheet.block(0, 0, 750, height, "paper");
  sheet.block(0, 0, 750, 196, "green-deep");
  sheet.holes(196, "paper");
  sheet.mark(edge, 50, 84);
  sheet.write(of.contest, { x: edge + 106, y: 92, size: 38, color: "sheet", bold: true, width: inner - 106, most: 1 });
  sheet.write(of.by, { x: edge + 106, y: 134, size: 24, color: "green-soft", width: inner - 106, most: 1 });

  sheet.write(of.title, {
    x: 375,
    y: 304,
    size: 58,
    color: "green-deep",
    bold: true,
    serif: true,
    align: "center",
    width: inner,
    most: 1,
  });
  sheet.block(375 - 60, 332, 120, 5, "amber");
  sheet.write(of.name, {
    x: 375,
    y: 450,
    size: 84,
    color: "ink",
    bold: true,
    serif: true,
    align: "center",
    width: inner - 40,
    most: 1,
  });
  sheet.block(edge + 50, 474, inner - 100, 2, "line");
  sheet.write(of.said, { x: 375, y: 526, size: 28, color: "ink-soft", align: "center", width: inner, most: 1 });

  const { lines, size } = fitting(sheet, of.lines, inner, height - 310 - 616);
  let y = 616;
  lines.forEach((line, i) => {
    sheet.write(of.lines.length > 1 && line === of.lines[i] ? String(i + 1) : "", {
      x: edge + size * 0.5,
      y,
      size: size * 0.85,
      color: "green",
      bold: true,
      align: "center",
    });
    y = sheet.write(line, { x: edge + size * 1.4, y, size, color: "ink", width: inner - size * 1.4 });
  });

  const foot = height - 250;
  sheet.block(edge, foot, inner, 2, "green");
  of.facts.forEach((fact, i) =>
    sheet.write(fact, {
      x: edge,
      y: foot + (i ? 88 + i * 40 : 66),
      size: i ? 26 : 40,
      color: i ? "ink-soft" : "green-deep",
      bold: !i,
      width: 304, // up to the seal
      most: 1,
    }),
  );
  sheet.seal(of.seal, 436, foot + 100, 62, "red");
  if (code) {
    sheet.code(code, 750 - edge - 164, foot + 18, 164);
    sheet.write(of.call, {
      x: 750 - edge - 82,
      y: foot + 212,
      size: 22,
      color: "ink-soft",
      align: "center",
      width: 190,
      most: 1,
    });
  }
  return sheet.url();
}

/** The size at which lines fit into a height; where none does, the first ones.
 * @param {Canvas} sheet @param {string[]} all @param {number} width @param {number} height */
function fitting(sheet, all, width, height) {
  const smallest = 21;
  /** @param {string[]} lines @param {number} size */
  const fits = (lines, size) => {
    sheet.pen.font = `400 ${size}px ${sans}`;
    const rows = lines.map((line) => wrap(line, width - size * 1.4, (t) => sheet.pen.measureText(t).width).length);
    return rows.reduce((sum, n) => sum + n, 0) * size * 1.5 <= height;
  };
  let size = 36,
    lines = all;
  while (size > smallest && !fits(lines, size)) size--;
  for (let n = all.length - 1; n > 0 && !fits(lines, size); n--) lines = [...all.slice(0, n), "……"];
  return { lines, size };
}

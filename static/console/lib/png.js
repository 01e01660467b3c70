// What a browser leaves out of a PNG: how large it is on paper.

const perInch = 39.3701; // dots a metre for one dot an inch

/**
 * The picture with its resolution (chunk pHYs, which stands before the first IDAT: ISO/IEC 15948, 11.3.5.3), so that A4
 * prints as A4.
 * @param {Uint8Array} png @param {number} dpi
 */
export function withResolution(png, dpi) {
  const body = new DataView(new ArrayBuffer(13));
  "pHYs".split("").forEach((c, i) => body.setUint8(i, c.charCodeAt(0)));
  const dots = Math.round(dpi * perInch);
  body.setUint32(4, dots);
  body.setUint32(8, dots);
  body.setUint8(12, 1); // a metre
  const bytes = new Uint8Array(body.buffer);
  const chunk = new DataView(new ArrayBuffer(21));
  chunk.setUint32(0, 9);
  new Uint8Array(chunk.buffer).set(bytes, 4);
  chunk.setUint32(17, crc32(bytes));
  const headEnd = 8 + 25; // signature and IHDR
  const out = new Uint8Array(png.length + 21);
  out.set(png.subarray(0, headEnd));
  out.set(new Uint8Array(chunk.buffer), headEnd);
  out.set(png.subarray(headEnd), headEnd + 21);
  return out;
}

/** @param {Uint8Array} bytes */
export function crc32(bytes) {
  let crc = ~0;
  for (const b of bytes) {
    crc ^= b;
    for (let k = 0; k < 8; k++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

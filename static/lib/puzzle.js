// The work that the server asks for when very many call (internal/puzzle): small sums with SHA-256, solved in slices,
// so that the page stays alive. It needs no WebCrypto, which old web views and pages without TLS do not have.

// prettier-ignore
const k = new Int32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);
// prettier-ignore
const first = new Int32Array([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);
const w = new Int32Array(64);

/** Mixes the block in the first 16 words of w into a state. @param {Int32Array} state */
function mix(state) {
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15];
    const y = w[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = [state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]];
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + k[i] + w[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + s0 + ((a & c) ^ (a & d) ^ (c & d))) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

/** The SHA-256 of a text of plain characters, as eight words. @param {string} text */
export function sha256(text) {
  const state = first.slice();
  const blocks = (text.length + 9 + 63) >> 6;
  for (let b = 0; b < blocks; b++) {
    w.fill(0, 0, 16);
    for (let i = 0; i < 64; i++) {
      const at = b * 64 + i;
      const byte = at < text.length ? text.charCodeAt(at) : at === text.length ? 0x80 : 0;
      w[i >> 2] |= byte << (24 - 8 * (i & 3));
    }
    if (b === blocks - 1) w[15] = text.length * 8;
    mix(state);
  }
  return state;
}

/**
 * The answer to a challenge.
 * @param {{challenge: string, bits: number, answers: number}} work
 * @param {() => Promise<void>} rest lets the page draw; called after each slice
 * @param {number} [slice] milliseconds
 */
export async function solve({ challenge, bits, answers }, rest, slice = 12) {
  const seed = sha256(challenge);
  const state = new Int32Array(8);
  const found = [];
  for (let i = 0; i < answers; i++) {
    let until = Date.now() + slice;
    for (let n = 0; ; n++) {
      w.set(seed);
      w[8] = i;
      w[9] = n;
      w[10] = 0x80000000 | 0;
      w[11] = w[12] = w[13] = w[14] = 0;
      w[15] = 40 * 8;
      state.set(first);
      mix(state);
      if (state[0] >>> (32 - bits) === 0) {
        found.push(n);
        break;
      }
      if (n % 64 === 63 && Date.now() > until) {
        await rest();
        until = Date.now() + slice;
      }
    }
    await rest();
  }
  return found.join(".");
}

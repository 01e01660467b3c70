// What changed between two texts, word by word; a Chinese character counts as a word.

/** @typedef {{text: string, how: "same" | "gone" | "new"}} Piece */

/** @param {string} text */
export const words = (text) => text.match(/[A-Za-z0-9.%_]+|[\s\S]/g) || [];

const most = 1200; // words a side; beyond, the whole text counts as changed

/**
 * The pieces of both texts in reading order: those of before alone are gone, those of after alone new.
 * @param {string} before @param {string} after @returns {Piece[]}
 */
export function diff(before, after) {
  const a = words(before);
  const b = words(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const middleA = a.slice(head, a.length - tail);
  const middleB = b.slice(head, b.length - tail);
  /** @type {Piece[]} */
  const pieces = [];
  /** @param {Piece["how"]} how @param {string[]} list */
  const add = (how, list) => {
    if (!list.length) return;
    const last = pieces[pieces.length - 1];
    if (last && last.how === how) last.text += list.join("");
    else pieces.push({ text: list.join(""), how });
  };
  add("same", a.slice(0, head));
  if (middleA.length > most || middleB.length > most) {
    add("gone", middleA);
    add("new", middleB);
  } else {
    walk(middleA, middleB, add);
  }
  add("same", a.slice(a.length - tail));
  return pieces;
}

/** @param {string[]} a @param {string[]} b @param {(how: Piece["how"], list: string[]) => void} add */
function walk(a, b, add) {
  // longest[i][j] is how much a from i and b from j have in common.
  const longest = [];
  for (let i = 0; i <= a.length; i++) longest.push(new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i][j] = a[i] === b[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add("same", [a[i]]);
      i++;
      j++;
    } else if (i < a.length && (j >= b.length || longest[i + 1][j] >= longest[i][j + 1])) {
      add("gone", [a[i++]]);
    } else {
      add("new", [b[j++]]);
    }
  }
}

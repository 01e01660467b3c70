// What a place on a board comes to, in words that are true: counted by the board, and not said of a handful of players.

const fewest = 5; // players, of whom a place is told at all
const crowd = 20; // of whom a share is told
const least = 10; // percent: less would only hurt

/**
 * The first board of players by scores or points (分, 积分): the one that a result is about.
 * @template {{subject: string, measure: string}} B
 * @param {B[]} boards @returns {B | undefined}
 */
export const boardOf = (boards) => boards.find((b) => b.subject === "player" && /分$/.test(b.measure));

/**
 * @param {{total: number, late: boolean, me: {rank: number} | null}} page
 * @returns {{rank: number, total: number, ahead: number} | null} ahead: whole percent of the others who stand behind,
 *   rounded down, 0 where it is not told; null where nothing is told: too few, late, or not on the board
 */
export function standing({ total, late, me }) {
  if (late || !me || total < fewest) return null;
  const ahead = Math.floor(((total - me.rank) * 100) / (total - 1));
  return { rank: me.rank, total, ahead: total < crowd || ahead < least ? 0 : ahead };
}

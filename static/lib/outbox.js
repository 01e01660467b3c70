// Sending an answer until it has arrived. The server knows an answer that it already has, so sending twice is safe and
// giving up is the only way to lose one: it never does.
import { passing } from "./problems.js";

/**
 * Milliseconds before try n+1: 1, 2, 4, 8, then 15 seconds, spread by a fifth so that a hall of phones does not return
 * at once.
 * @param {number} n @param {number} [asked] what the server asked for @param {() => number} [random] */
export function backoff(n, asked = 0, random = Math.random) {
  const base = Math.min(15000, 1000 * 2 ** n);
  return Math.max(asked, base * (0.9 + 0.2 * random()));
}

/**
 * @template T
 * @param {() => Promise<T>} send
 * @param {object} how
 * @param {(ms: number) => Promise<void>} how.pause ends early when the network is back
 * @param {() => void} how.held told each time the answer has to wait
 * @param {() => boolean} how.left whether the player went elsewhere; the stored answer is sent when they return
 * @returns {Promise<T>} rejects with a Problem that waiting cannot cure
 */
export async function deliver(send, { pause, held, left }) {
  for (let n = 0; ; n++) {
    try {
      return await send();
    } catch (problem) {
      if (!passing(problem)) throw problem;
      held();
      await pause(backoff(n, problem.retryMs));
      if (left()) return new Promise(() => {}); // nobody waits for it any more
    }
  }
}

/**
 * A pause that ends early when the browser says that the network is back.
 * @param {number} ms
 * @returns {Promise<void>}
 */
export function pause(ms) {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      done();
    };
    const timer = setTimeout(end, ms);
    addEventListener("online", end);
  });
}

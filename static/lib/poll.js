// Asking again and again without harm: every few seconds while it works, ever more rarely while it does not.

/** Milliseconds until the next look after so many failures. @param {number} every @param {number} failures */
export const rest = (every, failures) => Math.min(60000, every * 2 ** Math.min(failures, 6));

/**
 * @param {() => Promise<void>} look
 * @param {number} every milliseconds
 * @param {(failures: number) => void} told after each look
 * @returns {() => void} stops
 */
export function poll(look, every, told) {
  let failures = 0;
  let timer = 0;
  let stopped = false;
  async function round() {
    try {
      await look();
      failures = 0;
    } catch (_) {
      failures++;
    }
    if (stopped) return;
    told(failures);
    timer = setTimeout(round, rest(every, failures));
  }
  round();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

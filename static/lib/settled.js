// A button that appears where another was just pressed must not take the second tap of a double tap: many people tap
// twice, and would skip the explanation or begin another attempt.
import { useEffect, useRef, useState } from "../vendor/hooks.js";

const doubleTap = 450;

/**
 * Whether the things that `what` names have been on the screen long enough to be tapped on purpose.
 * @param {unknown} what
 */
export function useSettled(what) {
  const [settled, setSettled] = useState(/** @type {unknown[]} */ ([]));
  useEffect(() => {
    const timer = setTimeout(() => setSettled([what]), doubleTap);
    return () => clearTimeout(timer);
  }, [what]);
  return settled.length > 0 && settled[0] === what;
}

/**
 * Tells whether a tap on `what` is one of its own, not the second of a double tap that would take the first one back.
 */
export function useOnce() {
  const last = useRef({ what: "", at: -doubleTap });
  /** @param {string} what */
  return (what) => {
    const { what: before, at } = last.current;
    const now = performance.now();
    last.current = { what, at: now };
    return what !== before || now - at >= doubleTap;
  };
}

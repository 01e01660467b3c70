// Following what changes outside the page: its address, whether it is seen, what the phone says of itself.
import { useLayoutEffect, useRef } from "../vendor/hooks.js";

/**
 * Calls `follow` at each of the events, and once when the listening begins. An effect that listens runs only after the
 * first paint, which on a busy phone is long after the first tap; so this one listens as soon as the page is drawn, and
 * `follow` looks then whether anything has become another since. It must bear to be called when nothing has changed.
 * @param {EventTarget} target @param {string[]} names of events
 * @param {(event: Event | null) => void} follow null for the first look; the newest one is called
 */
export function useEvents(target, names, follow) {
  const newest = useRef(follow);
  newest.current = follow;
  useLayoutEffect(() => {
    const call = (/** @type {Event | null} */ event) => newest.current(event);
    names.forEach((name) => target.addEventListener(name, call));
    call(null);
    return () => names.forEach((name) => target.removeEventListener(name, call));
  }, []);
}

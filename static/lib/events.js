// Following what changes outside the page: its address, whether it is seen, what the phone says of itself.
import { useEffect, useRef } from "../vendor/hooks.js";

/**
 * Calls `follow` at each of the events.
 * @param {EventTarget} target @param {string[]} names of events
 * @param {(event: Event | null) => void} follow the newest one is called
 */
export function useEvents(target, names, follow) {
  const newest = useRef(follow);
  newest.current = follow;
  useEffect(() => {
    const call = (/** @type {Event | null} */ event) => newest.current(event);
    names.forEach((name) => target.addEventListener(name, call));
    return () => names.forEach((name) => target.removeEventListener(name, call));
  }, []);
}

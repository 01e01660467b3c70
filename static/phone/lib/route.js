// Where the phone page is: the part of the address behind #/, and the sheet that the back button closes.
import { useRef, useState } from "../../vendor/hooks.js";
import { useEvents } from "../../lib/events.js";

/** A link that hands the pledge on has no hash: what shares it may lose one. */
const opened = () => (/[?&]pledge=/.test(location.search) ? "pledge" : "");
const route = () => (location.hash ? decodeURIComponent(location.hash.replace(/^#\/?/, "")) : opened());

/** @param {string} to */
export const go = (to) => {
  location.hash = "#/" + to;
};

/**
 * The place that the address names, and the sheet above it. A step in the history closes the sheet.
 * @returns {{at: string, sheet: string, show: (sheet: string) => void, swap: (sheet: string) => void, drop: () => void,
 * close: (next?: () => any) => void}} swap puts another sheet in the place of the one that is open; drop takes it away
 *   at once; close gives back the step in the history that it had, and then does what comes next
 */
export function useRoute() {
  const [at, setAt] = useState(route);
  const [sheet, setSheet] = useState("");
  const shown = useRef(at);
  const pushed = useRef(false); // whether the phone's back button closes the sheet, and not the page
  const closed = useRef(/** @type {() => any} */ (() => {}));

  // Going back to an address that a screen changed beside its hash is no hashchange.
  useEvents(window, ["hashchange", "popstate"], (event) => {
    // A hashchange comes after the popstate of the same step, when a sheet may be open already.
    if (!(event && event.type === "popstate") && route() === shown.current) return;
    shown.current = route();
    const next = closed.current;
    pushed.current = false;
    closed.current = () => {};
    setAt(shown.current);
    setSheet("");
    next();
  });

  /** @param {string} which */
  function show(which) {
    if (/^level\//.test(at)) return setSheet(which); // there the way back is the map
    history.pushState(null, "", location.href);
    pushed.current = true;
    setSheet(which);
  }
  function close(next = () => {}) {
    if (pushed.current) {
      closed.current = next;
      return history.back();
    }
    setSheet("");
    next();
  }
  return { at, sheet, show, swap: setSheet, drop: () => setSheet(""), close };
}

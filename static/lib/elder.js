// The large type, the same choice on every page of players.
import { useLayoutEffect, useState } from "../vendor/hooks.js";

/**
 * Whether the type is large, kept on the phone.
 * @param {ReturnType<typeof import("./store.js").newStore>} store
 * @returns {[boolean, (on: boolean) => void]}
 */
export function useElder(store) {
  const [elder, set] = useState(() => store.read("aqd.elder") === true);
  useLayoutEffect(() => {
    document.documentElement.classList.toggle("elder", elder);
  }, [elder]);
  return [
    elder,
    (on) => {
      store.write("aqd.elder", on);
      set(on);
    },
  ];
}

// What the screen is to show. Staff choose it in the console, which is the remote control; the screen only follows.
import { useEffect, useState } from "../vendor/hooks.js";
import { useEvents } from "../lib/events.js";
import { poll } from "../lib/poll.js";

/** @typedef {import("../lib/schemas").components["schemas"]["ScreenState"]} ScreenState */

const every = 1000; // milliseconds: who presses in the console looks up at the wall
const turn = 20000; // milliseconds that each of several views has

/**
 * What staff have chosen for the screens of a contest, and the code that this one shows while they connect it.
 * @param {(method: string, path: string, body?: object) => Promise<any>} api @param {string} slug
 * @returns {{state: ScreenState | null, code: string}}
 */
export function useRemote(api, slug) {
  const [state, setState] = useState(/** @type {ScreenState | null} */ (null));
  const [code, setCode] = useState("");
  useEffect(
    () =>
      poll(
        async () => setState(await api("GET", `/contests/${slug}/screen`)),
        every,
        () => {},
      ),
    [slug],
  );
  const asking = state && state.pairing && !state.paired ? state.pairing_since : 0;
  useEffect(() => {
    if (!asking) return setCode("");
    api("POST", `/contests/${slug}/screen`, {}).then(
      (got) => setCode(got.code),
      () => {}, // staff press once more
    );
  }, [asking]);
  return { state, code };
}

/**
 * The view to show now. The address may hold one too (#code), for a second screen that always shows the same.
 * @param {ScreenState | null} state
 * @returns {string} "" while nothing is known
 */
export function useView(state) {
  const [pinned, pin] = useState(() => location.hash.slice(1));
  const [round, setRound] = useState(0);
  useEvents(window, ["hashchange"], () => pin(location.hash.slice(1)));
  useEffect(() => {
    const timer = setInterval(() => setRound((n) => n + 1), turn);
    return () => clearInterval(timer);
  }, []);
  if (!state) return "";
  /** @type {string[]} */
  const there = state.views;
  if (there.includes(pinned)) return pinned;
  if (state.view !== "turn") return state.view;
  // The question of the hour holds what is right: it is for screens that staff have connected.
  const turns = state.turns.filter((view) => there.includes(view) && (view !== "missed" || state.paired));
  return turns.length ? turns[round % turns.length] : "code";
}

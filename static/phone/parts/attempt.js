// What all ways to play a level have in common: the attempt begins with the screen and is left with it, asks for a
// name, and ends in its result, or in what went wrong.
import { html } from "../../html.js";
import { useEffect, useRef, useState } from "../../vendor/hooks.js";
import { Failed } from "../../lib/waiting.js";
import { lazy } from "../../lib/lazy.js";
import { passing } from "../../lib/problems.js";

const ResultScreen = lazy(() => import("../screens/result.js"), "ResultScreen");

/**
 * @typedef {{phase: string, result: import("../../lib/types").Result | null,
 *   problem: import("../../lib/types").Problem | null}} Standing
 */

/**
 * The attempt, and what stands in the place of its questions: null while it is played.
 * @template {{state: Standing, open(): Promise<void>, leave(): void}} Attempt
 * @param {new (given: import("../lib/play.js").Given) => Attempt} Kind
 * @param {import("../screens.js").Shared} shared
 * @returns {[Attempt, any]}
 */
export function useAttempt(
  Kind,
  { parts, home, contest, level, seen, elder, signIn, left, go, finished, register, refresh },
) {
  const [, draw] = useState(0);
  const had = useRef(home.me ? home.me.certificates.map((c) => c.number) : []);
  const kept = useRef(/** @type {Attempt | null} */ (null));
  if (!kept.current)
    kept.current = new Kind({
      ...parts,
      contest: contest.slug,
      level,
      seen,
      large: () => elder,
      changed: () => draw((n) => n + 1),
    });
  const attempt = /** @type {Attempt} */ (kept.current);
  const { phase, result, problem } = attempt.state;
  useEffect(() => {
    attempt.open();
    ResultScreen.fetch();
    return () => attempt.leave();
  }, []);
  useEffect(() => {
    if (phase !== "failed" || !problem || !passing(problem)) return;
    let gone = false;
    parts.pause(15000).then(() => {
      if (!gone) attempt.open(); // sooner, when the network is back
    });
    return () => void (gone = true);
  }, [problem]);
  useEffect(() => {
    if (phase === "nameless") signIn(() => attempt.open());
    if (phase === "finished" && result) finished(result);
  }, [phase]);

  if (phase === "finished" && result) {
    const again = () => {
      kept.current = null;
      go("level/" + level + "?" + Date.now());
    };
    return [attempt, html`<${ResultScreen} parts=${parts} home=${home} result=${result} had=${had.current}
      register=${register} refresh=${refresh} go=${go} again=${again} />`];
  }
  if (phase === "failed" && problem) {
    const over = !/^(offline|unavailable|internal|rate_limited|storage_full)$/.test(problem.code);
    return [attempt, html`<main class="plain">
      <${Failed} problem=${problem} again=${over ? left : () => attempt.open()} label=${over ? "回到地图" : ""} />
      ${!over && html`<button class="link" onClick=${left}>回到地图</button>`}
    </main>`];
  }
  return [attempt, null];
}

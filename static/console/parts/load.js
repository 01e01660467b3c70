// Getting what a page shows: the same three states everywhere.
import { html } from "../../html.js";
import { useEffect, useRef, useState } from "../../vendor/hooks.js";
import { Mark } from "../../art/mark.js";
import { say } from "../../lib/problems.js";

/** @typedef {import("../types").Problem} Problem */
/**
 * @template T
 * @typedef {{data: T | null, problem: Problem | null, busy: boolean, again: () => Promise<void>, set: (data: T) =>
 *   void}} Loaded
 */

/**
 * Asks for something, and anew whenever inputs change; an answer that comes too late is dropped.
 * @template T
 * @param {() => Promise<T>} ask @param {unknown[]} inputs @returns {Loaded<T>}
 */
export function useLoad(ask, inputs) {
  const [state, setState] = useState(
    /** @type {{data: T | null, problem: Problem | null, busy: boolean}} */ ({ data: null, problem: null, busy: true }),
  );
  const round = useRef(0);
  async function again() {
    const mine = ++round.current;
    setState((was) => ({ ...was, busy: true, problem: null }));
    try {
      const data = await ask();
      if (mine === round.current) setState({ data, problem: null, busy: false });
    } catch (problem) {
      if (mine === round.current) setState((was) => ({ ...was, problem, busy: false }));
    }
  }
  useEffect(() => {
    again();
    return () => {
      round.current++;
    };
  }, inputs);
  /** @param {T} data newer than any answer that is under way */
  function set(data) {
    round.current++;
    setState({ data, problem: null, busy: false });
  }
  return { ...state, again, set };
}

/** @param {{text: string}} props */
export const Waiting = ({ text }) => html`<div class="waiting" role="status"><${Mark} /><p>${text}</p></div>`;

/** @param {{problem: Problem, again?: () => void}} props */
export const Failed = ({ problem, again }) => html`<div class="state bad failed" role="alert">
  <p>${say(problem)}</p>
  ${again && html`<button class="btn quiet" onClick=${again}>再试一次</button>`}
</div>`;

/** What was loaded, or why not yet. @param {{of: Loaded<any>, children: (data: any) => any}} props */
export function Shown({ of, children }) {
  if (of.problem) return html`<${Failed} problem=${of.problem} again=${of.again} />`;
  if (!of.data) return html`<p class="soft loading" role="status">正在读取</p>`;
  return html`<div class=${of.busy ? "stale" : null} aria-busy=${of.busy}>${children(of.data)}</div>`;
}

/** A short failure beside a button or form. @param {{problem: Problem | null}} props */
export const Oops = ({ problem }) => (problem ? html`<p class="oops" role="alert">${say(problem)}</p>` : null);

/**
 * Runs one piece of work at a time and keeps its failure.
 * @returns {{busy: boolean, problem: Problem | null, run: (work: () => Promise<void>) => Promise<boolean>, clear: () =>
 *   void}}
 */
export function useWork() {
  const [state, setState] = useState({ busy: false, problem: /** @type {Problem | null} */ (null) });
  const under = useRef(false);
  return {
    ...state,
    async run(work) {
      if (under.current) return false;
      under.current = true;
      setState({ busy: true, problem: null });
      try {
        await work();
        setState({ busy: false, problem: null });
        return true;
      } catch (problem) {
        setState({ busy: false, problem });
        return false;
      } finally {
        under.current = false;
      }
    },
    clear: () => setState({ busy: false, problem: null }),
  };
}

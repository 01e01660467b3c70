// A draft is saved by itself on the server while somebody writes, and never over what somebody else saved meanwhile.
import { useEffect, useRef, useState } from "../../vendor/hooks.js";
import { useHold } from "./contestdraft.js";

/** @typedef {import("../types").ContestDraft} ContestDraft */
/** @typedef {import("../types").ContestForm} ContestForm */
/**
 * Where a draft is kept, and what is kept there.
 * @typedef {{draft: ContestDraft, text: string, form: ContestForm}} Kept
 */
/**
 * @typedef {object} Saving
 * @property {ContestDraft | null} kept as it is stored; null while nothing had to be
 * @property {"" | "typed" | "saving" | "failed" | "overtaken" | "gone"} state "": all is kept
 * @property {ContestForm} form what the form remembers besides the text
 * @property {(part: ContestForm) => void} remember
 * @property {(text: string) => Promise<ContestDraft>} flush saves that text now, and tells what is kept
 * @property {(base: number) => void} rebase says on which version the text stands by now
 * @property {(kept: Kept | null) => void} take goes on from what is stored
 * @property {() => Promise<void>} apart keeps the text as another draft, where somebody else has saved this one
 */

const calm = 900; // milliseconds without a change
const again = 5000; // milliseconds after a save that failed

/**
 * @param {import("../types").Desk} desk
 * @param {string} text @param {string} stored the text that is public, which needs no draft
 * @param {{contest: string, base: number}} of the contest that is changed; "" and 0 for a new one
 * @param {Kept | null} first @param {boolean} may
 * @returns {Saving}
 */
export function useSaving(desk, text, stored, of, first, may) {
  const [kept, setKept] = useState(first && first.draft);
  const [state, setState] = useState(/** @type {Saving["state"]} */ (""));
  const [form, setForm] = useState(/** @type {ContestForm} */ ((first && first.form) || {}));
  const [tries, setTries] = useState(0);
  const at = useRef(first); // what is stored, also before the page has drawn it
  const now = useRef({ text, form, base: of.base });
  now.current = { ...now.current, text, form };
  const work = useRef(/** @type {Promise<void>} */ (Promise.resolve()));
  const typed = () =>
    at.current ? now.current.text !== at.current.text || now.current.base !== at.current.draft.base
      || JSON.stringify(now.current.form) !== JSON.stringify(at.current.form)
      : now.current.text !== stored;
  const dirty = may && typed();
  useHold(dirty);

  async function save() {
    if (!typed()) return;
    const { text: sent, form: formSent, base } = now.current;
    setState("saving");
    const was = at.current;
    const got = was
      ? await desk.call("PUT", "/contest-drafts/" + was.draft.id,
        { text: sent, revision: was.draft.revision, form: formSent, base })
      : await desk.call("POST", "/contest-drafts", { text: sent, contest: of.contest, base, form: formSent });
    at.current = { draft: got.draft, text: sent, form: formSent };
    setKept(got.draft);
    setState(typed() ? "typed" : "");
  }
  /** One save after the other. @param {string} next @returns {Promise<ContestDraft>} */
  function flush(next) {
    now.current.text = next;
    const mine = work.current.then(save);
    work.current = mine.catch((bad) => {
      const lost = bad.code === "contest_draft_unknown";
      setState(bad.code === "contest_draft_changed" ? "overtaken" : lost ? "gone" : "failed");
      if (bad.code !== "contest_draft_changed" && !lost) setTimeout(() => setTries((n) => n + 1), again);
    });
    return mine.then(() => /** @type {Kept} */ (at.current).draft);
  }
  useEffect(() => {
    if (!dirty || state === "overtaken" || state === "gone") return undefined;
    if (state === "") setState("typed");
    const timer = setTimeout(() => flush(text).catch(() => {}), calm);
    return () => clearTimeout(timer);
  }, [text, form, tries, dirty]);

  /** @param {Kept | null} next */
  function take(next) {
    at.current = next;
    setKept(next && next.draft);
    setForm((next && next.form) || {});
    setState("");
  }
  return {
    kept, form, flush, take,
    state: state === "typed" && !dirty ? "" : state,
    remember: (part) => {
      now.current.form = { ...now.current.form, ...part };
      setForm(now.current.form);
    },
    rebase: (base) => {
      now.current.base = base;
      setTries((n) => n + 1);
    },
    apart: async () => {
      take(null);
      await flush(now.current.text);
    },
  };
}

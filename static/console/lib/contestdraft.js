// A definition that is being written: one text, which the form and the text box both edit, and what the server says of
// it.
import { useEffect, useRef, useState } from "../../vendor/hooks.js";
import { editText, withValue } from "./contesttree.js";
import { hold } from "./route.js";
import { sendFile } from "./sendfile.js";

/** @typedef {import("../types").ContestCheck} ContestCheck */
/**
 * @typedef {object} Draft
 * @property {string} text
 * @property {any} values the text as a tree; null while it cannot be read
 * @property {ContestCheck | null} checked what the server said last
 * @property {boolean} busy whether it is being asked
 * @property {import("../types").Problem | null} problem
 * @property {(text: string) => void} write the whole text anew
 * @property {(path: string, value: any) => void} set one value; undefined takes it out
 * @property {(path: string) => string} wrong what is wrong at a path
 * @property {boolean} may whether it may be changed
 * @property {(string | number)[][]} banks that there are: name and title
 * @property {(file: File) => Promise<string>} keepPicture stores it and tells its name
 * @property {() => Promise<string[]>} fit lets levels take what the bank holds, and tells what that changed
 * @property {() => string} latest the text after the edits so far
 * @property {() => Promise<ContestCheck>} settle waits for all edits and checks with figures
 */

const calm = 350; // milliseconds without a key before the server is asked

/**
 * @param {import("../types").Desk} desk
 * @param {string} first @param {string} slug of the stored contest; "" for a new one
 * @param {boolean} may whether it may be changed
 * @returns {Draft}
 */
export function useDraft(desk, first, slug, may) {
  const [text, setText] = useState(first);
  const [values, setValues] = useState(/** @type {any} */ (null));
  const [checked, setChecked] = useState(/** @type {ContestCheck | null} */ (null));
  const [busy, setBusy] = useState(true);
  const [problem, setProblem] = useState(/** @type {import("../types").Problem | null} */ (null));
  const now = useRef(first); // the text after the edits so far
  const edits = useRef(/** @type {Promise<void>} */ (Promise.resolve()));
  const waiting = useRef(0); // edits that are on their way
  const last = useRef(checked);
  last.current = checked;
  const [edited, setEdited] = useState(0);
  useHold(may && edited > 0); // what is edited is on its way into the text, which is saved by itself
  /** @param {object} body @returns {Promise<ContestCheck>} */
  const check = (body) =>
    desk.may("contest.edit") ? desk.call("POST", "/contests/check", body)
      : desk.call("GET", `/contests/${encodeURIComponent(slug)}/check`); // who looks on changes nothing

  useEffect(() => {
    let left = false;
    setBusy(true);
    const timer = setTimeout(
      () =>
        check({ text }).then(
          (got) => {
            if (left) return;
            setChecked(got);
            if (!waiting.current) setValues(got.values);
            setProblem(null);
            setBusy(false);
          },
          (bad) => {
            if (!left) {
              setProblem(bad);
              setBusy(false);
            }
          },
        ),
      checked ? calm : 0,
    );
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [text]);

  /** @param {string} next */
  function write(next) {
    now.current = next;
    setText(next);
  }
  /** @param {string} path @param {any} value */
  function set(path, value) {
    setValues((/** @type {any} */ was) => withValue(was, path, value));
    setEdited(++waiting.current);
    edits.current = edits.current.then(async () => {
      try {
        now.current = await editedText(desk, now, path, value);
        setProblem(null);
      } catch (bad) {
        setProblem(bad);
        setValues(last.current && last.current.values); // as the text has it
      }
      setEdited(--waiting.current);
      if (waiting.current === 0) setText(now.current);
    });
  }
  /** @param {string} path */
  const wrong = (path) =>
    (checked ? checked.findings.filter((f) => f.path === path) : []).map((f) => f.message).join("；");
  async function settle() {
    await edits.current;
    setText(now.current);
    const got = await check({ text: now.current, figures: true });
    setChecked(got);
    return got;
  }
  async function fit() {
    await edits.current;
    const got = await desk.call("POST", "/contests/fit", { text: now.current });
    write(got.text);
    return got.changes.map((/** @type {{message: string}} */ c) => c.message);
  }
  /** @param {File} file @returns {Promise<string>} */
  const keepPicture = (file) =>
    sendFile(desk, "/pictures?name=" + encodeURIComponent(file.name), file).then((kept) => kept.name);
  return {
    text, values, checked, busy, problem, write, set, wrong, may, banks: [], keepPicture, fit, settle,
    latest: () => now.current,
  };
}

/** Asks before somebody leaves what is half written. @param {boolean} dirty */
export function useHold(dirty) {
  const me = useRef({});
  useEffect(() => {
    hold(me.current, dirty);
  }, [dirty]);
  useEffect(() => () => hold(me.current, false), []);
}

/** The text with one value changed, anew when somebody typed meanwhile.
 * @param {import("../types").Desk} desk @param {{current: string}} now @param {string} path @param {any} value */
async function editedText(desk, now, path, value) {
  for (;;) {
    const sent = now.current;
    const got = await desk.call("POST", "/contests/edit", { text: sent, path, value: editText(value) });
    if (sent === now.current) return got.text;
  }
}

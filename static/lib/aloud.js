// Reading aloud by the phone itself: where it has a Chinese voice, one tap reads and another stops. Nothing is spoken
// unasked, and nothing goes on when its page is left.
import "./aloud.css";
import { html } from "../html.js";
import { Icon } from "../art/icons.js";
import { useEffect, useState } from "../vendor/hooks.js";

const synthesis = /** @type {SpeechSynthesis | undefined} */ (/** @type {any} */ (window).speechSynthesis);
const loud = "M4 9v6h4l5 4V5L8 9zm12.5-.5a5 5 0 0 1 0 7m2.5-10a9 9 0 0 1 0 13";
const slow = 0.9; // of the usual speed: it is listened to once

/** The phone's Chinese voice, one that needs no network first; undefined while, or because, there is none. */
function voice() {
  const all = synthesis && "SpeechSynthesisUtterance" in window ? synthesis.getVoices() : [];
  const chinese = all.filter((v) => /^(zh|cmn)/i.test(v.lang) && !/HK|yue/i.test(v.lang));
  return chinese.find((v) => v.localService) || chinese[0];
}

/** Phones tell their voices late. */
function useVoice() {
  const [found, find] = useState(voice);
  useEffect(() => {
    if (found || !synthesis || !synthesis.addEventListener) return undefined;
    const look = () => find(voice());
    synthesis.addEventListener("voiceschanged", look);
    return () => synthesis.removeEventListener("voiceschanged", look);
  }, [!found]);
  return found;
}

/**
 * Says one piece after the other: short ones, since some phones stop within a long one.
 * @param {SpeechSynthesisVoice} by @param {string[]} pieces @param {() => void} done said, stopped or failed
 */
function speak(by, pieces, done) {
  if (!synthesis) return;
  synthesis.cancel();
  pieces.forEach((text, i) => {
    const said = new SpeechSynthesisUtterance(text);
    said.voice = by;
    said.lang = by.lang;
    said.rate = slow;
    said.onerror = done;
    if (i === pieces.length - 1) said.onend = done;
    synthesis.speak(said);
  });
}

/**
 * The button; nothing where the phone cannot speak Chinese.
 * @param {{pieces: string[]}} props what is read, one after the other; when it changes, what was begun stops
 */
export function Aloud({ pieces }) {
  const by = useVoice();
  const [on, set] = useState(false);
  useEffect(() => {
    set(false);
    const stop = () => {
      if (synthesis) synthesis.cancel();
      set(false);
    };
    const hidden = () => document.hidden && stop();
    document.addEventListener("visibilitychange", hidden);
    addEventListener("pagehide", stop);
    return () => {
      document.removeEventListener("visibilitychange", hidden);
      removeEventListener("pagehide", stop);
      stop();
    };
  }, [pieces.join("\n")]);
  if (!by) return null;
  function tap() {
    if (!on && by) speak(by, pieces, () => set(false));
    else if (synthesis) synthesis.cancel();
    set(!on);
  }
  return html`<button class="aloud" aria-pressed=${on} onClick=${tap}>
    <${Icon} name=${on ? "close" : loud} />
    <span>${on ? "停止" : "朗读"}</span>
  </button>`;
}

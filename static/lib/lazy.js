// Screens and sheets that are not in a page's first script: the first visit may cost 40 KB, and most people never see
// most of them. On the phone page a new screen is one line in screens.js:
//
//   draw: lazy(() => import("./screens/draw.js"), "DrawScreen"),
//
// A sheet is given the title that it has while it is on its way: lazy(() => import(…), "AboutSheet", "活动规则"); it
// takes `close` like every sheet. The screen's own style: `import "../css/draw.css";` on top of screens/draw.js.
//
// import() must name its file in plain quotes; ../feed.go makes one script of it. The script takes whatever the first
// one has (Preact, sheet.js, format.js, …) from there, by name; what only it uses is inside it. So keep what a lazy
// screen alone needs out of files that the first script uses. A file that two lazy screens use is in both, each with
// variables of its own: state that they share belongs to app.js.
import { html } from "../html.js";
import { useEffect, useState } from "../vendor/hooks.js";
import { Failed, Waiting } from "./waiting.js";
import { Sheet } from "./sheet.js";

/**
 * A component that is fetched when it is first drawn. Its `fetch` does that early, and quietly.
 * @param {() => Promise<any>} load @param {string} name what the file exports
 * @param {string} [title] for a sheet; empty: nothing stands there meanwhile
 */
export function lazy(load, name, title) {
  /** @type {any} */
  let Ready = null;
  const fetch = () =>
    load().then((part) => {
      Ready = part[name];
    });
  /** @param {any} props */
  function Lazy(props) {
    const [problem, setProblem] = useState(/** @type {import("./types").Problem | null} */ (null));
    const [tries, setTries] = useState(0);
    useEffect(() => {
      let gone = false;
      if (!Ready)
        fetch().then(
          () => gone || setTries(-1),
          (bad) => gone || setProblem(bad),
        );
      return () => {
        gone = true;
      };
    }, [tries]);
    if (Ready) return html`<${Ready} ...${props} />`;
    function again() {
      // The second failure may come of a newer version of the page, whose files have other names.
      if (tries > 0) location.reload();
      setProblem(null);
      setTries(tries + 1);
    }
    if (title === "") return null;
    const body = problem ? html`<${Failed} problem=${problem} again=${again} />` : html`<${Waiting} />`;
    return title ? html`<${Sheet} title=${title} close=${props.close}>${body}</${Sheet}>`
      : html`<main class="plain">${body}</main>`;
  }
  Lazy.fetch = () => {
    fetch().catch(() => {});
  };
  return Lazy;
}

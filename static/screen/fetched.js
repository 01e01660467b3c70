// A view that is fetched when it is first shown; without a network the hall waits, and the screen tries again.
import { html } from "../html.js";
import { useEffect, useState } from "../vendor/hooks.js";
import { Mark } from "../art/mark.js";

const again = 5000; // milliseconds

/**
 * @param {{load: () => Promise<any>, name: string} & Record<string, any>} props name: what the file exports; the rest
 *   is for it
 */
export function Fetched({ load, name, ...rest }) {
  const [part, setPart] = useState(/** @type {any} */ (null));
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let timer = 0;
    load().then(setPart, () => {
      timer = setTimeout(() => setTries(tries + 1), again);
    });
    return () => clearTimeout(timer);
  }, [tries]);
  if (!part) return html`<main class="empty-screen"><${Mark} /><p>正在打开</p></main>`;
  return html`<${part[name]} ...${rest} />`;
}

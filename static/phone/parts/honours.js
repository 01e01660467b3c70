// The units that were awarded, once that is published.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";

/** @typedef {{title: string, classes: {title: string, units: string[]}[]}} Honour */

/** @param {{parts: import("../app").Parts, slug: string}} props */
export function Honours({ parts, slug }) {
  const [honours, setHonours] = useState(/** @type {Honour[]} */ ([]));
  useEffect(() => {
    parts.api("GET", `/contests/${slug}/honours`).then(
      (got) => setHonours(got.honours),
      () => {}, // the boards below stand for themselves
    );
  }, [slug]);
  return honours.map((h) => html`<section class="honours" key=${h.title}>
    <h2>${h.title}</h2>
    ${h.classes.map((c) => html`<div key=${c.title}>
      ${c.title !== h.title && html`<h3>${c.title}</h3>`}
      <ul>${c.units.map((unit) => html`<li key=${unit}>${unit}</li>`)}</ul>
    </div>`)}
  </section>`);
}

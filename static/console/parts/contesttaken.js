// A new contest whose address another one has already: it gets another here, so nobody has to look for it in the text.
import { html } from "../../html.js";
import { useState } from "../../vendor/hooks.js";
import { nextSlug, slugForm } from "../lib/contests.js";
import { Field, Text } from "./field.js";

/** @param {{desk: import("../types").Desk, draft: import("../lib/contestdraft.js").Draft, slug: string}} props */
export function Taken({ desk, draft, slug }) {
  const [next, setNext] = useState(nextSlug(slug));
  const site = desk.origin.replace(/^https?:\/\//, "") + "/c/";
  return html`<form class="state bad taken" role="alert" onSubmit=${(/** @type {Event} */ e) => {
      e.preventDefault();
      draft.set("contest", next);
    }}>
    <p>网址 ${site}${slug} 已经有一个活动在用，这个新活动要换一个才能发布。</p>
    <${Field} label=${"新的网址：" + site} hint="小写字母、数字和 -，发布以后不能改"
      wrong=${slugForm.test(next) ? "" : "只能用小写字母、数字和 -，最多 32 个"}>
      <${Text} name="slug" max=${32} value=${next} set=${setNext} />
    </${Field}>
    <p class="acts">
      <button class="btn" disabled=${!draft.may || draft.busy || next === slug || !slugForm.test(next)}>换成这个网址</button>
    </p>
  </form>`;
}

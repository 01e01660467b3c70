// Text that fits its place by measure: the largest of the sizes of the style sheet at which nothing overflows.
import { useLayoutEffect, useRef } from "../../vendor/hooks.js";
import { useEvents } from "../../lib/events.js";

/** @typedef {import("../../vendor/hooks.js").Ref<HTMLElement | null>} Box */

const sizes = 13; // [data-size="0"], the largest, to [data-size="12"] in question.css

/**
 * @param {unknown[]} inputs what is in the box: when one of them changes, it is measured anew
 * @returns {{box: Box, fit: () => void}} the box hides what overflows; fit measures again
 */
export function useFit(inputs) {
  const box = /** @type {Box} */ (useRef(null));
  function fit() {
    const e = box.current;
    if (!e) return;
    for (let size = 0; size < sizes; size++) {
      e.setAttribute("data-size", String(size));
      if (e.scrollHeight <= e.clientHeight && e.scrollWidth <= e.clientWidth) return;
    }
  }
  useLayoutEffect(fit, inputs);
  useEvents(window, ["resize"], fit);
  return { box, fit };
}

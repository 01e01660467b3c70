// What a phone can do beside showing a page; each where it may.

/** @type {any} */
let lock = null;
/** @type {any} */
const device = navigator;

/**
 * Keeps the screen on while somebody plays. A page that goes out of sight loses that, and asks again.
 * @param {boolean} on
 */
export function keepAwake(on) {
  if (!device.wakeLock || document.visibilityState !== "visible") return;
  if (!on) {
    if (lock) lock.release();
    lock = null;
  } else if (!lock || lock.released) {
    device.wakeLock.request("screen").then(
      (/** @type {any} */ got) => {
        lock = got;
      },
      () => {}, // the battery is low: the screen goes dark as it always did
    );
  }
}

/** A short shake when the question opens and when the answer is shown, unless somebody wants no motion. */
export function shake() {
  if (device.vibrate && !matchMedia("(prefers-reduced-motion: reduce)").matches) device.vibrate(60);
}

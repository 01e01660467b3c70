// Calls to the server on behalf of staff, whose session may end in the middle.
import { asking, request } from "../../lib/api.js";

const patience = 90000; // milliseconds: importing 50,000 questions takes a while

/** @param {import("../types").Problem} bad */
export const signedOut = (bad) => bad.status === 401 && bad.code === "staff_signed_out";

/** What the account has to do before anything else. @param {import("../types").Problem} bad */
export const hindered = (bad) => bad.code === "password_change_needed" || bad.code === "second_factor_needed";

/** Marks a call that nobody made: it does not keep the session alive. */
const byItself = { "Aq-Poll": "1" };

/**
 * What a call waits for before it is sent once more, so that nothing that was written on the page is lost: that the
 * person signs in again (lost), does what the account has to do first (held), or gives the password again (asked, which
 * rejects where they would rather not).
 * @typedef {{lost: () => Promise<void>, held: () => Promise<void>, asked: () => Promise<void>}} Waits
 */

/**
 * @param {Waits} waits
 * @param {typeof fetch} [get]
 * @returns {{call: import("../types").Call, once: import("../types").Call}} once does not wait
 */
export function newCall(waits, get = (url, init) => fetch(url, init)) {
  /** @type {import("../types").Call} */
  const once = (method, path, body, alone) => {
    const init = asking(method, body);
    if (alone) init.headers = { ...init.headers, ...byItself };
    return request("/api/v1/console" + path, init, patience, get);
  };
  /** @type {import("../types").Call} */
  async function call(method, path, body, alone) {
    for (;;) {
      try {
        return await once(method, path, body, alone);
      } catch (bad) {
        if (signedOut(bad)) await waits.lost();
        else if (hindered(bad)) await waits.held();
        else if (bad.code === "password_needed") await waits.asked();
        else throw bad;
      }
    }
  }
  return { call, once };
}

// Calls to the server on behalf of staff, whose session may end in the middle.
import { asking, request } from "../../lib/api.js";

const patience = 90000; // milliseconds: importing 50,000 questions takes a while

/** @param {import("../types").Problem} bad */
export const signedOut = (bad) => bad.status === 401 && bad.code === "staff_signed_out";

/**
 * When the session has ended, a call waits for `lost` (the person signs in again) and is then sent once more, so that
 * nothing that was written on the page is lost.
 * @param {() => Promise<void>} lost
 * @param {typeof fetch} [get]
 * @returns {{call: import("../types").Call, once: import("../types").Call}} once does not wait
 */
export function newCall(lost, get = (url, init) => fetch(url, init)) {
  /** @type {import("../types").Call} */
  const once = (method, path, body) => request("/api/v1/console" + path, asking(method, body), patience, get);
  /** @type {import("../types").Call} */
  async function call(method, path, body) {
    for (;;) {
      try {
        return await once(method, path, body);
      } catch (bad) {
        if (!signedOut(bad)) throw bad;
        await lost();
      }
    }
  }
  return { call, once };
}

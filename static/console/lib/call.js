// Calls to the server on behalf of staff: one function, one kind of failure, and a session that may end in the middle.

const patience = 90000; // importing 50,000 questions takes a while

/** @param {object} from @returns {import("../types").Problem} */
export const problem = (from) => ({ code: "", status: 0, detail: "", field: "", retryMs: 0, ...from });

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
  async function once(method, path, body) {
    let response, text;
    try {
      response = await within(patience, get("/api/v1/console" + path, {
        method, credentials: "same-origin",
        headers: body ? { "Content-Type": "application/json" } : {}, body: body && JSON.stringify(body),
      }));
      text = await within(patience, response.text());
    } catch (_) {
      throw problem({ code: "offline" });
    }
    const data = parse(text);
    if (!response.ok) {
      throw problem({ code: "internal", ...data, status: response.status, retryMs: 1000 * (Number(response.headers.get("Retry-After")) || 0) });
    }
    if (!data && response.status !== 204) throw problem({ code: "offline" });
    return data;
  }
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

/** @param {string} text */
export function parse(text) {
  try {
    return JSON.parse(text);
  } catch (_) {
    return null;
  }
}

/** @template T @param {number} ms @param {Promise<T>} work @returns {Promise<T>} */
function within(ms, work) {
  return new Promise((done, fail) => {
    const timer = setTimeout(fail, ms);
    work.then((value) => { clearTimeout(timer); done(value); }, (error) => { clearTimeout(timer); fail(error); });
  });
}

// Calls to the server: one function, one kind of failure.

const patience = 12000; // a slow network answers within this; longer feels broken

/**
 * @param {ReturnType<typeof import("./clock.js").newClock>} clock learns the server's time from every answer
 * @param {typeof fetch} [get]
 */
export function newApi(clock, get = (url, init) => fetch(url, init)) {
  /**
   * @param {string} method @param {string} path below /api/v1 @param {object} [body]
   * @returns {Promise<any>} the answer; rejects with a Problem
   */
  return async function call(method, path, body) {
    const sent = clock.local();
    let response, data;
    try {
      response = await within(patience, get("/api/v1" + path, {
        method,
        credentials: "same-origin", // the default of old web views sends no cookie
        headers: body ? { "Content-Type": "application/json" } : {},
        body: body && JSON.stringify(body),
      }));
      data = await within(patience, response.text().then(parse));
    } catch (_) {
      throw problem({ code: "offline" });
    }
    if (!response.ok) {
      const wait = Number(response.headers.get("Retry-After")) || 0;
      throw problem({ code: "internal", ...data, status: response.status, retryMs: wait * 1000 });
    }
    if (response.status === 204) return null; // done, and nothing to say
    if (!data) throw problem({ code: "offline" }); // a captive portal answers 200 with a page of its own
    clock.note(data.server_time, sent, clock.local());
    return data;
  };
}

/** @param {object} from @returns {import("../types").Problem} */
const problem = (from) => ({ code: "", status: 0, detail: "", field: "", retryMs: 0, ...from });

/** @param {string} text */
function parse(text) {
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

// Calls to the server: one request, one kind of failure.

/** @typedef {import("./types").Problem} Problem */
/**
 * @typedef {(method: string, path: string, body?: object, patience?: number) => Promise<any>} Call patience: how many
 *   milliseconds the answer may take
 */

const mostTries = 4; // that one call is sent again for work or its turn
const patience = 12000; // milliseconds; a slow network answers within this, longer feels broken

/** @param {object} from @returns {Problem} */
export const problem = (from) => ({ code: "", status: 0, detail: "", field: "", retryMs: 0, ...from });

/**
 * Sends a request and reads the JSON of the answer; null is the answer of a 204.
 * @param {string} address @param {RequestInit} init
 * @param {number} ms how long the head and then the body may take each; 0: as long as they like
 * @param {typeof fetch} [get]
 * @returns {Promise<any>} rejects with a Problem
 */
export async function request(address, init, ms, get = fetch) {
  let response, data;
  try {
    // old web views send no cookie else
    response = await within(ms, get(address, { credentials: "same-origin", ...init }));
    data = parse(await within(ms, response.text()));
  } catch (_) {
    throw problem({ code: "offline" });
  }
  if (!response.ok) {
    const wait = Number(response.headers.get("Retry-After")) || 0;
    throw problem({ code: "internal", ...data, status: response.status, retryMs: wait * 1000 });
  }
  if (response.status === 204) return null; // done, and nothing to say
  if (!data) throw problem({ code: "offline" }); // a captive portal answers 200 with a page of its own
  return data;
}

/**
 * What a method with a JSON body is asked with.
 * @param {string} method
 * @param {object} [body]
 * @returns {RequestInit}
 */
export const asking = (method, body) => ({
  method,
  headers: body ? { "Content-Type": "application/json" } : {},
  body: body && JSON.stringify(body),
});

/** Fetched by who needs it: most people never do. */
const later = () => import("./heed.js").then((part) => part.heed);

/**
 * The call of the pages for players. Where very many call at once it does the work that the server asks for, or waits
 * its turn, and calls again by itself.
 * @param {ReturnType<typeof import("./clock.js").newClock>} clock learns the server's time from every answer
 * @param {typeof fetch} [get]
 * @param {() => Promise<typeof import("./heed.js").heed>} [heeding]
 */
export function newApi(clock, get = (url, init) => fetch(url, init), heeding = later) {
  /**
   * @param {string} method @param {string} path below /api/v1 @param {object} [body] @param {number} [ms]
   * @returns {Promise<any>} the answer; rejects with a Problem
   */
  return async function call(method, path, body, ms = patience) {
    const init = asking(method, body);
    for (let tries = 0; ; tries++) {
      const sent = clock.local();
      try {
        const data = await request("/api/v1" + path, init, ms, get);
        if (data) clock.note(data.server_time, sent, clock.local());
        return data;
      } catch (bad) {
        if ((bad.code !== "work_needed" && bad.code !== "too_many") || tries === mostTries) throw bad;
        const heed = await heeding().catch(() => {
          throw bad;
        });
        init.headers = { ...asking(method, body).headers, ...(await heed(bad)) };
      }
    }
  };
}

/** @param {string} text @returns {any} null where it is no JSON */
export function parse(text) {
  try {
    return JSON.parse(text);
  } catch (_) {
    return null;
  }
}

/** @template T @param {number} ms @param {Promise<T>} work @returns {Promise<T>} */
function within(ms, work) {
  if (!ms) return work;
  return new Promise((done, fail) => {
    const timer = setTimeout(fail, ms);
    work.then(
      (value) => {
        clearTimeout(timer);
        done(value);
      },
      (error) => {
        clearTimeout(timer);
        fail(error);
      },
    );
  });
}

// The parts of a page that its first script leaves out: `import("./screens/x.js")` in a source becomes one script of
// its
// own (bundle.go), fetched here when it is wanted first. Plain script elements, because old web views have no import();
// what the parts use of the first script (Preact, the shared pieces) they find in `window.aqd`.

const patience = 30000; // milliseconds; a script is larger than an answer

/**
 * Called by the last line of a page's script.
 * @param {Record<string, object>} shared what parts take from the first script, by module
 * @param {Record<string, string[]>} files the addresses of each part
 */
export function serveParts(shared, files) {
  /** @type {Record<string, Promise<any>>} */
  const fetched = {};
  /** @type {Record<string, object>} */
  const parts = {};
  /**
   * @param {string} name
   * @returns {Promise<any>} what the part exports; rejects with a Problem, and may be asked again
   */
  function load(name) {
    if (!fetched[name]) {
      fetched[name] = Promise.all(files[name].map(add)).then(() => parts[name]);
      fetched[name].catch(() => {
        delete fetched[name];
      });
    }
    return fetched[name];
  }
  Object.assign(window, { aqd: { shared, parts, load } });
}

/** @param {string} address @returns {Promise<void>} */
function add(address) {
  return new Promise((done, fail) => {
    const style = /css$/.test(address);
    const element = document.createElement(style ? "link" : "script");
    Object.assign(element, style ? { rel: "stylesheet", href: address } : { src: address });
    const failed = () => {
      element.remove();
      fail({ code: "offline", status: 0, detail: "", field: "", retryMs: 0 });
    };
    const timer = setTimeout(failed, patience);
    element.onload = () => {
      clearTimeout(timer);
      done();
    };
    element.onerror = () => {
      clearTimeout(timer);
      failed();
    };
    document.head.appendChild(element);
  });
}

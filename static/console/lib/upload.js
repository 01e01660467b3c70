// Sending a file and hearing how far the server is with it. XMLHttpRequest, since fetch does not tell how much was
// sent.
import { parse, problem } from "../../lib/api.js";

/** @typedef {{stage: "sending" | "reading", done: number, total: number}} Progress */

/**
 * The lines of a reply that have arrived whole: each is a JSON object. @param {string} text
 * @returns {any[]}
 */
export function lines(text) {
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  return whole.split("\n").filter(Boolean).map(parse).filter(Boolean);
}

/**
 * @param {File} file @param {string} format "" finds it
 * @param {(progress: Progress) => void} told
 * @returns {Promise<import("../types").Draft>} rejects with a Problem
 */
export function upload(file, format, told) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open(
      "POST",
      "/api/v1/console/drafts?name=" + encodeURIComponent(file.name) + (format ? "&format=" + format : ""),
    );
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = (e) => told({ stage: "sending", done: e.loaded, total: e.total || file.size });
    request.upload.onload = () => told({ stage: "reading", done: 0, total: 0 });
    request.onprogress = () => {
      const said = lines(request.responseText);
      const last = said[said.length - 1];
      if (last && last.total) told({ stage: "reading", done: last.done, total: last.total });
    };
    request.onerror = () => fail(problem({ code: "offline" }));
    request.onload = () => {
      if (request.status >= 400)
        return fail(problem({ code: "internal", ...parse(request.responseText), status: request.status }));
      const said = lines(request.responseText);
      const last = said[said.length - 1] || {};
      if (last.draft) done(last.draft);
      else fail(problem(last.problem || { code: "offline" }));
    };
    request.send(file);
  });
}

// Sending a small file whose answer is one JSON object.
import { parse, problem } from "./call.js";

/**
 * @param {import("../types").Desk} desk @param {string} path @param {File} file
 * @returns {Promise<any>} rejects with a Problem
 */
export async function sendFile(desk, path, file) {
  await desk.call("GET", "/session"); // a session that has ended asks now, not after the upload
  let response, text;
  try {
    response = await fetch("/api/v1/console" + path, {
      method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/octet-stream" }, body: file,
    });
    text = await response.text();
  } catch (_) {
    throw problem({ code: "offline" });
  }
  const data = parse(text);
  if (!response.ok) throw problem({ code: "internal", ...data, status: response.status });
  if (!data) throw problem({ code: "offline" });
  return data;
}

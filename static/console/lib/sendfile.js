// Sending a small file whose answer is one JSON object.
import { request } from "../../lib/api.js";

/**
 * @param {import("../types").Desk} desk @param {string} path @param {File} file
 * @param {boolean} [afresh] the call needs a fresh password
 * @returns {Promise<any>} rejects with a Problem
 */
export async function sendFile(desk, path, file, afresh) {
  await desk.call("GET", afresh ? "/account/proof" : "/session"); // what has to be asked for is so before the upload
  const headers = { "Content-Type": "application/octet-stream" };
  return request("/api/v1/console" + path, { method: "POST", headers, body: file }, 0);
}

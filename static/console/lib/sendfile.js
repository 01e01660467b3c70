// Sending a small file whose answer is one JSON object.
import { request } from "../../lib/api.js";

/**
 * @param {import("../types").Desk} desk @param {string} path @param {File} file
 * @returns {Promise<any>} rejects with a Problem
 */
export async function sendFile(desk, path, file) {
  await desk.call("GET", "/session"); // a session that has ended asks now, not after the upload
  const headers = { "Content-Type": "application/octet-stream" };
  return request("/api/v1/console" + path, { method: "POST", headers, body: file }, 0);
}

// Keeping a file that the server hands out once: asked for by POST, so that no browser fetches it ahead.
import { parse, problem } from "../../lib/api.js";

/** The name in a Content-Disposition header (RFC 6266). @param {string} header */
export function nameIn(header) {
  const encoded = /filename\*=utf-8''([^;]+)/i.exec(header);
  if (encoded) return decodeURIComponent(encoded[1]);
  const plain = /filename="?([^";]+)"?/i.exec(header);
  return plain ? plain[1] : "download";
}

/**
 * @param {import("../types").Desk} desk @param {string} path
 * @returns {Promise<void>} rejects with a Problem
 */
export async function saveReply(desk, path) {
  await desk.call("GET", "/account/proof"); // asks now for a session that has ended, and for the password
  const reply = await fetch("/api/v1/console" + path, { method: "POST", credentials: "same-origin" }).catch(() => {
    throw problem({ code: "offline" });
  });
  if (!reply.ok) throw problem({ code: "internal", ...parse(await reply.text()), status: reply.status });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await reply.blob());
  link.download = nameIn(reply.headers.get("Content-Disposition") || "");
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// The question travels sealed before it opens, so that all see it together; its key comes at the opening.

/** Browsers keep WebCrypto from plain http: there the question comes at the opening, whole. */
export const canUnseal = () => typeof crypto !== "undefined" && !!crypto.subtle;

/** @param {string} text base64 */
const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

/**
 * @param {import("../lib/live/types").Sealed} sealed @param {string} key base64 of 32 bytes
 * @returns {Promise<import("../lib/live/types").Question>} rejects where the key is not the seal's
 */
export async function unseal(sealed, key) {
  const secret = await crypto.subtle.importKey("raw", bytes(key), "AES-GCM", false, ["decrypt"]);
  const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(sealed.iv) }, secret, bytes(sealed.data));
  return JSON.parse(new TextDecoder().decode(opened));
}

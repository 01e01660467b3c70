// Addresses that name the machine itself: a phone that opens one finds itself, not the server.

/** @param {string} address */
export const local = (address) => /^https?:\/\/(localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0)(:\d+)?(\/|$)/.test(address);

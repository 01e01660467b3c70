// Whether the browser keeps who signs in: where it does not, each try would make another player.

export const noCookies = "浏览器没有保存登录信息：请允许 Cookie，或用微信、系统浏览器打开。";

/** @param {{cookie: string}} [on] */
export function keepsCookies(on = document) {
  try {
    on.cookie = "aq_try=1; path=/; max-age=60; samesite=lax";
    const kept = /(^|; )aq_try=1/.test(on.cookie);
    on.cookie = "aq_try=; path=/; max-age=0; samesite=lax";
    return kept;
  } catch (_) {
    return false; // a frame without an origin of its own
  }
}

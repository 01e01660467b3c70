// The ways to hand a link on: copy it, the phone's own sharing, WeChat's share card where it is set up.

export const inWeChat = /MicroMessenger/i.test(navigator.userAgent);

/**
 * Puts text where it can be pasted; false when the browser does not let it.
 * @param {string} text
 * @returns {Promise<boolean>}
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (_) {
    return copyOld(text);
  }
}

/** As web views without navigator.clipboard have it. @param {string} text */
function copyOld(text) {
  const box = document.createElement("textarea");
  box.value = text;
  box.readOnly = true; // no keyboard comes up
  box.className = "unseen";
  document.body.appendChild(box);
  box.select();
  box.setSelectionRange(0, text.length);
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch (_) {
    /* not allowed */
  }
  box.remove();
  return done;
}

/**
 * @param {{title: string, text: string, url: string}} what
 * @returns {Promise<boolean>} false when the person thought better of it
 */
export async function systemShare(what) {
  try {
    await /** @type {any} */ (navigator).share(what);
    return true;
  } catch (_) {
    return false;
  }
}

/**
 * Sets what WeChat's menu shares. Nothing happens outside WeChat, or where no account is set up.
 * @param {import("../app").Parts["api"]} api @param {string} contest
 * The picture is the one that the page names for cards.
 * @param {{title: string, text: string, link: string}} card
 */
export async function setShareCard(api, contest, { title, text, link }) {
  if (!inWeChat) return;
  const named = /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[property="og:image"]'));
  const image = named ? named.content : "";
  try {
    const page = location.href.split("#")[0];
    const signed = await api("GET", `/contests/${contest}/wechat?url=` + encodeURIComponent(page));
    const wx = await loadSDK(signed.script);
    wx.config({
      appId: signed.app_id,
      timestamp: signed.timestamp,
      nonceStr: signed.nonce,
      signature: signed.signature,
      jsApiList: ["updateAppMessageShareData", "updateTimelineShareData"],
    });
    wx.ready(() => {
      wx.updateAppMessageShareData({ title, desc: text, link, imgUrl: image });
      wx.updateTimelineShareData({ title, link, imgUrl: image });
    });
  } catch (_) {
    /* WeChat then shares the page by its title and address */
  }
}

/** @param {string} address @returns {Promise<any>} */
function loadSDK(address) {
  return new Promise((done, fail) => {
    const present = /** @type {any} */ (window).wx;
    if (present && present.config) return done(present);
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => done(/** @type {any} */ (window).wx);
    script.onerror = fail;
    document.head.appendChild(script);
  });
}

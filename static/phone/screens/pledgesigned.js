// After signing: the certificate, handing it on, and how far the relay went.
import { html } from "../../html.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { certificate } from "../lib/certificate.js";
import { earnedWords } from "../lib/earned.js";
import { fullDate, number } from "../../lib/format.js";
import { copy, inWeChat, setShareCard, systemShare } from "./inviteways.js";

/**
 * @param {object} props
 * @param {import("../app").Parts} props.parts
 * @param {import("../../lib/types").Contest} props.contest
 * @param {import("./pledge.js").Pledge} props.pledge
 * @param {import("./pledge.js").Signature} props.mine
 * @param {import("./pledge.js").Earned[]} props.earned what signing gave just now
 * @param {() => void} props.refresh
 */
export function Signed({ parts, contest, pledge, mine, earned, refresh }) {
  const link = `${location.origin}/c/${contest.slug}?pledge=${mine.code}`;
  const [picture, setPicture] = useState("");
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    const title = document.title,
      address = location.pathname + location.search.replace(/([?&])pledge=[^&]*&?/, "$1").replace(/[?&]$/, "");
    // What the web view's own menu shares is the address and the title of the page.
    history.replaceState(null, "", link + location.hash);
    document.title = `${mine.masked ? "我" : mine.name}已签名，请您接力：${pledge.title}`;
    setShareCard(parts.api, contest.slug, {
      title: document.title,
      text: contest.title,
      link,
    });
    return () => {
      document.title = title;
      history.replaceState(null, "", address + location.hash);
    };
  }, []);
  useEffect(() => {
    if (!mine.name) return setFailed(true);
    certificate({
      contest: mine.text.contest,
      by: mine.text.organizer,
      title: mine.text.title,
      name: mine.name,
      said: "郑重签名，承诺并倡议",
      lines: mine.text.lines,
      seal: "已签名",
      facts: [`第${number(mine.number)}号`, fullDate(mine.signed_at), `第${number(mine.depth)}棒`],
      link,
      call: "扫码接力",
    }).then(setPicture, () => setFailed(true));
  }, [mine.name]);

  return html`<main class="plain pledge">
    <div class="heading">
      <h1 tabindex="-1">您是第<span class="figure">${number(mine.number)}</span>位签名人</h1>
      <p class="soft">
        ${mine.from ? `从${whose(mine.from)}手里接过，这是第${number(mine.depth)}棒` : "一条新的接力从您开始"}
      </p>
    </div>
    ${earned.length > 0 && html`<p class="note" role="status">签名获得${earnedWords(earned)}</p>`}
    ${picture ? html`<figure class="certificate">
      <img src=${picture} alt=${`签名证书：${mine.name}，第${mine.number}号，${mine.text.title}`} />
      <figcaption>长按图片可以保存</figcaption>
    </figure>`
      : html`<p class="empty" role="status">
        ${!mine.name
          ? "您已经删除了署名，编号仍然保留。"
          : failed
            ? "这部手机画不出证书，签名已经生效。"
            : "正在制作证书"}
      </p>`}
    <${HandOn} parts=${parts} link=${link} title=${pledge.title} contest=${contest.title} />
    ${picture && !inWeChat && html`<a class="quiet wide" href=${picture} download=${`签名证书-${mine.number}.png`}>
      保存证书图片
    </a>`}
    <section class="chain" aria-label="我的接力">
      <div class="label-row"><h2>我的接力</h2><button class="link" onClick=${refresh}>看最新的</button></div>
      ${mine.after ? html`<dl class="chain-facts">
        <${Fact} name="在我之后签名" figure=${mine.after} unit="人" />
        <${Fact} name="由我直接传到" figure=${mine.direct} unit="人" />
        <${Fact} name="又往下传了" figure=${mine.further} unit="棒" />
      </dl>`
        : html`<p class="soft">还没有人从您这里接棒。发给家人和同事，他们签名后，这里会显示人数。</p>`}
    </section>
  </main>`;
}

/** @param {import("./pledge.js").Signer} signer */
export const whose = (signer) => signer.name || `第${number(signer.number)}位签名人`;

/** @param {{name: string, figure: number, unit: string}} props */
const Fact = ({ name, figure, unit }) => html`<div>
  <dt>${name}</dt>
  <dd>${number(figure)}<small>${unit}</small></dd>
</div>`;

/** @param {{parts: import("../app").Parts, link: string, title: string, contest: string}} props */
function HandOn({ parts, link, title, contest }) {
  const shares = "share" in navigator && !inWeChat;
  const share = () => systemShare({ title: contest, text: `我签了名，请您接力：${title}`, url: link });
  const take = () =>
    copy(link).then((done) => parts.tell(done ? "链接已经复制，去粘贴给朋友吧。" : "复制不了，请长按下面的链接复制。"));
  return html`<section class="hand-on" aria-label="传下去">
    ${inWeChat && html`<p class="note">点右上角的“···”，发给朋友或发到朋友圈，把接力棒传下去。</p>`}
    ${shares && html`<button class="main wide" onClick=${share}>传给下一位</button>`}
    <button class=${shares ? "quiet wide" : "main wide"} onClick=${take}>复制接力链接</button>
    <p class="soft hand-link">${link.replace(/^https?:\/\//, "")}</p>
  </section>`;
}

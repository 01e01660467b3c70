// The text of a message to many phones: how long it is, and what carriers and their resellers are known to refuse.

/** One message holds 70 characters; a longer text goes out in parts of 67, each paid for. */
const one = 70,
  part = 67;

/** What organizers are told of a word, with the reason that reviewers of templates give for refusing it. */
const words = [
  [/中奖|中大奖|大奖/, "中奖", "短信平台一般不发与中奖有关的内容，收到的人也会当成诈骗"],
  [/抽奖|摇奖|抽红包/, "抽奖", "短信平台一般不发抽奖类内容，请只说答题"],
  [/红包|现金|话费|返现|返利|奖金/, "红包、话费等钱物", "诱人点击的钱物最容易被拦截，也像诈骗短信"],
  [/免费领|免费拿|免费送|白送|赢取|赢大礼|好礼|豪礼|有礼/, "免费领取、赢好礼一类的话", "利诱的话会被当成营销广告，普通通知发不出去"],
  [/点击领取|点击查收|速点|马上点|点此领/, "点击领取一类的话", "催人点链接是诈骗短信的写法，平台会拒绝"],
  [/积分兑换|兑换礼品|换礼品/, "积分兑换", "短信平台一般不发积分兑换的内容"],
  [/加微信|加群|加QQ|加我|扫码加/i, "加微信、加群", "引人加私人联系方式的短信不让发"],
  [/转发|分享到|集赞|邀请好友/, "转发、集赞、邀请好友", "拉人的内容属于营销，普通通知发不出去"],
  [/问卷|调查表/, "问卷调查", "短信平台一般不发问卷调查；请写“知识竞赛”“答题”"],
  [/彩票|贷款|投资|理财|发票|刷单/, "彩票、贷款一类的词", "这些行业的短信一律不发"],
  [/最(?:好|大|低|高|新)|第一名|国家级|顶级|绝无仅有/, "“最”“第一”一类的极限词", "广告法第九条不许用，审核会退回"],
];

const symbols = /[★☆※✓√☞→￥¥^_&♥●◆■]|\p{Extended_Pictographic}/u;
const address = /(?:https?:\/\/)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?(?:\/[\w./?=&%-]*)?/gi;

/**
 * @typedef {object} Looked
 * @property {number} length characters, the signature and all else counted
 * @property {number} parts messages that it goes out in
 * @property {string[]} wrong what will be refused
 * @property {string[]} mind what is worth a second look
 */

/**
 * @param {string} text the whole, with its signature
 * @param {string} link the address that should be in it
 * @returns {Looked}
 */
export function lookAt(text, link) {
  const length = Array.from(text).reduce((n, c) => n + c.length, 0); // in units of UTF-16, as carriers count
  const wrong = [],
    mind = [];
  const signs = text.match(/【[^【】]*】/g) || [];
  const signed = /^【[^【】]{2,12}】/.test(text);
  if (!signed) wrong.push("开头要有签名，例如【某县应急局】，2 到 12 个字；没有签名的短信不发");
  else if (signs.length > 1) wrong.push("除了签名，正文里不能再有【】");
  const body = text.replace(/^【[^【】]*】/, "");
  for (const [pattern, what, why] of /** @type {[RegExp, string, string][]} */ (words))
    if (pattern.test(body)) wrong.push(`写了${what}：${why}`);
  const strange = body.match(symbols);
  if (strange) wrong.push(`有符号“${strange[0]}”：特殊符号和表情会变成乱码，平台不收`);
  if (/(?<!\d)1[3-9]\d{9}(?!\d)/.test(body)) wrong.push("有个人手机号：平台不让留，请留单位的固定电话或不留");
  else if (/(?<![\d-])0\d{2,3}-?\d{7,8}(?!\d)/.test(body)) mind.push("留了电话号码：有的平台要求先报备");
  const links = (body.match(address) || []).map((l) => l.replace(/^https?:\/\//i, ""));
  if (links.some((l) => /^(?:t\.cn|dwz\.cn|suo\.im|url\.cn|bit\.ly|is\.gd|tinyurl\.com)/i.test(l)))
    wrong.push("用了第三方的短网址：平台看不出通向哪里，不收；请用下面这个渠道自己的链接");
  else if (!holds(body, link.replace(/^https?:\/\//, "")))
    mind.push("没有这个渠道的链接，收到的人打不开，也统计不到");
  if (link && /^https?:\/\/(?:localhost|\d+\.|\[)/.test(link))
    mind.push("链接还不是域名：正式发送前请用已备案的域名，平台只收备案过的网址");
  const at = body.indexOf(links[0] || "\0");
  if (at >= 0 && /[^\s，。；、！（(：:]$/.test(body.slice(0, at).replace(/https?:\/\/$/i, "")))
    mind.push("链接前面要有空格或标点，不然有的手机点不开");
  if (at >= 0 && /^[^\s，。；！）]/.test(body.slice(at + links[0].length)))
    mind.push("链接后面要有空格，不然后面的字会被当成链接");
  const parts = length <= one ? 1 : Math.ceil(length / part);
  if (parts > 1) mind.push(`共 ${length} 个字，超过 ${one}，每人按 ${parts} 条收费`);
  return { length, parts, wrong, mind };
}

/** Whether an address stands in a text and ends there. @param {string} body @param {string} bare without its scheme */
function holds(body, bare) {
  const at = bare ? body.indexOf(bare) : -1;
  return at >= 0 && !/^[\w/?=&%-]/.test(body.slice(at + bare.length));
}

/**
 * Texts to begin from, each within one message where name and link are not long.
 * @param {string} sign the office, without brackets @param {string} title of the contest @param {string} link
 */
export const drafts = (sign, title, link) => [
  `【${sign}】${title}已经开始，欢迎您来答题 ${link}`,
  `【${sign}】请您用三分钟参加${title} ${link}`,
  `【${sign}】安全答题进行中，一起学习避险自救常识 ${link}`,
];

/** An office's name short enough to sign with. @param {string} organizer */
export const signOf = (organizer) => Array.from(organizer.replace(/办公室$/, "")).slice(0, 12).join("");

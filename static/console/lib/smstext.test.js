import test from "node:test";
import assert from "node:assert/strict";
import { drafts, lookAt, signOf } from "./smstext.js";

const link = "https://aq.example.gov.cn/s/k7m2pq";
const good = `【青山县应急局】安全知识答题已经开始，欢迎参与 ${link}`;

test("the texts to begin from pass, and fit one message", () => {
  for (const text of drafts("青山县应急局", "安全知识竞赛", link)) {
    const looked = lookAt(text, link);
    assert.deepEqual(looked.wrong, [], text);
    assert.deepEqual(looked.mind, [], text);
    assert.equal(looked.parts, 1, text + looked.length);
  }
});

test("length is counted with the signature, 70 for one message and 67 for each of more", () => {
  const sign = "【青山县应急局】"; // 8
  for (const [more, parts] of [[62, 1], [63, 2], [126, 2], [127, 3]]) {
    const looked = lookAt(sign + "安".repeat(more), "");
    assert.equal(looked.length, 8 + more);
    assert.equal(looked.parts, parts, String(more));
  }
});

test("what carriers refuse is named with its reason", () => {
  for (const [text, part] of [
    [good.replace("【青山县应急局】", ""), "签名"],
    [good.replace("欢迎参与", "【必看】欢迎参与"), "不能再有【】"],
    [good.replace("欢迎参与", "中奖了"), "中奖"],
    [good.replace("欢迎参与", "答题抽红包"), "红包"],
    [good.replace("欢迎参与", "免费领取雨伞"), "免费领取"],
    [good.replace("欢迎参与", "点击领取"), "点击领取"],
    [good.replace("欢迎参与", "咨询13900001234"), "个人手机号"],
    [good.replace("欢迎参与", "★欢迎"), "符号“★”"],
    [good.replace("欢迎参与", "😀欢迎"), "符号"],
    [good.replace("欢迎参与", "全国最大的竞赛"), "极限词"],
    [good.replace(link, "t.cn/Ab12"), "第三方的短网址"],
  ])
    assert.ok(lookAt(text, link).wrong.some((w) => w.includes(part)), text + " " + lookAt(text, link).wrong);
  assert.deepEqual(lookAt(good, link).wrong, []);
});

test("what may cost or lose people is told", () => {
  for (const [text, part, of] of [
    ["【青山县应急局】欢迎答题", "没有这个渠道的链接", link],
    [good.replace(" " + link, link), "前面要有空格", link],
    [good + "吧", "后面要有空格", link],
    [good.replace("欢迎参与", "电话0519-86680000"), "电话号码", link],
    ["【青山县应急局】答题 http://127.0.0.1:8616/s/k7m2pq", "备案", "http://127.0.0.1:8616/s/k7m2pq"],
  ])
    assert.ok(lookAt(text, of).mind.some((m) => m.includes(part)), text + " " + lookAt(text, of).mind);
});

test("a link without a name of its own is found all the same", () => {
  const local = "http://127.0.0.1:8616/s/k7m2pq";
  const { mind } = lookAt(`【青山县应急局】欢迎答题 ${local}`, local);
  assert.ok(!mind.some((m) => m.includes("没有这个渠道的链接")), mind.join());
  assert.ok(lookAt(`【青山县应急局】欢迎答题 ${local}x`, local).mind.some((m) => m.includes("没有这个渠道的链接")));
});

test("a signature is at most 12 characters of the office's name", () => {
  assert.equal(signOf("青山县安全生产委员会办公室"), "青山县安全生产委员会");
  assert.equal(signOf("某某省某某市某某区应急管理局"), "某某省某某市某某区应急管");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { newCall } from "./call.js";
import { diff } from "./diff.js";
import { dropOption, fromForm, toForm } from "./form.js";
import { hold, link, mayLeave, parseRoute } from "./route.js";

const single = {
  id: "q1",
  kind: "single",
  stem: "火警电话是？",
  options: ["110", "119", "120"],
  answer: "B",
  difficulty: 2,
  source: { title: "消防法", article: "第四十四条" },
  topics: ["消防"],
};

test("a correction keeps what editors note, and the key of a source while it is the same law", () => {
  const noted = {
    ...single,
    source: { key: "fire-law", title: "消防法", article: "第四十四条" },
    apart: ["q2"],
    review: { by: "张三", on: "2026-11-30", against: "法条原文", seen: "text" },
  };
  assert.deepEqual(fromForm(toForm(noted)).question, noted);
  const other = fromForm({ ...toForm(noted), title: "森林草原防灭火条例", reviewer: "李四", reviewed: "", seen: "" }).question;
  assert.deepEqual(other.source, { title: "森林草原防灭火条例", article: "第四十四条" });
  assert.deepEqual(other.review, { by: "李四", against: "法条原文" });
});

test("a difference marks changed characters and keeps the rest", () => {
  const pieces = diff("发现火灾应拨打110报警", "发现火灾应立即拨打119报警");
  assert.equal(
    pieces
      .filter((p) => p.how !== "new")
      .map((p) => p.text)
      .join(""),
    "发现火灾应拨打110报警",
  );
  assert.equal(
    pieces
      .filter((p) => p.how !== "gone")
      .map((p) => p.text)
      .join(""),
    "发现火灾应立即拨打119报警",
  );
  assert.deepEqual(
    pieces.filter((p) => p.how === "new").map((p) => p.text),
    ["立即", "119"],
  );
  assert.deepEqual(diff("一样", "一样"), [{ text: "一样", how: "same" }]);
  assert.deepEqual(diff("", ""), []);
});

test("a question goes through the form unchanged, whatever its kind", () => {
  const all = [
    single,
    { id: "q2", kind: "multiple", stem: "s", options: ["a", "b", "c"], answer: "AC", difficulty: 1 },
    { id: "q3", kind: "truefalse", stem: "s", answer: false, difficulty: 1, explanation: "x", audience: ["家庭"] },
    {
      id: "q4",
      kind: "fill",
      stem: "____ 和 ____",
      answer: [["119", "一一九"], ["3"]],
      tolerance: [0, 0.5],
      difficulty: 1,
    },
    { id: "q5", kind: "ordering", stem: "s", options: ["a", "b"], answer: "BA", difficulty: 1 },
    {
      id: "q6",
      kind: "matching",
      stem: "s",
      options: ["a", "b"],
      matches: ["x", "y"],
      answer: "BB",
      difficulty: 1,
      image: "p.png",
      image_alt: "一个红色圆圈",
      score: 2,
    },
  ];
  for (const q of all) {
    const { question, wrong } = fromForm(toForm(q));
    assert.deepEqual(wrong, {});
    assert.deepEqual(question, q);
  }
});

test("an answer that could not be read must be chosen", () => {
  assert.equal(
    fromForm(toForm({ id: "q", kind: "truefalse", stem: "s", answer: false }, true)).wrong.answer,
    "请选正确或错误",
  );
  assert.equal(fromForm(toForm({ ...single, answer: "E" })).wrong.answer, "请标出正确的选项");
  assert.equal(fromForm({ ...toForm(single), title: "" }).wrong.source, "写了条款，还要写依据的名称");
});

test("an option that is taken out takes its answer along and moves the others", () => {
  const form = dropOption(toForm({ ...single, kind: "multiple", answer: "AC" }), 0);
  assert.deepEqual(form.options, ["119", "120"]);
  assert.deepEqual(form.right, [1]);
});

test("an address is read as it was made", () => {
  const made = link(["banks", "a/b", 3], { q: "火 &", from: 1, kind: "" });
  assert.equal(made, "#/banks/a%2Fb/3?q=" + encodeURIComponent("火 &") + "&from=1");
  assert.deepEqual(parseRoute(made), { path: ["banks", "a/b", "3"], query: { q: "火 &", from: "1" } });
  assert.deepEqual(parseRoute(""), { path: [], query: {} });
});

test("half-written text is asked about before it is left", () => {
  const form = {};
  assert.equal(
    mayLeave(() => false),
    true,
  );
  hold(form, true);
  assert.equal(
    mayLeave(() => false),
    false,
  );
  hold(form, false);
  assert.equal(
    mayLeave(() => false),
    true,
  );
});

const answer = (status, body) => ({
  ok: status < 400,
  status,
  headers: new Headers(),
  text: async () => (body ? JSON.stringify(body) : ""),
});

const none = { lost: async () => {}, held: async () => {}, asked: async () => {} };

test("a call that needs the password again asks for it, or rejects where nobody gives it", async () => {
  const needed = () => answer(403, { code: "password_needed" });
  const replies = [needed(), answer(204, null), needed()];
  let given = true;
  const asked = async () => {
    if (!given) throw { code: "unproven" };
  };
  const { call } = newCall({ ...none, asked }, async () => replies.shift());
  assert.equal(await call("POST", "/x", {}), null);
  given = false;
  await assert.rejects(call("POST", "/x", {}), { code: "unproven" });
});

test("a call waits until the account has done what it has to do first", async () => {
  const first = ["password_change_needed", "second_factor_needed"].map((code) => answer(403, { code }));
  const replies = [...first, answer(204, null)];
  let waited = 0;
  const held = async () => {
    waited++;
  };
  const { call } = newCall({ ...none, held }, async () => replies.shift());
  assert.equal(await call("GET", "/x"), null);
  assert.equal(waited, 2);
});

test("what a page asks by itself is marked, and what a person asks is not", async () => {
  const sent = [];
  const { once } = newCall(none, async (_, init) => {
    sent.push(init.headers["Aq-Poll"]);
    return answer(204, null);
  });
  await once("GET", "/x", undefined, true);
  await once("GET", "/x");
  assert.deepEqual(sent, ["1", undefined]);
});

test("a call whose session has ended waits until somebody signed in, and is sent again", async () => {
  const replies = [answer(401, { code: "staff_signed_out" }), answer(201, { version: 2 })];
  let waited = 0;
  const { call } = newCall(
    {
      ...none,
      lost: async () => {
        waited++;
      },
    },
    async () => replies.shift(),
  );
  assert.deepEqual(await call("POST", "/x", { reason: "r" }), { version: 2 });
  assert.equal(waited, 1);
});

test("a failed call rejects with the server's problem, and 204 is an answer", async () => {
  const replies = [answer(400, { code: "invalid_field", field: "name", detail: "d" }), answer(204, null)];
  const { once } = newCall(
    none,
    async () => replies.shift(),
  );
  await assert.rejects(once("POST", "/x", {}), { code: "invalid_field", field: "name", status: 400 });
  assert.equal(await once("DELETE", "/x"), null);
  const { once: dead } = newCall(
    none,
    async () => {
      throw new Error("net");
    },
  );
  await assert.rejects(dead("GET", "/x"), { code: "offline" });
});

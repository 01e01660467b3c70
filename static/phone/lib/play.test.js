import test from "node:test";
import assert from "node:assert/strict";
import { Play } from "./play.js";
import { newStore } from "../../lib/store.js";

/** A server of two questions that knows what it has stored, and a network that can be cut before or after it. */
function county() {
  const stored = [];
  const network = { up: true, loseAnswers: 0, calls: [], bodies: [], clock: 0 };
  const question = (n) => ({
    id: "q" + n,
    position: n,
    kind: "single",
    stem: "?",
    options: [
      { id: "a", text: "" },
      { id: "b", text: "" },
    ],
    blanks: 0,
    topic: "",
    limit_ms: 45000,
    deadline: network.clock + 45000,
    load_ms: 10000,
  });
  let waits = false;
  const standing = () => ({
    server_time: 1,
    correct: stored.filter((r) => r.ok).length,
    score: 0,
    ticket: "t" + (stored.length + 1),
    attempt: {
      level: "home",
      questions: 2,
      feedback: network.feedback || "each",
      next: network.next || "timer",
      review_ms: 60000,
    },
    question: stored.length < 2 && !waits ? question(stored.length + 1) : null,
    result: stored.length < 2 ? null : { level: "home", passed: true },
  });
  async function api(method, path, body) {
    network.calls.push(method + " " + path);
    network.bodies.push(body);
    if (!network.up) throw { code: "offline", status: 0, retryMs: 0 };
    if (path.endsWith("/question")) waits = false;
    if (!path.endsWith("/responses")) return standing();
    const known = stored.find((r) => r.id === body.question);
    if (known && known.option !== body.options[0])
      throw { code: "already_answered", status: 409, detail: "", retryMs: 0 };
    if (network.late && body.options.length) throw { code: "answer_late", status: 409, retryMs: 0 };
    if (!known) {
      stored.push({ id: body.question, option: body.options[0], ok: body.options[0] === "a" });
      waits = body.next === false;
    }
    if (network.loseAnswers-- > 0) throw { code: "offline", status: 0, retryMs: 0 };
    return {
      ...standing(),
      repeated: !!known,
      verdict: { position: Number(body.question.slice(1)), correct: body.options[0] === "a" },
    };
  }
  const disk = new Map();
  const store = newStore(
    /** @type {any} */ ({
      getItem: (k) => disk.get(k),
      setItem: (k, v) => disk.set(k, v),
      removeItem: (k) => disk.delete(k),
    }),
  );
  const said = [];
  const phone = (pause = async () => {}) =>
    new Play({
      api,
      store,
      clock: { now: () => network.clock },
      pause,
      seen: network.seen,
      large: () => !!network.large,
      changed() {},
      tell: (t) => said.push(t),
      contest: "c",
      level: "home",
    });
  return { stored, network, phone, disk, said };
}
const a = () => ({ options: ["a"], blanks: [] });

test("a player answers every question and sees the result", async () => {
  const { phone, disk } = county();
  const play = phone();
  await play.open();
  for (let n = 1; n <= 2; n++) {
    assert.equal(play.state.question.id, "q" + n);
    play.choose(a);
    await play.submit();
    assert.equal(play.state.verdict.correct, true);
    await play.next();
  }
  assert.equal(play.state.phase, "finished");
  assert.equal(disk.size, 0, "nothing is left on the phone");
});

test("nothing is sent before something is chosen", async () => {
  const { phone, stored } = county();
  const play = phone();
  await play.open();
  await play.submit();
  assert.equal(stored.length, 0);
});

test("an answer whose reply was lost is sent again and stored once", async () => {
  const { phone, network, stored } = county();
  const play = phone();
  await play.open();
  network.loseAnswers = 2;
  play.choose(a);
  await play.submit();
  assert.equal(play.state.phase, "verdict");
  assert.equal(stored.length, 1);
});

test("an answer given without a network survives a reload and is sent then", async () => {
  const { phone, network, stored } = county();
  const before = phone(() => new Promise(() => {}));
  await before.open();
  network.up = false;
  before.choose(a);
  before.submit();
  await new Promise((r) => setTimeout(r));
  assert.equal(before.state.held, true);
  before.leave();
  network.up = true;
  const after = phone();
  await after.open();
  assert.equal(after.state.phase, "verdict");
  assert.equal(stored.length, 1);
  await after.next();
  assert.equal(after.state.question.id, "q2");
});

test("a reload without a network shows the question that is kept, whose answer is sent once there is one", async () => {
  const { phone, network, stored } = county();
  await phone().open();
  network.up = false;
  const after = phone(async () => void (network.up = true));
  await after.open();
  assert.deepEqual([after.state.phase, after.state.question.id], ["asking", "q1"]);
  after.choose(a);
  await after.submit();
  assert.equal(after.state.phase, "verdict");
  assert.equal(stored.length, 1);
});

test("a reload without a network and without a question says so", async () => {
  const { phone, network } = county();
  network.up = false;
  const play = phone();
  await play.open();
  assert.deepEqual([play.state.phase, play.state.problem.code], ["failed", "offline"]);
});

test("a reload after the verdict goes on with the next question", async () => {
  const { phone } = county();
  const before = phone();
  await before.open();
  before.choose(a);
  await before.submit();
  const after = phone();
  await after.open();
  assert.equal(after.state.question.id, "q2");
  assert.deepEqual(after.state.marks.slice(1), [true]);
});

test("a late answer is given as none, so the player can go on", async () => {
  const { phone, network, said } = county();
  const play = phone();
  await play.open();
  network.late = true;
  play.choose(a);
  await play.submit();
  assert.equal(play.state.phase, "verdict");
  assert.equal(play.state.verdict.correct, false);
  assert.equal(said.length, 1);
});

test("when the time is up an incomplete answer is sent as none", async () => {
  const { phone, stored } = county();
  const play = phone();
  await play.open();
  await play.submit(true);
  assert.equal(stored[0].option, undefined);
  assert.equal(play.state.timeUp, true);
});

test("an answer given on another phone moves this one to where the attempt stands", async () => {
  const { phone, stored } = county();
  const play = phone();
  await play.open();
  stored.push({ id: "q1", option: "b", ok: false });
  play.choose(a);
  await play.submit();
  assert.equal(play.state.question.id, "q2");
  assert.equal(stored.length, 1);
});

test("an order that is not whole is not sent, and counts as no answer when the time is up", async () => {
  const sent = [];
  const question = {
    id: "q1",
    position: 1,
    kind: "ordering",
    stem: "?",
    options: [{ id: "a" }, { id: "b" }],
    matches: [],
    blanks: 0,
    limit_ms: 0,
    deadline: 0,
  };
  const api = async (method, path, body) => {
    if (!path.endsWith("/responses")) return { ticket: "t1", question, attempt: { questions: 1 } };
    sent.push(body.options);
    return { verdict: { position: 1, correct: false }, result: {} };
  };
  const play = new Play({
    api,
    store: newStore(null),
    clock: { now: () => 0 },
    large: () => false,
    pause: async () => {},
    changed() {},
    tell() {},
    contest: "c",
    level: "home",
  });
  await play.open();
  play.choose(() => ({ options: ["b"], blanks: [] }));
  await play.submit();
  assert.deepEqual(sent, []);
  await play.submit(true);
  assert.deepEqual(sent, [[]]);
  assert.deepEqual(play.state.chosen.options, []);
});

test("where answers are shown later, the next question follows at once", async () => {
  const { phone, network } = county();
  network.feedback = "end";
  const play = phone();
  await play.open();
  play.choose(a);
  await play.submit();
  assert.equal(play.state.phase, "asking");
  assert.equal(play.state.question.id, "q2");
  assert.equal(play.state.marks[1], null, "nothing tells whether it was right");
  play.choose(a);
  await play.submit();
  assert.equal(play.state.phase, "finished");
});

test("the last answer is known as the last, however many questions are left", async () => {
  const { phone } = county();
  const play = phone();
  await play.open();
  play.choose(a);
  await play.submit();
  assert.equal(play.state.over, false);
  await play.next();
  play.choose(a);
  await play.submit();
  assert.equal(play.state.over, true);
});

test("the next question is asked for when the player goes on, and its time begins when it is there", async () => {
  const { phone, network } = county();
  const play = phone();
  await play.open();
  play.painted();
  assert.equal(play.left(), 45000);
  play.choose(a);
  await play.submit();
  assert.equal(network.bodies.at(-1).next, false);
  const asked = network.calls.length;
  network.clock = 75000; // reading
  assert.equal(network.calls.length, asked, "nothing is handed out that nobody asked for");
  assert.equal(play.rest(), 0);
  await play.next();
  assert.equal(play.state.question.id, "q2");
  network.clock += 4000; // its picture loads
  assert.equal(play.left(), 45000);
  play.painted();
  network.clock += 1000;
  assert.equal(play.left(), 44000);
  play.choose(a);
  await play.submit();
  assert.equal(network.bodies.at(-1).shown_ms, 4000);
});

test("a network slower than the bound takes the time of the player", async () => {
  const { phone, network } = county();
  const play = phone();
  await play.open();
  network.clock = 20000;
  assert.equal(play.left(), 45000 + 10000 - 1000 - 20000);
  play.painted();
  assert.equal(play.left(), 34000);
});

test("a reload in the middle of a question keeps its clock", async () => {
  const { phone, network } = county();
  const before = phone();
  await before.open();
  before.choose(a);
  await before.submit();
  await before.next();
  network.clock = 500;
  before.painted();
  network.clock = 10500;
  const after = phone();
  await after.open();
  after.painted();
  assert.equal(after.state.question.id, "q2");
  assert.equal(after.left(), 35000);
  after.choose(a);
  await after.submit();
  assert.equal(network.bodies.at(-1).shown_ms, 500);
});

test("the page stays as long as the contest says, or until the player goes on", async () => {
  for (const next of ["timer", "player"]) {
    const { phone, network } = county();
    network.next = next;
    const play = phone();
    await play.open();
    play.choose(a);
    await play.submit();
    network.clock = 20000;
    assert.equal(play.rest(), next === "timer" ? 40000 : null);
    await play.next();
    play.choose(a);
    await play.submit();
    assert.equal(play.rest(), null, "the result does not come by itself");
  }
});

test("without a network the page keeps the verdict, and turns when it is back", async () => {
  const { phone, network } = county();
  const waits = [];
  const play = phone(() => new Promise((done) => waits.push(done)));
  await play.open();
  play.choose(a);
  await play.submit();
  network.up = false;
  const turned = play.next();
  await new Promise((r) => setTimeout(r));
  assert.equal(play.state.phase, "turning");
  assert.equal(play.state.held, true);
  assert.equal(play.state.verdict.correct, true);
  network.up = true;
  waits.forEach((done) => done());
  await turned;
  assert.equal(play.state.question.id, "q2");
  assert.equal(play.state.held, false);
});

test("who plays in large type says so when the attempt begins", async () => {
  const { phone, network } = county();
  network.large = true;
  await phone().open();
  assert.deepEqual(network.bodies[0], { large: true, seen: undefined });
});

test("who has read the material of a level says so when the attempt begins", async () => {
  const { phone, network } = county();
  network.seen = "proof";
  await phone().open();
  assert.deepEqual(network.bodies[0], { large: false, seen: "proof" });
});

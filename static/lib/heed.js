// What a page does when very many call at once: the work that the server asks for, behind a spinner, or waiting a
// while, which it tells. It is fetched when it is first needed.
import "./heed.css";
import { problem as made } from "./api.js";
import { solve } from "./puzzle.js";

const quiet = 300; // milliseconds of work that nobody is told of
const longest = 60000; // milliseconds that a call waits by itself; a longer wait is told as a problem

/** @param {number} ms @returns {Promise<void>} */
const rest = (ms) => new Promise((done) => setTimeout(done, ms));

/**
 * Does what a problem asks for, so that the call can be sent again.
 * @param {import("./types").Problem} problem work_needed or too_many
 * @returns {Promise<Record<string, string>>} headers to send with it; rejects with the problem where it cannot
 */
export async function heed(problem) {
  if (problem.code === "work_needed") return work(problem);
  if (problem.retryMs > longest) throw made(problem);
  await wait(problem.retryMs * (1 + 0.2 * Math.random())); // a hall of phones must not return at once
  return {};
}

/** @param {import("./types").Problem} problem */
async function work(problem) {
  const asked = problem.work;
  if (!asked || asked.bits > 24) throw made(problem);
  let hide = () => {};
  const timer = setTimeout(() => {
    hide = show("人很多，正在为您排队", true).hide;
  }, quiet);
  try {
    const answer = await solve(asked, () => rest(0));
    return { "Aq-Work": asked.challenge + " " + answer };
  } finally {
    clearTimeout(timer);
    hide();
  }
}

/** @param {number} ms */
async function wait(ms) {
  const until = Date.now() + ms;
  const note = show("", false);
  try {
    for (let left = ms; left > 0; left = until - Date.now()) {
      note.say("现在人太多，" + Math.ceil(left / 1000) + " 秒后自动继续，请不要离开");
      await rest(Math.min(left, 1000));
    }
  } finally {
    note.hide();
  }
}

/** A line at the foot of the page. @param {string} text @param {boolean} spins */
function show(text, spins) {
  const line = document.createElement("p");
  line.className = spins ? "heed spins" : "heed";
  line.setAttribute("role", "status");
  const words = line.appendChild(document.createElement("span"));
  words.textContent = text;
  document.body.appendChild(line);
  return {
    /** @param {string} text */
    say: (text) => {
      words.textContent = text;
    },
    hide: () => {
      if (line.parentNode) line.parentNode.removeChild(line);
    },
  };
}

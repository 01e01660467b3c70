// The clock of the hall, and how long it is until what comes next.
import { html } from "../html.js";
import { useEffect, useState } from "../vendor/hooks.js";
import { time, when } from "../lib/format.js";
import { poll } from "../lib/poll.js";

/** @typedef {import("../lib/types").Contest} Contest */
/** @typedef {{title: string, state: string, at: number, source_at: number}} Drawing */

const day = 86400e3;
const far = 60 * day; // what is further away is a date and not a countdown
const every = 30000;

/** @param {number} n */
const two = (n) => String(n).padStart(2, "0");

/** How long that is: in days from two days on, before that to the second. @param {number} ms */
export function countdown(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  if (ms >= 2 * day) return Math.floor(ms / day) + " 天";
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/**
 * What comes next: the opening, a drawing of the same day or the next, the end.
 * @param {Contest} contest @param {Drawing[]} drawings @param {number} now
 * @returns {{name: string, at: number} | null}
 */
export function nextOf(contest, drawings, now) {
  if (contest.opens_at > now) return { name: "距开始", at: contest.opens_at };
  const draws = drawings
    .filter((d) => d.state !== "cancelled" && d.state !== "published")
    .map((d) => ({ name: "距" + d.title, at: d.source_at || d.at }))
    .filter((d) => d.at > now && d.at < now + 2 * day)
    .sort((a, b) => a.at - b.at);
  if (draws.length && (contest.closes_at <= now || draws[0].at < contest.closes_at)) return draws[0];
  return contest.closes_at > now ? { name: "距截止", at: contest.closes_at } : null;
}

/** @param {{api: (method: string, path: string) => Promise<any>, clock: {now(): number}, contest: Contest}} props */
export function HallClock({ api, clock, contest }) {
  const [now, setNow] = useState(() => clock.now());
  const [drawings, setDrawings] = useState(/** @type {Drawing[]} */ ([]));
  useEffect(() => {
    const timer = setInterval(() => setNow(clock.now()), 250);
    return () => clearInterval(timer);
  }, []);
  useEffect(
    () =>
      poll(
        async () => setDrawings((await api("GET", `/contests/${contest.slug}/drawings`)).drawings),
        every,
        () => {},
      ),
    [contest.slug],
  );
  const next = nextOf(contest, drawings, now);
  return html`<div class="band-clock">
    <b>${time(now).slice(0, 5)}</b>
    <p>
      ${!next || next.at - now > far ? when(contest, now)
        : html`<span>${next.name}</span> <i>${countdown(next.at - now)}</i>`}
    </p>
  </div>`;
}

// What the pages of a live quiz receive (schemas.d.ts, made from the API's description). Times are UTC milliseconds of
// the server.
type Made = import("../schemas").components["schemas"];

/** A room as everybody may see it. round counts every question asked, from 1; number the planned ones. */
export type Room = Made["LiveRoom"];
export type Phase = Room["phase"];
/** Options bear the letters A, B, C … in the order shown, the same for everybody. */
export type Question = Made["LiveQuestion"];
export type Kind = Question["kind"];
export type Bar = Made["LiveBar"];
/** right: ids of options, for an ordering in order. */
export type Reveal = Made["LiveReveal"];
export type Ranked = Made["LivePlaced"];
export type Team = Made["LiveTeam"];
export type Standings = Made["LiveStandings"];
export type Sealed = Made["LiveSealed"];

/** How a page hears of the room: not yet, at once, by asking, or not at all. */
export type Link = "connecting" | "live" | "polling" | "lost";

/** What a page gets that asks for the room. poll_ms: when to ask again. */
export interface Told { room: Room; poll_ms: number }

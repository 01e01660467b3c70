// What a live room tells a player (../lib/schemas.d.ts, made from the API's description), and what a phone makes of it.
// Times are UTC milliseconds of the server.
type Made = import("../lib/schemas").components["schemas"];

/** since_round: how many rounds had been asked when the player came. A push leaves out what has not changed. */
export type Me = Made["LiveMe"];
export type Answer = Made["LiveAnswer"];
export type Snapshot = Made["LiveSnapshot"];

/** An answer of this phone: on its way, waiting for the network, counted, too late, or refused for a reason. kept: an
 * answer before it counts. */
export interface Sent extends Answer {
  how: "sending" | "held" | "counted" | "late" | "refused"; lateMs: number; why: string; kept?: boolean;
}

/** What the server says of an answer. */
export interface Receipt {
  counted: boolean; repeated: boolean; revision: number; used_ms: number; late_ms: number; server_time: number;
}

// What a live room tells a player. Times are UTC milliseconds of the server.
import type { Choice } from "../lib/types";
import type { Team, Told } from "../lib/live/types";

export type { Link } from "../lib/live/types";

export interface Answer extends Choice { round: number; revision: number }

export interface Me {
  number: number; name: string; unit: string;
  /** How many rounds had been asked when the player came. */
  since_round: number;
  may_answer: boolean; watching: boolean; alive: boolean; out_round: number;
  /** Of round 0: none yet. A push leaves it out, as it does the name, the unit and the revival. */
  answer: Answer | null;
  result: { round: number; answered: boolean; correct: boolean; points: number; used_ms: number } | null;
  points: number; right: number; rank: number; of: number; team: Pick<Team, "rank" | "name" | "points"> | null;
  revival: { may: boolean; left: number } | null;
  removed: boolean; share_cents: number; share_points: number;
}

export interface Snapshot extends Told { me: Me | null }

/** What the server says of an answer. */
export interface Receipt {
  counted: boolean; repeated: boolean; revision: number; used_ms: number; late_ms: number; server_time: number;
}

/** An answer of this phone: on its way, waiting for the network, counted, too late, or refused for a reason. kept: an
 * answer before it counts. */
export interface Sent extends Answer {
  how: "sending" | "held" | "counted" | "late" | "refused"; lateMs: number; why: string; kept?: boolean;
}

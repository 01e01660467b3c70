// What the console of a live quiz receives. Times are UTC milliseconds of the server.
import type { Kind, Phase, Question, Room } from "../lib/live/types";

export type { Kind, Phase, Question, Room } from "../lib/live/types";

export type StepName =
  | "ready" | "open" | "pause" | "resume" | "extend" | "close" | "reveal" | "standings" | "skip" | "reopen" | "void"
  | "unvoid" | "rekey" | "help" | "revival" | "podium" | "confirm" | "reset" | "lock" | "unlock" | "delay" | "take"
  | "end";

export interface Planned { number: number; kind: Kind; stem: string }
/** A question that was asked. right: ids of options, the order of an ordering, one text a blank of a fill-in. */
export interface Past {
  round: number; number: number; kind: Kind; stem: string; options: { id: string; text: string }[]; right: string[];
  answered: number; correct: number; voided: boolean; rekeyed: boolean;
}

/** All that a host sees of a room. steps: what may be done now, the usual next one first; delay in seconds. */
export interface HostView {
  room: Room; steps: StepName[]; next: StepName | ""; question: Question | null; right: string[]; explanation: string;
  upcoming: Planned[]; past: Past[]; held: number; delay: number; rehearsal: boolean;
  nodes: { node: number; connected: number; held: number; late_ms: number; owner: boolean }[];
  networks: { network: string; members: number }[]; hosts: { me: boolean; name: string };
  log: { at: number; who: string; what: string }[];
}

export interface RoomLine {
  room: string; title: string; phase: Phase; plan: string; members: number; made_at: number; rehearsal: boolean;
}
export interface LiveList { plans: { key: string; title: string; starts_at: number }[]; rooms: RoomLine[] }

/** shown: the name as others see it. */
export interface RoomMember {
  number: number; name: string; shown: string; unit: string; state: "here" | "away" | "removed"; alive: boolean;
  points: number; network: string;
}
export interface MemberPage { members: RoomMember[]; total: number }

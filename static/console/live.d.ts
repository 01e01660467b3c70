// What the console of a live quiz receives (lib/schemas.d.ts, made from the API's description), and the shapes that are
// described within a reply. Times are UTC milliseconds of the server.
type Made = import("../lib/schemas").components["schemas"];

export type { Kind, Phase, Question, Room } from "../lib/live/types";

/** All that a host sees of a room. steps: what may be done now, the usual next one first. */
export type HostView = Omit<Made["LiveHost"], "next"> & { next: StepName | "" };
export type StepName = Made["LiveHost"]["steps"][number];
/** A question that was asked. right: ids of options, the order of an ordering. */
export type Past = Made["LivePast"];

export interface RoomLine {
  room: string; title: string; phase: Made["LiveRoom"]["phase"]; plan: string; members: number; made_at: number;
  rehearsal: boolean; confirmed: boolean;
}
export interface LiveList { plans: { key: string; title: string; starts_at: number }[]; rooms: RoomLine[] }

/** shown: the name as others see it. */
export interface RoomMember {
  number: number; name: string; shown: string; team: string; hidden: boolean; removed: boolean; robot: boolean;
  alive: boolean; points: number; rank: number; network: string;
}
export interface MemberPage { members: RoomMember[]; total: number }

// What the pages of a live quiz receive. Times are UTC milliseconds of the server.

export type Phase =
  | "lobby" | "ready" | "open" | "paused" | "closed" | "revealed" | "standings" | "podium" | "over";
export type Kind = "single" | "multiple" | "truefalse" | "fill" | "ordering";

/** Options bear the letters A, B, C … in the order shown, the same for everybody. */
export interface Question {
  round: number; kind: Kind; stem: string; image: string; options: { id: string; text: string }[]; blanks: number;
  topic: string;
}
export interface Bar { id: string; count: number }
/** right: ids of options, for an ordering in order. */
export interface Reveal {
  right: string[]; blanks: string[]; explanation: string; source: string; bars: Bar[]; answered: number;
  correct: number;
}
export interface Ranked { number: number; rank: number; name: string; points: number; right: number }
export interface Team { rank: number; name: string; points: number; players: number }
export interface Standings { top: Ranked[]; teams?: Team[] }
/** A question that nobody can read before the key comes: AES-256-GCM of its JSON, in base64. */
export interface Sealed { round: number; iv: string; data: string }

/** How a page hears of the room: not yet, at once, by asking, or not at all. */
export type Link = "connecting" | "live" | "polling" | "lost";

/** What a page gets that asks for the room. poll_ms: when to ask again. */
export interface Told { room: Room; poll_ms: number }

/** A room as everybody may see it. round counts every question asked, from 1; number the planned ones. */
export interface Room {
  room: string; contest: string; seq: number; server_time: number; title: string; mode: "points" | "elimination";
  code: string; locked: boolean; phase: Phase; kind: "normal" | "revival"; warmup: boolean; round: number;
  number: number; questions: number; members: number; connected: number; alive: number; answered: number;
  opens_at: number; closes_at: number; limit_ms: number; change: boolean; starts_at: number; runs: "host" | "clock";
  sealed?: Sealed; key?: string; question?: Question; reveal?: Reveal; standings?: Standings; help?: { bars: Bar[] };
  host: { name: string; here: boolean }; voided: number[]; message: string; rehearsal?: boolean;
  /** Who joined last, for the big screen in the lobby. */
  newest?: { number: number; name: string }[];
}

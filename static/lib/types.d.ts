// What the pages for players call the replies of the API (schemas.d.ts, made from its description), and the few shapes
// that are the pages' own. Times are UTC milliseconds of the server.
type Made = import("./schemas").components["schemas"];

export type Board = Made["Board"];
export type Contest = Made["Contest"];
export type Asks = Made["Asks"];
export type Field = Asks["fields"][number];
export type Gains = Made["Gains"];
export type Named = { key: string; title: string };
/** What can bring a player something. */
export type Deed = Gains["earnings"][number]["for"];
export type Earned = Made["Earned"];
export type Level = Made["Level"];
/** children: whether it has units below it, where units are listed. */
export type Unit = Made["Unit"] & { children?: boolean };
export type Me = Made["Me"];
export type Certificate = Me["certificates"][number];
export type Told = Made["Told"];
/** A way to prove who one is. */
export type Door = { kind: "phone" | "wechat" | "account" | "staff"; title: string; provider?: string };
/** How a contest proves persons, for what, and by what this one is proven. */
export type Proof = { doors: Door[]; needed_for: string[]; proven: { kind: string; hint: string }[] };
export type Home = Made["Home"] & { proof?: Proof };
export type Offers = Made["Offers"];
/** A room of a live quiz that is on. */
export interface LiveRoom {
  room: string; title: string; phase: import("./live/types").Phase; starts_at: number; members: number; mine: boolean;
}
/** A contest in a list to choose from. */
export type ContestLine = Made["ContestLine"];

/** What a player answers: options for a choice, all of them in order for an ordering, the match of each in turn for a
 * matching ("" while it has none); blanks for a fill-in. Both empty: no answer. */
export type Choice = Required<Made["Choice"]>;
export type Option = Made["Option"];
export type Question = Made["Question"];
export type Verdict = Made["Verdict"];
export type Result = Made["Result"];
export type Whole = Made["Whole"];
export type Review = Made["Review"];
export type Material = Made["Material"];
export type ToldMaterial = Made["ToldMaterial"];
export type Attempt = Made["Attempt"];
/** Where an attempt stands: the answer to opening it, looking at it, and (with a verdict) answering in it. */
export type Standing = Omit<Made["Step"], "resumed" | "attempt" | "result"> &
  Partial<Pick<Made["Step"], "resumed" | "attempt" | "result"> & Pick<Made["RespondReply"], "verdict" | "repeated">>;
export type Entry = Made["Place"];
export type BoardPage = Made["BoardPage"];
export type Mistake = Made["Mistake"];

/** What is kept about a player beside the answers. */
export interface Held {
  nickname: string; unit: Unit | null; unit_name?: string; division: string; joined_at: number; attempts: number;
  signed_as?: string; told: Told[]; kept_until: number;
}

/** A call that did not succeed: the server's problem details, or code "offline" when nothing came back. */
export interface Problem {
  code: string; status: number; detail: string; field: string; retryMs: number;
  /** Slug of the contest that it leads to, where that is not the one that was asked. */
  contest?: string;
  /** What is to be solved before the same call is sent again. */
  work?: { challenge: string; bits: number; answers: number };
}

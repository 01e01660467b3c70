// The player API (api/v1) as the phone page reads it. Times are UTC milliseconds of the server.
export interface Board { key: string; title: string; subject: "player" | "unit"; measure: string; daily: boolean }
export interface Contest {
  slug: string; title: string; subtitle: string; organizer: string; contact: string;
  opens_at: number; closes_at: number; phase: "upcoming" | "open" | "closed";
  rules: string[]; unit_label: string; units: boolean; boards: Board[];
  pledge?: string; // title
}
export interface Level {
  key: string; title: string; place: string; summary: string; questions: number; pass: number; full_score: number;
  question_ms: number; tries_per_day: number; state: "locked" | "open" | "passed"; locked_reason: string;
  best_score: number; stars: number; tries_left: number; under_way: boolean;
}
export interface Unit { id: string; name: string; path: string; children?: boolean }
export interface Me {
  nickname: string; unit: Unit | null; score: number; passed_levels: number; mistakes: number; unit_fixed: boolean;
}
/** What is kept about a player beside the answers. */
export interface Held { nickname: string; unit: Unit | null; joined_at: number; attempts: number; signed_as?: string }
export interface Home { server_time: number; contest: Contest; levels: Level[]; me: Me | null }

/** What a player answers: options for a choice, all of them in order for an ordering, the match of each in turn for a
 * matching ("" while it has none); blanks for a fill-in. Both empty: no answer. */
export interface Choice { options: string[]; blanks: string[] }
export interface Option { id: string; text: string }
export interface Question {
  id: string; position: number; kind: "single" | "multiple" | "truefalse" | "fill" | "ordering" | "matching"; stem: string; image: string;
  options: Option[]; matches: Option[]; blanks: number; topic: string; limit_ms: number; deadline: number;
}
export interface Verdict {
  position: number; correct: boolean; score: number; right: Partial<Choice> | null; explanation: string; source: string;
}
export interface Result {
  level: string; title: string; passed: boolean; correct: number; questions: number; pass: number; score: number;
  full_score: number; best: boolean; used_ms: number; stars: number; unlocked: { key: string; title: string }[];
  tries_left: number; finished_at: number;
}
export interface Attempt {
  level: string; title: string; questions: number; pass: number; started_at: number; deadline: number;
}
/** Where an attempt stands: the answer to opening it, looking at it, and (with a verdict) answering in it. */
export interface Standing {
  server_time: number; resumed?: boolean; attempt?: Attempt; correct: number; score: number; ticket: string;
  question: Question | null; result?: Result | null; verdict?: Verdict; repeated?: boolean;
}
export interface Entry { rank: number; name: string; unit: string; score: number; me: boolean }
export interface BoardPage {
  server_time: number; title: string; subject: "player" | "unit"; measure: string; day: string; total: number;
  late: boolean; entries: Entry[]; me: { rank: number; score: number; around: Entry[] } | null;
}
export interface Mistake {
  kind: Question["kind"]; stem: string; image: string; options: Option[]; matches: Option[]; blanks: number; right: Partial<Choice>;
  chosen: Partial<Choice>; explanation: string; source: string; topic: string; times: number;
}

/** A call that did not succeed: the server's problem details, or code "offline" when nothing came back. */
export interface Problem { code: string; status: number; detail: string; field: string; retryMs: number }

// The player API (api/v1) as the phone page reads it. Times are UTC milliseconds of the server.
export interface Board { key: string; title: string; subject: "player" | "unit"; measure: string; daily: boolean }
export interface Contest {
  slug: string; title: string; subtitle: string; organizer: string; contact: string;
  opens_at: number; closes_at: number; phase: "upcoming" | "training" | "open" | "closed";
  rules: string[]; unit_label: string; unit_typed?: boolean; units: boolean; boards: Board[];
  asks: Asks; gains: Gains; training: { opens_at: number; closes_at: number } | null;
  pledge?: string; // title
  rehearsal?: boolean; // nothing in it counts
}
/** What is asked of everybody who plays, beside the nickname. */
export interface Asks {
  unit_required: boolean; divisions: Named[]; fields: Field[]; consent: { version: string; text: string };
}
export interface Field {
  key: string; label: string; kind: "name" | "phone" | "address" | "id" | "text"; when: "start" | "earn"; required: boolean; why: string;
}
export interface Named { key: string; title: string }
export type Deed = "attempt" | "checkin" | "share" | "invite" | "pledge";
export interface Gains {
  earnings: { for: Deed; text: string }[]; cards: Named[]; points: boolean; draws: boolean; shop: boolean; prizes: boolean;
}
/** What was given for a deed or an attempt; card is its title. */
export interface Earned { kind: "points" | "chance" | "try" | "card"; amount: number; card?: string }
export interface Certificate { key: string; title: string; text: string }
/** locked_reason is empty where the level may be played; tries_left 9999 stands for no bound, and tries_text says it. */
export interface Level {
  key: string; title: string; place: string; summary: string; questions: number; pass: number; full_score: number;
  question_ms: number; tries_per_day: number; notes: string[]; state: "locked" | "open" | "passed"; locked_reason: string;
  best_score: number; stars: number; tries_left: number; tries_text: string; revive: Deed | ""; under_way: boolean; foreign: boolean;
}
export interface Unit { id: string; name: string; path: string; children?: boolean }
export interface Me {
  nickname: string; unit: Unit | null; unit_name?: string; score: number; passed_levels: number;
  unit_fixed: boolean; unit_changes: number; division: string; division_fixed: boolean;
  filled: string[]; missing_start: string[]; missing_earn: string[];
  points: number; chances: number; cards: string[]; checked_in: boolean; limits: string[]; certificates: Certificate[];
  awards?: { count: number; until: number }; // that wait to be claimed or fetched; until 0: none lapses
  decision?: "standing" | "undone";
}
/** What is kept about a player beside the answers. */
export interface Held {
  nickname: string; unit: Unit | null; unit_name?: string; division: string; joined_at: number; attempts: number; signed_as?: string;
  told: Told[]; kept_until: number;
}
export interface Told { key: string; label: string; value: string }
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
  position: number; correct: boolean | null; score: number | null; right: Partial<Choice> | null; explanation: string; source: string;
}
export interface Result {
  level: string; title: string; passed: boolean; correct: number; questions: number; pass: number; score: number;
  full_score: number; best: boolean; used_ms: number; stars: number; unlocked: { key: string; title: string }[];
  tries_left: number; finished_at: number; tries_text: string; revive: Deed | ""; training: boolean; goal: number;
  retry: "all" | "wrong"; earned: Earned[];
}
export interface Attempt {
  level: string; title: string; questions: number; pass: number; started_at: number; deadline: number;
  training: boolean; feedback: "each" | "end" | "none"; ends_wrong: number; ends_leave: boolean; goal: number; back: number;
  streak_length: number; streak_score: number; kept: number;
}
/** Where an attempt stands: the answer to opening it, looking at it, and (with a verdict) answering in it. */
export interface Standing {
  server_time: number; resumed?: boolean; attempt?: Attempt; correct: number | null; score: number | null; steps: number | null; streak: number | null; wrong: number | null; ticket: string;
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

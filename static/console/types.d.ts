// The staff API (api/v1/console) as the console reads it. Times are UTC milliseconds of the server.
export type Permission = "console.view" | "bank.edit" | "staff.manage" | "audit.read" | "channel.edit" | "names.hide" | "unit.edit" | "prize.manage" | "prize.handout" | "winners.see" | "conduct.judge" | "contest.edit";
export interface Member { id: string; login: string; name: string; role: string; role_name: string; disabled: boolean; permissions: Permission[] }

export type Kind = "single" | "multiple" | "truefalse" | "fill" | "ordering" | "matching";
export interface Source { title: string; article?: string; version?: string; effective?: string }
/** A question in the schema anquanda-bank/1. */
export interface Question {
  id: string; kind: Kind; stem: string; image?: string; options?: string[]; matches?: string[];
  answer: string | boolean | string[][] | null; tolerance?: number[]; explanation?: string; source?: Source;
  topics?: string[]; difficulty?: number; audience?: string[]; score?: number;
}

export interface BankInfo { name: string; version: number; questions: number; note: string; created_at: number }
export interface Cell { topic: string; kind: Kind; difficulty: number; questions: number }
export interface BankPage {
  name: string; version: number; questions: number; versions: BankInfo[]; coverage: Cell[]; kinds: { kind: Kind; name: string }[];
}
export interface Difference { added: string[]; changed: string[]; removed: string[] }
export interface Compared { difference: Difference; before: Record<string, Question>; after: Record<string, Question> }

export interface FileProblem {
  file?: string; sheet?: string; line: number; cell: string; question: number; code: string; message: string;
  severity: "error" | "warning"; text?: string;
}
export interface CodeCount { code: string; title: string; severity: "error" | "warning"; rows: number }
export interface Draft {
  id: string; file: string; format: string; encoding: string; state: "ready" | "unreadable" | "imported"; staff: string;
  created_at: number; found: number; accepted: number; rejected: number; warned: number; codes: CodeCount[]; problems: FileProblem[];
}
export interface DraftLine { id: string; file: string; state: Draft["state"]; staff: string; created_at: number }
export interface Row { ordinal: number; line: number; accepted: boolean; question: Question; problems: FileProblem[] }

export interface Preview {
  attempts: number; players: number; up: number; down: number; passes_won: number; passes_lost: number;
  examples: { contest: string; level: string; score_before: number; score_after: number; passed_before: boolean; passed_after: boolean }[];
}
export interface Reported {
  bank: string; question: string; reports: number; newest: number; present: Question | null;
  notes: { reason: string; note: string; created_at: number }[];
}
export interface LogEntry { seq: number; at: number; name: string; action: string; subject: string; detail: string }

export interface ContestDifference { section: string; gone: string[]; come: string[] }
export interface ContestChange { version: number; at: number; reason: string; differences: ContestDifference[] }
export interface Rehearsal { slug: string; players: number; attempts: number }
export interface ContestLine {
  slug: string; title: string; organizer: string; phase: "upcoming" | "training" | "open" | "closed"; opens_at: number; closes_at: number;
  version: number; players: number; rehearsal: Rehearsal | null;
}
export interface ContestPage { contest: ContestLine; text: string; changes: ContestChange[] }
export interface ContestFinding { line: number; path: string; place: string; message: string }
export interface ContestConcern extends ContestFinding { code: string; severity: "warning" | "serious"; rule: string; accepted: { by: string; why: string } | null }
export interface ContestFigures {
  players: number; levels: { key: string; title: string; today: number; all: number; under_way: number }[];
  earnings: { key: string; players: number; times: number }[];
}
/** What a change does to the contest that is stored. */
export interface ContestComparison {
  version: number; differences: ContestDifference[]; consequences: { path: string; message: string; grave: boolean }[]; figures: ContestFigures | null;
}
export interface ContestCheck {
  slug: string; values: any; findings: ContestFinding[]; concerns: ContestConcern[]; rules: { title: string; lines: string[] }[];
  preview: { title: string; subtitle: string; organizer: string; opens_at: number; closes_at: number; levels: import("../lib/types").Level[] } | null;
  stored: ContestComparison | null;
}
export interface ContestExample { name: string; title: string; levels: number; boards: number; pools: number; drawings: number; earnings: number; text: string }

/** A call that did not succeed; see phone/types. */
export interface Problem { code: string; status: number; detail: string; field: string; retryMs: number }
export type Call = (method: string, path: string, body?: object) => Promise<any>;

/** What every page of the console works with. */
export interface Desk {
  call: Call; me: Member; may(permission: Permission): boolean;
  /** Says something short for a few seconds. */
  tell(text: string): void;
}

// The staff API (api/v1/console) as the console reads it. Times are UTC milliseconds of the server.
export type Permission = "console.view" | "bank.edit" | "staff.manage" | "audit.read" | "channel.edit" | "names.hide" | "unit.edit" | "prize.manage" | "prize.handout" | "winners.see";
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

/** A call that did not succeed; see phone/types. */
export interface Problem { code: string; status: number; detail: string; field: string; retryMs: number }
export type Call = (method: string, path: string, body?: object) => Promise<any>;

/** What every page of the console works with. */
export interface Desk {
  call: Call; me: Member; may(permission: Permission): boolean;
  /** Says something short for a few seconds. */
  tell(text: string): void;
}

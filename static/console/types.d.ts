// What the console calls the replies of the API (lib/schemas.d.ts, made from its description), and the shapes that are
// the console's own or are described within a reply. Times are UTC milliseconds of the server.
type Made = import("../lib/schemas").components["schemas"];

export type { Problem } from "../lib/types";
export type Member = Made["Member"];
export type Permission = Member["permissions"][number];

export type Kind = Made["BankKind"];
/** A question in the schema anquanda-bank/1; a draft's may lack its answer. */
export type Question = Omit<Made["BankQuestion"], "id" | "answer"> & {
  id: string; answer: Made["BankQuestion"]["answer"] | null;
};
export type Source = NonNullable<Question["source"]>;

export type BankInfo = Made["BankVersion"];
export type BankAgeing = Made["BankAgeing"];
export interface Cell { topic: string; kind: Kind; difficulty: number; questions: number }
export interface BankPage {
  name: string; title: string; version: number; questions: number; no_audience: number; versions: BankInfo[];
  coverage: Cell[];
  kinds: { kind: Kind; name: string }[];
}
export type Difference = Made["Difference"];
export interface Compared { difference: Difference; before: Record<string, Question>; after: Record<string, Question> }

export type FileProblem = Made["Finding"];
export interface CodeCount { code: string; title: string; severity: "error" | "warning"; rows: number }
export type Draft = Made["Draft"];
export interface DraftLine { id: string; file: string; state: Draft["state"]; staff: string; created_at: number }
export type Row = Omit<Made["DraftRow"], "question"> & { question: Question };

export interface Preview {
  attempts: number; players: number; up: number; down: number; passes_won: number; passes_lost: number;
  examples: {
    contest: string; level: string; score_before: number; score_after: number; passed_before: boolean;
    passed_after: boolean;
  }[];
}
export interface Reported {
  bank: string; title: string; question: string; reports: number; newest: number; present: Question | null;
  notes: { reason: string; note: string; created_at: number }[];
}
export interface LogEntry {
  seq: number; at: number; staff: string; login: string; name: string; action: string; subject: string; detail: string;
}

export type PublicName = Made["PublicName"];

export type ContestDifference = Made["ContestDifference"];
export type ContestChange = Made["ContestChange"];
export type Rehearsal = Made["DeskRehearsal"];
export type ContestLine = Made["DeskContest"];
/** A contest that the console can be of, a rehearsal beside what it rehearses. */
export type Choice = Made["ContestLine"];
export interface ContestPage { contest: ContestLine; text: string; changes: ContestChange[] }
export type ContestFinding = ContestCheck["findings"][number];
export type ContestConcern = ContestCheck["concerns"][number];
export type ContestFigures = NonNullable<ContestComparison["figures"]>;
/** What a change does to the contest that is stored. */
export type ContestComparison = Made["ContestComparison"];
export type ContestCheck = Omit<Made["ContestCheck"], "values"> & { values: any };
export type ContestForm = Made["ContestForm"];
export type ContestDraft = Made["ContestDraft"];
export type ContestDraftPage = Made["ContestDraftPage"];
export type DraftLink = Made["DraftLink"];
export interface ContestExample {
  name: string; title: string; levels: number; boards: number; pools: number; drawings: number; earnings: number;
  text: string;
}

/** alone: the page asks by itself, which keeps no session alive. */
export type Call = (method: string, path: string, body?: object, alone?: boolean) => Promise<any>;
export type Standing = Made["StaffSession"]["standing"];
export type OwnAccount = Made["OwnAccount"];

/** What every page of the console works with. */
export interface Desk {
  call: Call; me: Member; may(permission: Permission): boolean;
  /** Says something short for a few seconds. */
  tell(text: string): void;
  /** Where phones reach the pages, for links and codes. */
  origin: string;
  /** Asks anew which contests there are, after one was published or rehearsed. */
  contestsChanged(): Promise<void>;
  /** Asks anew who is signed in, after the account was changed. */
  accountChanged(): void;
}

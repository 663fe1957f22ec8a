// What the ledger answers.
import type { Status, Verdict } from "../verdict/types";

export interface Entry {
  id: string;
  name: string | null;
  status: Status;
  at_worst: Status;
  at_best: Status;
  as_of: string | null;
  recorded_at: string;
  by: string | null;
  design_digest: string;
  verdict_digest: string;
  pruned: boolean;
}

export interface Evaluation extends Entry {
  engine: string;
  design: string;
  design_media_type: string;
  packs: { pack: string; version: string; digest: string }[];
  only: string[] | null;
  verdict: Verdict;
}

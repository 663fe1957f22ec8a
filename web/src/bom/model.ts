// A judged bill as the service answers it, and what a line of it says in which column.
import type { Citation, Verdict } from "../verdict/types";

export interface Recognised {
  type: string | null;
  kind: string;
  by: string;
  title: string;
}

export interface Line {
  sheet: string | null;
  line: number;
  kind: string;
  text: Record<string, string>;
  quantity: number | null;
  group: string | null;
  recognised: Recognised | null;
  subjects: string[];
  status: string;
  reasons: string[];
  nearest: string[];
  citations: Citation[];
}

export interface Statement {
  about: string;
  status: string;
  reasons: string[];
  citations: Citation[];
  lines: string[];
}

export interface Header {
  sheet: string | null;
  line: number;
  columns: string[];
  roles: Record<string, string>;
}

export interface JudgedBill {
  bom: {
    file: string;
    format: string;
    sheets: string[];
    headers: Header[];
    statuses: Record<string, number>;
    design: string | null;
    allows: Statement[];
    forbids: Statement[];
    cannot_tell: Statement[];
    warnings: { code: string; message: string; hint: string; line: number }[];
    implied: Record<string, unknown>;
  };
  lines: Line[];
  design: Verdict;
}

export interface Cells {
  part: string;
  description: string;
  vendor: string;
}

/** What stands in the columns that say what a line is, by the header above it. */
export function cellsOf(line: Line, headers: readonly Header[]): Cells {
  const header = headers.filter((each) => each.sheet === line.sheet && each.line < line.line).at(-1) ?? headers[0];
  const cells: Cells = { part: "", description: "", vendor: "" };
  for (const [column, role] of Object.entries(header?.roles ?? {})) {
    if (role === "part" || role === "description" || role === "vendor") cells[role] = (line.text[column] ?? "").trim();
  }
  if (!cells.part && !cells.description) cells.description = Object.values(line.text).join(" ").trim();
  return cells;
}

/** How a line is named to people, as the service names it. */
export function placeOf(line: Line): string {
  return line.sheet ? `${line.sheet}, line ${line.line}` : `line ${line.line}`;
}

/** In which order lines are looked at: what nobody recognised, then the worst first; headings and subtotals last. */
export const urgency = ["unrecognised", "unsupported", "limited", "undetermined", "conditional", "not_covered", "supported", "no_item"];

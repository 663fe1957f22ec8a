// What becomes of files that are dropped or chosen: designs go into the workbench, several as one; a spreadsheet is a bill.
import { signal } from "@preact/signals";
import { fetchShapes, shapes } from "../design/shapes";
import { replace } from "../examples/begin";
import { go } from "../route";
import { chosen } from "../state";
import { joined } from "./joining";
import { designIn, Unfit } from "./reading";

/** What is said of the files that were opened last. */
export const told = signal<{ words: string; wrong: boolean } | null>(null);

export const designs = ".yaml,.yml,.json,.toml";

const bill = /\.(xlsx|xlsm|xls|ods|csv|tsv|md)$/i;
const long = 6000;

let quiet: ReturnType<typeof setTimeout> | undefined;

function tell(words: string, wrong: boolean): void {
  clearTimeout(quiet);
  told.value = { words, wrong };
  if (!wrong) quiet = setTimeout(() => { told.value = null; }, long);
}

/** Opens them. That they could not be opened is told, not raised. */
export async function openFiles(files: readonly File[]): Promise<void> {
  const [first] = files;
  if (!first) return;
  told.value = null;
  try {
    if (files.some((each) => bill.test(each.name))) {
      if (files.length > 1) throw new Unfit("One bill of materials at a time, and no design with it: nothing was opened.");
      const { take } = await import("../bom/sent");
      take(first);
      go("bom");
      return;
    }
    const taken = await replace(async () => ({ text: await designOf(files) }));
    const what = files.length === 1 ? `“${first.name}”` : `${files.length} files as one design`;
    if (taken) {
      chosen.value = null;
      tell(`Opened ${what}. Undo brings back what was there.`, false);
    } else {
      tell(`What you wrote meanwhile stays: ${what} not opened.`, true);
    }
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    tell(error.message, true);
  }
}

async function designOf(files: readonly File[]): Promise<string> {
  const parts = await Promise.all(files.map(async (file) => ({ name: file.name, text: await designIn(file) })));
  const [only] = parts;
  if (only && parts.length === 1) return only.text;
  await fetchShapes();
  if (!shapes.value) throw new Unfit("The service does not answer, and without it several files cannot be joined.");
  return joined(parts, new Set(shapes.value.sections.map((each) => each.name)));
}

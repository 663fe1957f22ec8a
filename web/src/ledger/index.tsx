// The ledger: what was judged, one evaluation of it, and two of them compared.
import { route } from "../route";
import { ComparePage } from "./compared";
import { EntryPage } from "./entry";
import { EntryList } from "./list";

export function LedgerView() {
  const [first = "", one = "", other = ""] = route.value.rest;
  return (
    <div class="ledger">
      {first === "compare" ? <ComparePage one={one} other={other} /> : first ? <EntryPage id={first} /> : <EntryList />}
    </div>
  );
}

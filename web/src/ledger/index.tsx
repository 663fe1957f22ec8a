export function LedgerView() {
  return <p class="soft">This view is being built.</p>;
}

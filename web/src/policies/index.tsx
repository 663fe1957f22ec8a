export function Policies() {
  return <p class="soft">This view is being built.</p>;
}

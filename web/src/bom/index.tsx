export function Bom() {
  return <p class="soft">This view is being built.</p>;
}

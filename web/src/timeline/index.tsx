export function Timeline() {
  return <p class="soft">This view is being built.</p>;
}

export function Picture() {
  return <p class="soft">This view is being built.</p>;
}

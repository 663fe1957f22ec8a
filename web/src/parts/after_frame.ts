// What need not be in the next frame is done when that has been drawn.

/** Does it after the next frame; the answer, called before, calls it off. In a page that nobody sees there is no frame, and it
 * is done when there is one again. */
export function afterFrame(does: () => void): () => void {
  let called = false;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    if (!called) does();
  };
  requestAnimationFrame(() => port2.postMessage(null));
  return () => {
    called = true;
  };
}

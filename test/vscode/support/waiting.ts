/** Whether what is waited for came about before the wait's own timeout. */
export function withinTime(waiting: Promise<unknown>): Promise<boolean> {
  return waiting.then(
    () => true,
    () => false,
  );
}

/** A guest cannot be had, or has stopped. The message is a sentence for people. */
export class GuestError extends Error {
  override readonly name = 'GuestError';
}

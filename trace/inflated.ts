/**
 * Traces repeat themselves: the largest recordings shrink to a hundredth. A file that grows more than this is made to
 * fill memory; deflate's own limit is 1032.
 */
const MOST_GROWTH = 400;
/** Bytes from which on that counts: little files may well be all of one kind. */
const HARMLESS = 64 * 2 ** 20;

type Inflate = (packed: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/** Unpacks, and gives up on what grows out of all proportion. @throws Error that says so */
export async function* inflated(
  packed: AsyncIterable<Uint8Array>,
  inflate: Inflate,
): AsyncGenerator<Uint8Array, void> {
  let taken = 0;
  async function* counted(): AsyncGenerator<Uint8Array, void> {
    for await (const bytes of packed) {
      taken += bytes.length;
      yield bytes;
    }
  }
  let given = 0;
  for await (const bytes of inflate(counted())) {
    given += bytes.length;
    if (given > HARMLESS && given > taken * MOST_GROWTH) {
      throw new Error(
        `unpacked it is more than ${MOST_GROWTH} times as large as packed, which no trace is`,
      );
    }
    yield bytes;
  }
}

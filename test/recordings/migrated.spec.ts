import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { type OpenedTrace, RecordKind } from '../../trace/index.ts';
import { aloneOnHost, GuestOnHost, sharedHost } from '../support/shared-host.ts';
import { openSample } from './open-sample.ts';

const ID = 2;
const GGTT_OFFSET = 0x800000;

/** The guest on another host of equal layout, with its memory; `how` moves the rest. */
type Move = (guest: GuestOnHost) => GuestOnHost;

const bySnapshot: Move = (guest) => {
  const there = new GuestOnHost(sharedHost(), ID, guest.trace);
  there.device.restore(guest.device.save());
  return there;
};

const byImage: Move = (guest) => {
  const image = guest.host.saveImage(ID);
  assert.ok(image instanceof Uint8Array);
  const there = new GuestOnHost(sharedHost(), ID, guest.trace);
  there.device.vgpu.core.memory.restore(guest.device.vgpu.core.memory.save());
  assert.equal(there.host.loadImage(ID, image), undefined);
  return there;
};

/** A moment: so many records, and events of the next one. */
interface Place {
  readonly record: number;
  readonly event: number;
}

/** Its answers and its state at the end, with moves in between. */
function travelled(trace: OpenedTrace, places: readonly Place[], move: Move) {
  let guest = new GuestOnHost(sharedHost(), ID, trace);
  const answers: number[] = [];
  let different = 0;
  for (const { record, event } of [...places].sort((a, b) => a.record - b.record)) {
    if (guest.replayer.position <= record) guest.replayer.advance(record, event);
    const there = move(guest);
    assert.equal(there.device.hash(), guest.device.hash(), `at ${record}+${event}`);
    there.replayer.moveTo(guest.replayer.moment, guest.replayer.applied);
    answers.push(...guest.answers);
    different += guest.different;
    guest = there;
  }
  guest.go(trace.store.length);
  assert.equal(different + guest.different, 0);
  return { answers: [...answers, ...guest.answers], hash: guest.hash };
}

describe('§12.5: a guest that moves to another host of equal layout does not notice', () => {
  let trace: OpenedTrace;
  let alone: GuestOnHost;
  /** Records behind the first half of a GGTT entry. */
  let halves: readonly number[];

  before(async () => {
    trace = await openSample('two-guests-second.vgpu.gz');
    alone = aloneOnHost(ID, trace);
    const { store } = trace;
    const { mappableBase, mappableSize, hiddenBase, hiddenSize } =
      alone.device.vgpu.core.config.partition;
    const isOwn = (record: number) => {
      const address = ((store.offset(record) - GGTT_OFFSET) >>> 3) * 4096;
      const low = address >= mappableBase && address < mappableBase + mappableSize;
      return low || (address >= hiddenBase && address < hiddenBase + hiddenSize);
    };
    halves = Array.from({ length: store.length }, (_, record) => record).filter(
      (record) =>
        store.kind(record) === RecordKind.write &&
        isOwn(record) &&
        store.offset(record) % 8 === 0 &&
        store.offset(record) === store.offset(record + 1) - 4,
    );
  });

  const assertUnnoticed = (places: readonly Place[], move: Move) => {
    const { answers, hash } = travelled(trace, places, move);
    // No difference is printed: it would be of tens of thousands of lines.
    assert.ok(isDeepStrictEqual(answers, alone.answers), 'the answers');
    assert.equal(hash, alone.hash);
  };

  for (const [name, move] of [
    ['snapshot', bySnapshot],
    ['image', byImage],
  ] as const) {
    test(`by ${name}, whenever, also in the middle of an engine's work`, () => {
      const place = fc.record({ record: fc.nat(trace.store.length - 2), event: fc.nat(6) });
      const places = fc.array(place, { minLength: 1, maxLength: 4 });
      fc.assert(
        fc.property(places, (moves) => assertUnnoticed(moves, move)),
        { numRuns: 6 },
      );
    });

    test(`by ${name}, between the two halves of an entry`, () => {
      assert.ok(halves.length > 20, `${halves.length} entries are written by halves`);
      const some = fc.sample(fc.constantFrom(...halves), { numRuns: 12, seed: 1 });
      const waiting = some.map((half) => ({ record: half + 1, event: 0 }));
      assertUnnoticed(waiting, (guest) => {
        assert.ok(guest.device.vgpu.core.state.ggttHalves.index >= 0, 'a half waits');
        return move(guest);
      });
    });
  }
});

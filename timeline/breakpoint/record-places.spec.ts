import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RecordKind, Space, type TraceStore } from '../../trace/index.ts';
import type { DataTarget } from '../data-target.ts';
import type { AccessFilter } from '../session.ts';
import { traceOf } from '../testing/traces.ts';
import type { ArmedBreakpoint } from './armed-breakpoint.ts';
import { RecordPlaces } from './record-places.ts';
import { WatchedTarget } from './watched-target.ts';

const hex = (number: number, digits: number) => number.toString(16).padStart(digits, '0');
/** Registers, a place between them and the entries, entries. */
const OFFSETS = [0x2030, 0x2034, 0x3000, 0xc5010, 0x1ffffc, 0x234560, 0x800008, 0x80000c, 0x801000];
const offset = fc.oneof(
  fc.constantFrom(...OFFSETS),
  fc.nat(200).map((dword) => 0x2000 + dword * 4),
);
const size = fc.constantFrom(4, 4, 4, 8, 1, 2);
const line = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom('R', 'W'), size, offset).map(accessLine) },
  { weight: 1, arbitrary: fc.constantFrom('CR 2 04 0007', 'CW 1 3c 00', 'AW 4 00001000 00000000') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('AR 4 00001000 00000000', `M 000001000 ${'ab'.repeat(64)}`),
  },
);
function accessLine([kind, bytes, at]: [string, number, number]): string {
  return `${kind} ${bytes} ${hex(at, 6)} ${'0'.repeat(bytes * 2)}`;
}
function manyPlaces(count: number): string[] {
  return Array.from({ length: count }, (_, i) => accessLine(['R', 4, 0x2000 + (i % 200) * 4]));
}
/** Some lines over and over, as a bus that is driven by hand makes them, and between them others. */
const lines = fc
  .array(
    fc.oneof(
      { weight: 2, arbitrary: fc.array(line, { maxLength: 40 }) },
      {
        weight: 3,
        arbitrary: fc
          .tuple(fc.array(line, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 900 }))
          .map(([some, count]) => Array.from({ length: count }, () => some).flat()),
      },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 3000 }).map(manyPlaces) },
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => ['R 4 002030 00000000', ...parts.flat()]);

const target: fc.Arbitrary<DataTarget> = fc.oneof(
  offset.map((address) => ({ space: 'mmio', address, size: 4 }) as const),
  fc.constantFrom<DataTarget>(
    { space: 'config', address: 4, size: 4 },
    { space: 'memory', address: 0x1000, size: 4 },
    { space: 'ggtt', address: 0x1000, size: 8 },
  ),
);
const breakpoints = fc.array(
  fc.tuple(target, fc.constantFrom<AccessFilter>('read', 'write', 'readWrite')),
  { minLength: 1, maxLength: 3 },
);

/** Whether somebody has to look at a record: whole dwords count, and whole entries. */
function isWanted(store: TraceStore, record: number, { target: at, access }: ArmedBreakpoint) {
  const kind = store.kind(record);
  if (kind !== RecordKind.read && kind !== RecordKind.write) return false;
  if (access === (kind === RecordKind.read ? 'write' : 'read')) return false;
  if (at === undefined) return false;
  const space = store.space(record);
  if (at.range === undefined) return space === Space.aperture && kind === RecordKind.read;
  if (space !== at.range.space) return false;
  const [first, end] = [store.offset(record), store.offset(record) + store.size(record)];
  // Exact where no map of dwords or entries is.
  const isRest = space !== Space.mmio || (first >= 0x200000 && first < 0x800000);
  const unit = isRest ? 1 : first >= 0x800000 ? 8 : 4;
  const down = (byte: number) => byte - (byte % unit);
  return down(first) <= at.range.last && down(end - 1) + unit > at.range.first;
}

test('no record that a breakpoint wants is passed over, and few others are looked at', async () => {
  await fc.assert(
    fc.asyncProperty(lines, breakpoints, fc.nat(4000), async (text, armed, from) => {
      const { store } = await traceOf(text);
      const all = armed.map(
        ([each, access], id): ArmedBreakpoint => ({
          id,
          hitKey: '',
          name: '',
          access,
          target: new WatchedTarget(each),
        }),
      );
      const places = new RecordPlaces(store, all);
      const expected: number[] = [];
      for (let record = from; record < store.length; record++) {
        if (all.some((each) => isWanted(store, record, each))) expected.push(record);
      }
      // From the second time on it is known what whole blocks of records access.
      for (let round = 0; round < 2; round++) {
        const found: number[] = [];
        for (let at = from; ; at++) {
          at = places.next(at, store.length);
          if (at >= store.length) break;
          found.push(at);
        }
        assert.deepEqual(found, expected);
      }
    }),
    { numRuns: 150 },
  );
});

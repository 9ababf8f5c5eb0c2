import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AREA_BYTES, areaAddress, BltGuest, corner } from './testing/blt-guest.ts';
import {
  type ReferenceBlit,
  type ReferenceSurface,
  readPixel,
  referenceBlit,
  type TilingName,
} from './testing/reference-blit.ts';

/** Pixels of the surfaces: narrow enough for 32-bit ones in a row of 512 bytes. */
const SIZE = 64;
const SOURCE = 16 * 4096;

const AREA_AT_FIRST = Uint8Array.from(
  { length: AREA_BYTES },
  (_, i) => (Math.imul(i ^ (i >>> 7), 0x9e3779b1) >>> 11) & 0xff,
);

const box = fc
  .tuple(
    fc.nat(SIZE - 1),
    fc.nat(SIZE - 1),
    fc.integer({ min: 1, max: 20 }),
    fc.integer({ min: 1, max: 20 }),
  )
  .map(([left, top, width, height]) => ({
    left,
    top,
    right: Math.min(SIZE, left + width),
    bottom: Math.min(SIZE, top + height),
  }));
const tiling = fc.constantFrom<TilingName>('linear', 'X', 'Y');
const dword = fc.nat(0xffffffff);

const common = fc.record({
  depth: fc.nat(3),
  operation: fc.nat(255),
  write: fc.nat(3),
  box,
  clip: fc.option(box, { nil: undefined }),
  to: tiling,
  from: tiling,
  colours: fc.tuple(dword, dword, dword, dword),
  bits: fc.tuple(dword, dword),
  seed: fc.tuple(fc.nat(7), fc.nat(7)),
  sourceAt: fc.tuple(fc.nat(10), fc.nat(10)),
  transparent: fc.tuple(fc.boolean(), fc.boolean()),
  skipped: fc.nat(7),
  data: fc.array(dword, { minLength: 64, maxLength: 64 }),
  solid: fc.boolean(),
});
type Case = typeof common extends fc.Arbitrary<infer T> ? T : never;

/** A command: its opcode, its operands behind dword 5, and what it does by the reference. */
interface Form {
  readonly name: string;
  readonly opcode: number;
  readonly operands: (c: Case) => number[];
  readonly source: 'none' | 'colour' | 'mono' | 'mono immediate';
  readonly pattern: 'none' | 'solid' | 'colour' | 'colour immediate' | 'mono';
}

const colourOperands = (c: Case) => [
  corner(...c.sourceAt),
  pitchField(c.from),
  ...areaAddress(SOURCE),
];
const monoOperands = (c: Case) => [...areaAddress(SOURCE + 5), c.colours[0], c.colours[1]];
const monoPattern = (c: Case) => [c.colours[2], c.colours[3], ...c.bits];
const patternAddress = () => areaAddress(SOURCE + 0x800);
const data = (c: Case) => c.data.slice(0, 16 * bytesOf(c));

const FORMS: readonly Form[] = [
  {
    name: 'COLOR',
    opcode: 0x50,
    source: 'none',
    pattern: 'solid',
    operands: (c) => [c.colours[0]],
  },
  { name: 'PAT', opcode: 0x51, source: 'none', pattern: 'colour', operands: patternAddress },
  {
    name: 'PAT_IMMEDIATE',
    opcode: 0x72,
    source: 'none',
    pattern: 'colour immediate',
    operands: data,
  },
  { name: 'MONO_PAT', opcode: 0x52, source: 'none', pattern: 'mono', operands: monoPattern },
  { name: 'SRC_COPY', opcode: 0x53, source: 'colour', pattern: 'none', operands: colourOperands },
  { name: 'MONO_SRC_COPY', opcode: 0x54, source: 'mono', pattern: 'none', operands: monoOperands },
  {
    name: 'MONO_SRC_COPY_IMMEDIATE',
    opcode: 0x71,
    source: 'mono immediate',
    pattern: 'none',
    operands: (c) => [c.colours[0], c.colours[1], ...c.data],
  },
  {
    name: 'FULL',
    opcode: 0x55,
    source: 'colour',
    pattern: 'colour',
    operands: (c) => [...colourOperands(c), ...patternAddress()],
  },
  {
    name: 'FULL_IMMEDIATE_PATTERN',
    opcode: 0x74,
    source: 'colour',
    pattern: 'colour immediate',
    operands: (c) => [...colourOperands(c), ...data(c)],
  },
  {
    name: 'FULL_MONO_SRC',
    opcode: 0x56,
    source: 'mono',
    pattern: 'colour',
    operands: (c) => [...monoOperands(c), ...patternAddress()],
  },
  {
    name: 'FULL_MONO_SRC_IMMEDIATE_PATTERN',
    opcode: 0x75,
    source: 'mono',
    pattern: 'colour immediate',
    operands: (c) => [...monoOperands(c), ...data(c)],
  },
  {
    name: 'FULL_MONO_PATTERN',
    opcode: 0x57,
    source: 'colour',
    pattern: 'mono',
    operands: (c) => [...colourOperands(c), ...monoPattern(c)],
  },
  {
    name: 'FULL_MONO_PATTERN_MONO_SRC',
    opcode: 0x58,
    source: 'mono',
    pattern: 'mono',
    operands: (c) => [...monoOperands(c), ...monoPattern(c)],
  },
];

for (const form of FORMS) {
  test(`XY_${form.name}_BLT does as the reference`, () => {
    fc.assert(
      fc.property(common, (c) => {
        const guest = new BltGuest(AREA_AT_FIRST);
        guest.tileY(c.from === 'Y', c.to === 'Y');
        if (c.clip) guest.blit(0x40c00001, ...corners(c.clip));
        guest.blit(...commandOf(form, c));
        assert.deepEqual(guest.faults, []);
        const expected = referenceBlit(AREA_AT_FIRST, referenceOf(form, c));
        assert.ok(Buffer.compare(guest.area(), expected) === 0);
      }),
      { numRuns: 60 },
    );
  });
}

test('copies within a surface do as if the source had been read before', () => {
  const [form] = FORMS.filter(({ name }) => name === 'SRC_COPY');
  assert.ok(form);
  fc.assert(
    fc.property(common, fc.tuple(fc.nat(40), fc.nat(40)), (c, at) => {
      const guest = new BltGuest(AREA_AT_FIRST);
      guest.tileY(c.to === 'Y', c.to === 'Y');
      const overlapping: Case = { ...c, from: c.to, sourceAt: at };
      const dwords = commandOf(
        { ...form, operands: () => [corner(...at), pitchField(c.to), ...areaAddress()] },
        overlapping,
      );
      if (c.clip) guest.blit(0x40c00001, ...corners(c.clip));
      guest.blit(...dwords);
      const reference = referenceOf(form, overlapping);
      const source = surfaceOf(c.to, 0);
      const expected = referenceBlit(AREA_AT_FIRST, {
        ...reference,
        source: (x, y) =>
          readPixel(
            AREA_AT_FIRST,
            source,
            bytesOf(c),
            x - c.box.left + at[0],
            y - c.box.top + at[1],
          ),
      });
      assert.ok(Buffer.compare(guest.area(), expected) === 0);
    }),
    { numRuns: 200 },
  );
});

function bytesOf({ depth }: Case): number {
  return [1, 2, 2, 4][depth] ?? 4;
}

function corners({ left, top, right, bottom }: ReferenceBlit['box']): [number, number] {
  return [corner(left, top), corner(right, bottom)];
}

/** 512 bytes, which tiled surfaces count in dwords. */
function pitchField(of: TilingName): number {
  return of === 'linear' ? 512 : 128;
}

function surfaceOf(of: TilingName, offset: number): ReferenceSurface {
  return { offset, pitch: 512, tiling: of };
}

function commandOf(form: Form, c: Case): number[] {
  const colour = form.source === 'colour';
  const header =
    ((2 << 29) | (form.opcode << 22) | (c.write << 20)) +
    (form.source.startsWith('mono') ? c.skipped << 17 : 0) +
    (colour && c.from !== 'linear' ? 1 << 15 : 0) +
    (form.pattern === 'none' || form.pattern === 'solid'
      ? 0
      : (c.seed[0] << 12) | (c.seed[1] << 8)) +
    (c.to === 'linear' ? 0 : 1 << 11);
  const control =
    (c.depth << 24) |
    (c.operation << 16) |
    pitchField(c.to) |
    (c.clip ? 1 << 30 : 0) |
    (c.transparent[0] ? 1 << 29 : 0) |
    (c.transparent[1] ? 1 << 28 : 0) |
    (c.solid && form.pattern === 'mono' ? 1 << 31 : 0);
  const rest = [control >>> 0, ...corners(c.box), ...areaAddress(), ...form.operands(c)];
  return [(header + rest.length - 1) >>> 0, ...rest];
}

function referenceOf(form: Form, c: Case): ReferenceBlit {
  const masks = [0, 0x00ffffff, 0xff000000, 0xffffffff];
  return {
    bytes: bytesOf(c),
    operation: c.operation,
    mask: bytesOf(c) === 4 ? (masks[c.write] ?? 0) : 0xffffffff,
    box: c.box,
    clip: c.clip,
    destination: surfaceOf(c.to, 0),
    source: sourceOf(form, c),
    pattern: patternOf(form, c),
  };
}

function sourceOf({ source }: Form, c: Case): ReferenceBlit['source'] {
  if (source === 'none') return () => 0;
  const [left, top] = [c.box.left, c.box.top];
  if (source === 'colour') {
    const from = surfaceOf(c.from, SOURCE);
    return (x, y) =>
      readPixel(AREA_AT_FIRST, from, bytesOf(c), x - left + c.sourceAt[0], y - top + c.sourceAt[1]);
  }
  const rowBytes = Math.ceil((c.skipped + c.box.right - left) / 16) * 2;
  const bytes =
    source === 'mono'
      ? AREA_AT_FIRST.subarray(SOURCE + 5)
      : new Uint8Array(Uint32Array.from(c.data).buffer);
  return (x, y) => {
    const bit = c.skipped + x - left;
    const byte = bytes[(y - top) * rowBytes + Math.floor(bit / 8)] ?? 0;
    if (((byte >> (7 - (bit % 8))) & 1) === 1) return c.colours[1];
    return c.transparent[0] ? undefined : c.colours[0];
  };
}

function patternOf({ pattern }: Form, c: Case): ReferenceBlit['pattern'] {
  if (pattern === 'none') return () => 0;
  if (pattern === 'solid') return () => c.colours[0];
  const place = (x: number, y: number) => [(x + c.seed[0]) % 8, (y + c.seed[1]) % 8] as const;
  if (pattern === 'mono') {
    if (c.solid) return () => c.colours[2];
    const rows = new Uint8Array(Uint32Array.from(c.bits).buffer);
    return (x, y) => {
      const [column, row] = place(x, y);
      if ((((rows[row] ?? 0) >> (7 - column)) & 1) === 1) return c.colours[3];
      return c.transparent[1] ? undefined : c.colours[2];
    };
  }
  const bytes =
    pattern === 'colour'
      ? AREA_AT_FIRST.subarray(SOURCE + 0x800)
      : new Uint8Array(Uint32Array.from(c.data).buffer);
  const surface: ReferenceSurface = { offset: 0, pitch: 8 * bytesOf(c), tiling: 'linear' };
  return (x, y) => readPixel(bytes, surface, bytesOf(c), ...place(x, y));
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_PARTITION, ownerOf, type Partition, partitionProblem } from './partition.ts';

const MIB = 0x100000;
const APERTURE = 256 * MIB;
const GRAPHICS = 4096 * MIB;

/** What a guest rejects, and what it takes at its limits (gvt-facts §4.5). */
const CASES: readonly (readonly [string, Partial<Partition>, RegExp | undefined])[] = [
  ['the default', {}, undefined],
  [
    'the mappable part ends with the aperture',
    { mappableBase: 192 * MIB, mappableSize: 64 * MIB },
    undefined,
  ],
  [
    'mappable_end > aperture size',
    { mappableBase: 192 * MIB + 4096, mappableSize: 64 * MIB },
    /ends at 0x10001000, behind the aperture/,
  ],
  ['the hidden part starts at the end of the aperture', { hiddenBase: APERTURE }, undefined],
  [
    'non-mappable base < aperture size',
    { hiddenBase: APERTURE - 4096 },
    /hidden part starts inside the aperture/,
  ],
  [
    'the hidden part ends with the GGTT',
    { hiddenBase: 3072 * MIB, hiddenSize: 1024 * MIB },
    undefined,
  ],
  [
    'non-mappable end > total GGTT size',
    { hiddenBase: 3072 * MIB + 4096, hiddenSize: 1024 * MIB },
    /ends behind the GGTT/,
  ],
];

for (const [name, change, expected] of CASES) {
  test(`gvt-facts §4.5: ${name}: ${expected === undefined ? 'taken' : 'rejected'}`, () => {
    const problem = partitionProblem({ ...DEFAULT_PARTITION, ...change }, APERTURE, GRAPHICS);
    if (expected === undefined) assert.equal(problem, undefined);
    else assert.match(problem ?? '', expected);
  });
}

test('gvt-facts §4.1: an address is in the aperture part, in the hidden part, or not owned', () => {
  const { mappableBase, mappableSize, hiddenBase, hiddenSize } = DEFAULT_PARTITION;
  for (const [address, owner] of [
    [0, 'not owned'],
    [mappableBase - 1, 'not owned'],
    [mappableBase, 'aperture'],
    [mappableBase + mappableSize - 1, 'aperture'],
    [mappableBase + mappableSize, 'not owned'],
    [hiddenBase - 1, 'not owned'],
    [hiddenBase, 'hidden'],
    [hiddenBase + hiddenSize - 1, 'hidden'],
    [hiddenBase + hiddenSize, 'not owned'],
  ] as const) {
    assert.equal(ownerOf(DEFAULT_PARTITION, address), owner, address.toString(16));
  }
});

import { RecordKind } from '../../trace/index.ts';
import type { Fold } from '../fold/fold-index.ts';
import type { RecordSource } from '../record-source.ts';
import { graphicsAddressOf, hex, type RegisterDirectory } from '../register-directory.ts';
import { placeText, valueText, wholeEntryText } from './access-text.ts';
import { counted, grouped, spanText } from './line.ts';

/** What a fold's row shows in its columns. */
export interface FoldText {
  readonly access: string;
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
}

/** Looks at every access of the run once. */
export function foldText(source: RecordSource, fold: Fold, directory: RegisterDirectory): FoldText {
  const facts = summarise(source, fold);
  const ns = source.timeNs(fold.last) - source.timeNs(fold.first);
  const span = ns === 0 ? '' : `, ${spanText(ns)}`;
  return {
    access: facts.access,
    name: nameText(source, fold, facts, directory),
    value: `×${grouped(fold.accesses)}`,
    meaning: `${fold.kind.title}: ${detailText(source, fold, facts)}${span}`,
  };
}

interface RunFacts {
  readonly access: string;
  readonly lowest: number;
  readonly highest: number;
  /** Whether all even (low) dwords had one value, and all odd (high) ones. */
  readonly sameLow: boolean;
  readonly sameHigh: boolean;
  readonly firstLow: number;
  readonly firstHigh: number;
  readonly reads: number;
  /** How often the value was another than the one before. */
  readonly changes: number;
  /** Stretches of addresses that follow each other. */
  readonly stretches: number;
  /** Page-table entries of which the lower half, or all, was accessed. */
  readonly entries: number;
}

function summarise(source: RecordSource, fold: Fold): RunFacts {
  const sizes = new Set<number>();
  const halves = [new SameValue(), new SameValue()] as const;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = 0;
  let reads = 0;
  let changes = 0;
  let previous: number | undefined;
  let following = Number.NaN;
  let stretches = 0;
  let entries = 0;
  for (let record = fold.first; record <= fold.last; record++) {
    const kind = source.kind(record);
    if (kind !== RecordKind.read && kind !== RecordKind.write) continue;
    const offset = source.offset(record);
    const size = source.size(record);
    const low = source.low(record);
    if (kind === RecordKind.read) reads++;
    sizes.add(size);
    if (offset < lowest) lowest = offset;
    if (offset > highest) highest = offset;
    halves[offset % 8 >= 4 ? 1 : 0].see(low);
    if (size > 4) halves[1].see(source.high(record));
    if (previous !== undefined && previous !== low) changes++;
    previous = low;
    if (offset !== following) stretches++;
    following = offset + size;
    if (offset % 8 < 4) entries++;
  }
  return {
    access: accessOf(fold, reads, sizes),
    lowest,
    highest,
    sameLow: halves[0].same,
    sameHigh: halves[1].same,
    firstLow: halves[0].value,
    firstHigh: halves[1].value,
    reads,
    changes,
    stretches,
    entries,
  };
}

class SameValue {
  value = 0;
  same = true;
  #seen = false;

  see(value: number): void {
    if (!this.#seen) this.value = value;
    else if (value !== this.value) this.same = false;
    this.#seen = true;
  }
}

function accessOf(fold: Fold, reads: number, sizes: ReadonlySet<number>): string {
  const letters = reads === 0 ? 'W' : reads === fold.accesses ? 'R' : 'R/W';
  const [size] = sizes;
  return sizes.size === 1 && size !== undefined && letters !== 'R/W'
    ? `${letters}${size * 8}`
    : letters;
}

function nameText(
  source: RecordSource,
  fold: Fold,
  facts: RunFacts,
  directory: RegisterDirectory,
): string {
  const { lowest, highest } = facts;
  switch (fold.kind.id) {
    case 'ggttWrite':
    case 'ggttRead': {
      const [from, to] = [graphicsAddressOf(lowest), graphicsAddressOf(highest)];
      return from === to ? `ggtt[${hex(from, 8)}]` : `ggtt[${hex(from, 8)}–${hex(to, 8)}]`;
    }
    case 'apertureWrite':
    case 'apertureRead':
      return `aperture ${hex(lowest, 8)}–${hex(highest, 8)}`;
    case 'configScan':
      return `config ${hex(lowest, 2)}–${hex(highest, 2)}`;
    default:
      return lowest === highest
        ? placeText(source, fold.first, directory)
        : `mmio ${hex(lowest, 6)}–${hex(highest, 6)}`;
  }
}

function detailText(source: RecordSource, fold: Fold, facts: RunFacts): string {
  switch (fold.kind.id) {
    case 'ggttWrite':
    case 'ggttRead':
      return entriesText(facts);
    case 'apertureWrite':
    case 'apertureRead':
      return facts.sameLow && facts.sameHigh && facts.firstLow === facts.firstHigh
        ? `all ${hex(facts.firstLow, 8)}`
        : 'various values';
    case 'bitBanging':
      return `${counted(facts.reads, 'read')}, ${counted(fold.accesses - facts.reads, 'write')}`;
    case 'poll':
      return pollText(source, fold, facts);
    case 'configScan':
      return counted(facts.reads, 'read');
  }
}

function entriesText(facts: RunFacts): string {
  const count = counted(facts.entries, 'entry', 'entries');
  const ranges = facts.stretches === 1 ? '' : ` in ${counted(facts.stretches, 'range')}`;
  if (!facts.sameLow || !facts.sameHigh) return `${count}${ranges}`;
  return `${count}${ranges}, all ${wholeEntryText(facts.firstLow, facts.firstHigh)}`;
}

function pollText(source: RecordSource, fold: Fold, facts: RunFacts): string {
  const first = valueText(source, fold.first);
  if (facts.changes === 0) return `always ${first}`;
  const last = valueText(source, fold.last);
  return facts.changes === 1
    ? `${first} until ${last}`
    : `${first} … ${last}, ${counted(facts.changes, 'change')}`;
}

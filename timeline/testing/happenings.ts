import { type OpenedTrace, RecordKind, SPACE_NAMES, Space } from '../../trace/index.ts';
import { GGTT_OFFSET, PAGE_BYTES, PTE_BYTES, REGISTER_BYTES } from '../register-directory.ts';
import { Playhead } from '../replay/playhead.ts';
import type { AccessFilter, BreakpointPlace } from '../session.ts';
import { withoutRuns } from './counted-device.ts';
import { vgpuFor } from './traces.ts';

/** Where a breakpoint can meet something that happens. */
export type Happening = (access: AccessFilter | 'change') => BreakpointPlace;

export const HAPPENING_KINDS = [
  'accessed',
  'hot',
  'register',
  'entry',
  'memory',
  'interrupt',
  'fault',
  'command',
] as const;
export type HappeningKind = (typeof HAPPENING_KINDS)[number];

/** Kept of a kind: a console is drawn by hundreds of thousands of writes. */
const MOST_OF_KIND = 500;
/** Of so many records one is looked at. */
const STRIDE = 37;
/** Registers that are written most often. */
const HOTTEST = 4;

/** What happens in a part of a recording: as its records show, and as the device tells. */
export class Happenings {
  readonly #found = new Map<HappeningKind, Happening[]>();
  #seen = 0;

  constructor(trace: OpenedTrace, from: number, to: number) {
    this.#listen(trace, from, to);
    this.#addHottest(trace, from, to);
    for (let record = from; record < Math.min(trace.store.length, to); record += STRIDE) {
      this.#addRecord(trace, record);
    }
  }

  /** Of the kinds that there are. The number counts over and over; undefined where nothing happens. */
  at(kind: HappeningKind, which: number): { kind: HappeningKind; place: Happening } | undefined {
    const kinds = [...this.#found.keys()];
    const present = this.#found.has(kind) ? kind : kinds[which % Math.max(1, kinds.length)];
    const all = present === undefined ? [] : (this.#found.get(present) ?? []);
    const place = all[which % Math.max(1, all.length)];
    return present === undefined || place === undefined ? undefined : { kind: present, place };
  }

  #listen(trace: OpenedTrace, from: number, to: number): void {
    const playhead = new Playhead(trace.store, withoutRuns(vgpuFor(trace).device));
    playhead.goTo(from);
    playhead.listen({
      edited: () => undefined,
      registerChanged: (offset) => this.#add('register', data('mmio', offset, 4)),
      ggttEntryChanged: (index) => this.#add('entry', data('ggtt', index * PAGE_BYTES, PTE_BYTES)),
      memoryWritten: (at, size) => this.#add('memory', data('memory', at, Math.min(size, 64))),
      interrupt: ({ name, delivered }) =>
        this.#add('interrupt', () => ({ kind: 'interrupt', pattern: name, dropped: !delivered })),
      fault: ({ check }) => this.#add('fault', () => ({ kind: 'fault', checks: [check] })),
      command: ({ name }) => this.#add('command', () => ({ kind: 'command', pattern: name })),
    });
    playhead.advanceAll(to);
  }

  /** Those that a breakpoint is asked about again and again. */
  #addHottest({ store }: OpenedTrace, from: number, to: number): void {
    const counts = new Map<number, number>();
    for (let record = from; record < Math.min(store.length, to); record++) {
      const offset = store.offset(record);
      const isWrite = store.kind(record) === RecordKind.write && store.space(record) === Space.mmio;
      if (isWrite && offset < REGISTER_BYTES) counts.set(offset, (counts.get(offset) ?? 0) + 1);
    }
    const hottest = [...counts].sort(([, a], [, b]) => b - a).slice(0, HOTTEST);
    for (const [offset] of hottest) this.#add('hot', data('mmio', offset, 4));
  }

  #addRecord({ store }: OpenedTrace, record: number): void {
    const space = SPACE_NAMES[store.space(record)];
    const offset = store.offset(record);
    if (space === 'config') this.#add('accessed', data('config', offset, 1));
    if (space !== 'mmio') return;
    const entry = Math.floor((offset - GGTT_OFFSET) / PTE_BYTES);
    if (entry >= 0) {
      this.#add('accessed', data('ggtt', entry * PAGE_BYTES, PTE_BYTES));
      this.#add('accessed', data('mmio', offset, 4));
    }
    if (offset >= REGISTER_BYTES) return;
    this.#add('accessed', data('mmio', offset, 4));
    const pattern = `0x${offset.toString(16)}`;
    this.#add('accessed', (access) => ({
      kind: 'register',
      pattern,
      access: access === 'change' ? 'write' : access,
    }));
  }

  #add(kind: HappeningKind, each: Happening): void {
    const list = this.#found.get(kind) ?? [];
    this.#found.set(kind, list);
    this.#seen++;
    if (list.length < MOST_OF_KIND) list.push(each);
    else list[(this.#seen * 7919) % MOST_OF_KIND] = each;
  }
}

function data(
  space: 'mmio' | 'memory' | 'ggtt' | 'config',
  address: number,
  size: number,
): Happening {
  return (access) => ({ kind: 'data', target: { space, address, size }, access });
}

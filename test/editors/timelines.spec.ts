import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { buildModel, type EventModel, type ThreadModel } from '@tracerbench/trace-model';
import { root } from '../support/source-files.ts';

const GUEST = path.join(root, 'samples/guest-gem-stacks.vgpu.gz');
const ENGINES = ['RCS0', 'BCS0', 'VCS0', 'VECS0'];

/** The parts of the program's answers that are compared here. */
interface Replayed {
  readonly faults: Readonly<Record<string, number>>;
  readonly results: { readonly equal: { readonly commands: number } };
}
interface Described {
  readonly counts: { readonly kinds: { readonly read: number; readonly write: number } };
  readonly time: { readonly from: number; readonly to: number };
}

describe('a timeline for Perfetto, read by the model of trace events that TracerBench has', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'vgpu-timelines-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'guest.json');
  const run = (...args: string[]) =>
    execFileSync(process.execPath, [path.join(root, 'cli/main.ts'), ...args], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
  run('convert', GUEST, file, '--signals', 'RCS0.*');
  const text = readFileSync(file, 'utf8');
  const model = buildModel(JSON.parse(text));
  const threads = new Map(
    model.processes.flatMap(({ threads: own }) => own).map((thread) => [thread.name, thread]),
  );
  const eventsOf = (name: string): ThreadModel['events'] =>
    (threads.get(name)?.events ?? []).filter((event) => !event.isMetadata());

  it('has two processes, and a named thread for each track', () => {
    assert.deepEqual(
      model.processes.map(({ name }) => name),
      [GUEST, 'vGPU'],
    );
    assert.deepEqual([...threads.keys()], ['accesses', 'interrupts', 'faults', ...ENGINES]);
  });

  it('has every access once, alone or in a run, in the time of the recording', () => {
    const { counts, time }: Described = JSON.parse(run('info', GUEST, '--json'));
    const accesses = eventsOf('accesses').map((event) =>
      event.isComplete() ? event.getNumberArg('accesses', 0) : 1,
    );
    assert.equal(sum(accesses), counts.kinds.read + counts.kinds.write);
    const shown = [...threads.keys()].flatMap(eventsOf);
    assert.ok(
      shown.every(({ start, end }) => start >= time.from * 1e6 && end <= time.to * 1e6 + 1),
    );
    // A run's bar may not overlap the next one: viewers would nest or drop it.
    const bars = eventsOf('accesses').filter((event) => event.isComplete());
    assert.ok(bars.length > 10);
    assert.ok(bars.every((bar, index) => bar.end <= (bars[index + 1]?.start ?? bar.end)));
  });

  it('has every command and every fault of the replay', () => {
    const { faults, results }: Replayed = JSON.parse(run('replay', GUEST, '--json'));
    const work = ENGINES.flatMap(eventsOf).filter(({ name }) => name !== 'submission');
    assert.equal(work.length, results.equal.commands);
    const told: Record<string, number> = {};
    for (const { name } of eventsOf('faults')) told[name] = (told[name] ?? 0) + 1;
    assert.deepEqual(told, faults);
  });

  it('gives each event the category of its track, and the registers asked for as counters', () => {
    const categories = new Map<string, Set<string>>();
    for (const event of model.events) {
      const own = categories.get(event.ph) ?? new Set();
      categories.set(event.ph, own.add(categoryOf(event)));
    }
    const shown = [...categories].map(([phase, own]) => [phase, [...own].sort()] as const);
    assert.deepEqual(Object.fromEntries(shown), {
      M: ['__metadata'],
      X: ['access'],
      i: ['access', 'engine', 'fault', 'interrupt'],
      C: ['register'],
    });
    const counters = model.events.filter((event) => event.isCounter());
    assert.ok(counters.length > 100);
    for (const counter of counters) {
      assert.match(counter.name, /^RCS0\./);
      assert.equal(typeof counter.getNumberArg('value'), 'number');
    }
  });

  it('would not be read without categories', () => {
    const bare = JSON.parse(text.replaceAll(/"cat":"\w+",/g, ''));
    assert.throws(() => buildModel(bare));
  });
});

function categoryOf({ cat }: EventModel): string {
  return typeof cat === 'string' ? cat : cat.join();
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}

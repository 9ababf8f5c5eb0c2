import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CHECKS, eventNames } from '../../emulator/index.ts';
import type { DataTarget } from '../data-target.ts';
import type { Breakpoint, BreakpointPlace } from '../session.ts';
import { counted, type DeviceCounts } from '../testing/counted-device.ts';
import { NOT_CANCELLED, sampleTrace, vgpuFor } from '../testing/traces.ts';
import { createLocalSession } from './local-session.ts';

/** Most of it a bus that is driven by hand, table fills, and a console that is drawn. */
const trace = await sampleTrace('skl-modeset-fbcon-gem.vgpu.gz');

/** What a run from start to end asks of the device, which breakpoints never stop. */
async function countsOf(
  places: readonly BreakpointPlace[],
  extras: Pick<Breakpoint, 'condition' | 'hitCondition'> = {},
): Promise<DeviceCounts> {
  const { device: vgpu, directory, views } = vgpuFor(trace);
  const { device, counts } = counted(vgpu);
  const events = eventNames('skl');
  const session = createLocalSession({ trace, device, directory, views, events });
  const armed = places.map((place, id) => ({ id, place, ...extras }));
  for (const status of await session.setBreakpoints(armed))
    assert.ok(status.verified, status.message);
  const stop = await session.resume('forward', NOT_CANCELLED);
  assert.equal(stop.reason, 'end', stop.text);
  return counts;
}

const onData = (
  space: DataTarget['space'],
  addresses: readonly number[],
  access: 'change' | 'write' | 'readWrite' = 'change',
  size = 4,
): BreakpointPlace[] =>
  addresses.map((address) => ({ kind: 'data', target: { space, address, size }, access }));
/** A hundred. */
const from = (first: number, step: number) =>
  Array.from({ length: 100 }, (_, i) => first + i * step);

const plain = await countsOf([]);

describe('breakpoints that are never hit leave runs as they are', () => {
  assert.ok(plain.inRuns > 1_200_000 && plain.runs < 10_000);
  const cases: Readonly<Record<string, BreakpointPlace[]>> = {
    // Nothing stands there.
    registers: onData('mmio', from(0x1f0000, 4)),
    'registers, read or written': onData('mmio', from(0x1f0000, 4), 'readWrite'),
    'ranges of registers': onData('mmio', from(0x1e0000, 256), 'change', 256),
    // Of another slice.
    'GGTT entries': onData('ggtt', from(0, 4096)),
    'guest memory': onData('memory', from(0x7f_0000_0000, 4096)),
    'guest memory, written': onData('memory', from(0x7f_0000_0000, 4096), 'write'),
    configuration: onData('config', from(0x400, 4), 'readWrite'),
    // As editors have them when nothing was said.
    'exception filters': [
      { kind: 'fault', checks: CHECKS.flatMap(({ id, on }) => (on ? [id] : [])) },
    ],
    interrupts: [{ kind: 'interrupt', pattern: 'pipe C *' }],
    commands: [{ kind: 'command', pattern: 'GPGPU_WALKER' }],
  };
  for (const [name, places] of Object.entries(cases)) {
    test(name, async () => {
      const { singly, runs, inRuns, saves, peeks, told } = await countsOf(places);
      assert.deepEqual(
        { singly, runs, inRuns },
        { singly: plain.singly, runs: plain.runs, inRuns: plain.inRuns },
      );
      // Targets are looked at when the run begins, not in each of its slices.
      assert.ok(peeks < 10_000, `${peeks} looks`);
      // What a recording shows of memory is told in any case.
      assert.ok(told < 2000, `the listener was told ${told} times`);
      assert.ok(saves <= plain.saves + 4, `${saves} checkpoints`);
    });
  }
});

describe('breakpoints on registers that change all the time are judged within runs', () => {
  // The bus that is driven by hand: 217,430 writes, of which few leave another value than they found.
  const places = onData('mmio', [0xc501c, 0xc5024]);
  for (const extras of [{ condition: 'value == 0xdeadbeef' }, { hitCondition: '100000000' }]) {
    test(JSON.stringify(extras), async () => {
      const { singly, runs, inRuns, saves, told } = await countsOf(places, extras);
      assert.deepEqual(
        { singly, runs, inRuns },
        { singly: plain.singly, runs: plain.runs, inRuns: plain.inRuns },
      );
      assert.ok(told > 100 && told < 2000, `the listener was told ${told} times`);
      assert.ok(saves <= plain.saves + 20, `${saves} checkpoints`);
    });
  }
});

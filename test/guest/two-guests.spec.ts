import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { HostGpu, Partition } from '../../emulator/index.ts';
import type { ScenarioName } from '../../guest/index.ts';
import { hostFor, scoreTogether } from '../../timeline/index.ts';
import type { OpenedTrace } from '../../trace/index.ts';
import { openText } from '../recordings/open-sample.ts';
import {
  aloneOnHost,
  assertSame,
  GuestOnHost,
  runByTime,
  sharedHost,
} from '../support/shared-host.ts';
import { type GuestRun, runGuest } from './support/run-guest.ts';

const MIB = 0x100000;

/** Type i915-GVTg_V5_8, twice in an aperture of 256 MiB. */
function slice(place: 0 | 1): Partition {
  return {
    mappableBase: (128 + place * 64) * MIB,
    mappableSize: 64 * MIB,
    hiddenBase: (640 + place * 384) * MIB,
    hiddenSize: 384 * MIB,
    fences: 4,
  };
}

interface LiveGuest {
  readonly run: GuestRun;
  readonly trace: OpenedTrace;
}

async function live(scenario: ScenarioName, place: 0 | 1): Promise<LiveGuest> {
  const run = await runGuest('stock', scenario, { id: place + 1, partition: slice(place) });
  assert.ok(run.result.passed, run.lines.slice(-50).join('\n'));
  const text = gunzipSync(readFileSync(run.recording)).toString('utf8');
  return { run, trace: await openText(run.recording, text) };
}

describe('two live guests, one drawing its console, recorded in different slices', () => {
  let guests: readonly LiveGuest[] = [];
  const on = (host: HostGpu) => guests.map(({ trace }, at) => new GuestOnHost(host, at + 1, trace));

  before(async () => {
    guests = [await live('gem', 0), await live('modeset', 1)];
  });
  after(async () => {
    for (const { run } of guests) {
      await rm(path.dirname(run.recording), { recursive: true, force: true });
    }
  });

  it('have on one host the answers and the state that each had in its own machine', () => {
    const records = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(fc.array(records, { minLength: 1, maxLength: 50 }), (turns) => {
        const together = on(sharedHost());
        for (let turn = 0; together.some(({ isDone }) => !isDone); turn++) {
          together[turn % 2]?.go(turns[turn % turns.length] ?? 1);
        }
        together.forEach((guest, at) => {
          assert.equal(guest.different, 0);
          assert.ok(guest.answers.length > 2000);
          assert.equal(guest.hash, guests[at]?.run.result.hash);
        });
      }),
      { numRuns: 4 },
    );
  });

  it('say where they have memory: under a hypervisor no frame of theirs is without', async () => {
    const traces = guests.map(({ trace }) => trace);
    const made = hostFor(traces, { hypervisor: 'kvm' });
    assert.ok(!('problem' in made));
    const recorded = traces.flatMap(({ store, device: { memory } }, at) => {
      assert.equal(memory?.length, 1);
      const device = made.vgpus[at];
      return device === undefined ? [] : [{ store, device }];
    });
    const scores = await scoreTogether(recorded, 'time', {}, { cancelled: false });
    assert.equal(scores.length, 2);
    for (const { faults, divergenceCount } of scores) {
      assert.equal(divergenceCount, 0);
      assert.ok(!('frame-unbacked' in faults) && !('ppgtt-frame-unbacked' in faults));
    }
  });

  it('have the same answers when they take turns in time slices', () => {
    const together = on(sharedHost('sliced'));
    runByTime(together);
    together.forEach((guest, at) => {
      const trace = guests[at]?.trace;
      assert.ok(trace);
      assert.equal(guest.different, 0);
      assertSame(guest, aloneOnHost(at + 1, trace, { scheduling: 'sliced' }));
    });
  });

  it('§14.4: the console of the one in the foreground is on the host’s screen', () => {
    const host = sharedHost();
    const [first, second] = on(host);
    assert.ok(first && second);
    runByTime([first, second]);
    // Both drivers say that they are ready; the first has found no monitor.
    for (const id of ['1', '2']) {
      assert.equal(host.screen().width, 0);
      assert.equal(host.writeForegroundVm(id), undefined);
      host.advanceTo(host.now + 20e6);
    }
    const own = aloneOnHost(2, second.trace).screen();
    const seen = host.screen();
    assert.deepEqual([seen.width, seen.height], [1024, 768]);
    assert.equal(seen.unknownPixels + seen.unmappedPixels, 0);
    assert.deepEqual(seen.pixels, own.pixels);
    assert.ok(litPixels(seen.pixels) > 1000, 'there is text on it');
  });
});

function litPixels(pixels: Uint8Array): number {
  let lit = 0;
  for (let at = 0; at < pixels.length; at += 4) if ((pixels[at] ?? 0) > 0x80) lit++;
  return lit;
}

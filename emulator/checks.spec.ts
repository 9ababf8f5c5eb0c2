import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHECK_GROUPS, CHECKS, checkLabel, checkRow } from './checks.ts';
import type { Fault } from './device-model.ts';
import { EngineGuest, SCRATCH } from './testing/engine-guest.ts';
import { testVgpu } from './testing/test-vgpu.ts';

const RING_MODE = 0x229c;
const ELSP = 0x2230;
const GDRST = 0x941c;
/** Valid, 4-level, privileged. */
const DESCRIPTOR = 0x28123119;

/** All faults of what `work` does, those of unheard events too. */
function faultsOf(
  work: (device: ReturnType<typeof testVgpu>) => void,
  change: Parameters<typeof testVgpu>[0] = {},
): Fault[] {
  const device = testVgpu(change);
  const faults: Fault[] = [];
  device.r(0x78000);
  device.vgpu.setListener({ fault: (fault) => faults.push(fault) });
  work(device);
  return faults;
}

const ids = (faults: readonly Fault[]) => faults.map(({ check }) => check);

test('every check has an id of its own, a short label of its own, a sentence and a source', () => {
  const labels = CHECKS.map(checkLabel);
  assert.equal(new Set(CHECKS.map(({ id }) => id)).size, CHECKS.length);
  assert.equal(new Set(labels).size, CHECKS.length);
  for (const { id, title, source, group } of CHECKS) {
    assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)+$/);
    assert.match(title, /^[A-Z0-9].{10,}[^.]$/, id);
    assert.match(source, /^(gvt-facts §\d|design)/, id);
    assert.ok(group in CHECK_GROUPS);
    assert.equal(checkRow(id)?.id, id);
  }
  for (const label of labels) assert.ok(label.length <= 42, label);
  assert.equal(checkRow('no-such-check'), undefined);
});

test('checks stand group by group, in the order of the groups', () => {
  const order = CHECKS.map(({ group }) => Object.keys(CHECK_GROUPS).indexOf(group));
  assert.deepEqual(
    order,
    [...order].sort((a, b) => a - b),
  );
});

test('a masked register whose mask is 0 keeps what it has', () => {
  const faults = faultsOf(({ w }) => w(RING_MODE, 0x8000));
  assert.deepEqual(ids(faults), ['mask-empty']);
  assert.deepEqual([faults[0]?.register, faults[0]?.value], [RING_MODE, 0x8000]);
  assert.deepEqual(ids(faultsOf(({ w }) => w(RING_MODE, 0))), []);
  assert.deepEqual(ids(faultsOf(({ w }) => w(RING_MODE, 0x80000000))), []);
});

test('dwords that a driver left out are noticed at the next submission', () => {
  const skipped = faultsOf(({ w }) => {
    for (const dword of [0, 7, DESCRIPTOR, 0]) w(ELSP, dword);
  });
  assert.deepEqual(ids(skipped), ['elsp-out-of-step']);
  assert.deepEqual(skipped[0]?.dwords, [0, 7, DESCRIPTOR, 0]);
  const wrong = faultsOf(({ w }) => {
    for (const dword of [0, 0, 7, DESCRIPTOR & ~1]) w(ELSP, dword);
  });
  assert.deepEqual(ids(wrong), ['elsp-invalid']);
});

test('a reset with half a submission in the port says so; one of another engine does not', () => {
  const half = ({ w }: ReturnType<typeof testVgpu>, engine: number) => {
    w(ELSP, 0);
    w(ELSP, 5);
    w(GDRST, engine);
  };
  const faults = faultsOf((device) => half(device, 1 << 1));
  assert.deepEqual(ids(faults), ['elsp-out-of-step']);
  assert.deepEqual([faults[0]?.engine, faults[0]?.dwords], ['RCS0', [0, 5]]);
  assert.deepEqual(ids(faultsOf((device) => half(device, 1 << 3))), []);
});

test('the ELSP and the nonpriv slots take whole dwords', () => {
  const elsp = faultsOf(({ vgpu }) => vgpu.write('mmio', ELSP, 2, 1, 0));
  assert.deepEqual(ids(elsp), ['elsp-size']);
  const nonpriv = faultsOf(({ vgpu, r }) => {
    vgpu.write('mmio', 0x24d0, 2, 0x2248, 0);
    assert.equal(r(0x24d0), 0);
  });
  assert.deepEqual(ids(nonpriv), ['nonpriv-refused']);
});

test('failsafe has one check for each of its reasons', () => {
  const unsupported = faultsOf(({ vgpu, w }) => {
    vgpu.core.state.pvNotified = false;
    w(RING_MODE, 0x80008000);
  });
  assert.deepEqual(ids(unsupported), ['failsafe-unsupported']);
  assert.deepEqual(unsupported[0]?.value, 0x80008000);
  const host = faultsOf(({ w }) => w(RING_MODE, 0x00010001));
  assert.deepEqual(ids(host), ['host-owned-bit', 'failsafe-unsupported']);
  assert.deepEqual(ids(faultsOf(({ w }) => w(0x78808, 1))), ['failsafe-resource']);
  const guest = new EngineGuest({ policy: 'gvt-g' });
  guest.run(guest.context(), [0x0e40c002, 0, SCRATCH, 0]);
  assert.deepEqual(ids(guest.faults), ['command-refused', 'failsafe-guest-error']);
  for (const { dwords, engine } of guest.faults) {
    assert.deepEqual([dwords, engine], [[0x0e40c002, 0, SCRATCH, 0], 'RCS0']);
  }
});

test('an access that is not permitted is another check than an illegal command', () => {
  const guest = new EngineGuest({ policy: 'gvt-g' });
  guest.run(guest.context(), [0x15000001, 0x2600, 0x2608, 0]);
  assert.deepEqual(ids(guest.faults), ['command-not-permitted']);
});

test('without the other half an engine finds half an entry, not nothing', () => {
  const guest = new EngineGuest();
  const context = guest.context();
  guest.device.write('mmio', 0x800000 + (SCRATCH / 4096) * 8, 4, SCRATCH | 1, 0);
  guest.run(context, [0x10400002, SCRATCH, 0, 1]);
  assert.deepEqual(ids(guest.faults), ['ggtt-half-entry']);
});

test('a submission is not lost for certain while memory is missing', () => {
  const guest = new EngineGuest();
  const contexts = [guest.context(), guest.context(), guest.context()] as const;
  guest.map(SCRATCH + 0x100000);
  guest.run(contexts[0], [0x18800001, SCRATCH + 0x100000, 0]);
  guest.submit(contexts[1]);
  guest.submit(contexts[2]);
  assert.deepEqual(ids(guest.faults), ['memory-unknown', 'memory-unknown']);
  assert.match(guest.faults[1]?.message ?? '', /submission is lost/);
});

test('whether MSI is on is not known before the guest has written to configuration space', () => {
  const raise = ({ w }: ReturnType<typeof testVgpu>) => {
    w(0x44304, 0);
    w(0x4430c, 0xffffffff);
    w(0x44200, 0x80000000);
    w(0x20a8, 0);
    for (const dword of [0, 0, 7, DESCRIPTOR]) w(ELSP, dword);
  };
  assert.ok(!ids(faultsOf(raise)).includes('msi-refused'));
  const told = faultsOf((device) => {
    device.vgpu.write('config', 4, 2, 7, 0);
    raise(device);
  });
  assert.ok(ids(told).includes('msi-refused'));
});

test('events that nobody hears: masked by the engine, not enabled, one upon the other', () => {
  const submit = ({ w }: ReturnType<typeof testVgpu>) => {
    for (const dword of [0, 0, 7, DESCRIPTOR]) w(ELSP, dword);
  };
  const ring = faultsOf((device) => {
    device.w(0x20a8, 0xffffffff);
    submit(device);
  });
  assert.ok(ids(ring).includes('ring-event-masked'));
  const group = faultsOf((device) => {
    device.w(0x20a8, 0);
    device.w(0x44304, 0xffffffff);
    submit(device);
  });
  assert.ok(ids(group).includes('event-masked'));
  const disabled = faultsOf((device) => {
    device.w(0x20a8, 0);
    device.w(0x44304, 0);
    submit(device);
  });
  assert.deepEqual(
    disabled.filter(({ check }) => check === 'event-disabled').map(({ register }) => register),
    [0x4430c],
  );
  const waiting = faultsOf((device) => {
    device.w(0x20a8, 0);
    device.w(0x44304, 0);
    device.w(0x4430c, 0xffffffff);
    submit(device);
  }).filter(({ check }) => check === 'event-waiting');
  assert.deepEqual(
    waiting.map(({ register, value }) => [register, value]),
    [[0x44200, 0]],
  );
  const sent = faultsOf((device) => {
    device.w(0x44200, 0x80000000);
    device.w(0x20a8, 0);
    device.w(0x44304, 0);
    device.w(0x4430c, 0xffffffff);
    submit(device);
  });
  assert.ok(!ids(sent).includes('event-waiting'));
  const merged = faultsOf((device) => {
    device.w(0x20a8, 0);
    device.w(0x44304, 0);
    device.w(0x4430c, 0xffffffff);
    for (const low of [DESCRIPTOR, DESCRIPTOR]) for (const d of [0, 0, 7, low]) device.w(ELSP, d);
  });
  assert.ok(ids(merged).includes('event-merged'), ids(merged).join());
});

test('a pipe without clock and totals runs at 60 Hz, which is said', () => {
  const faults = faultsOf(({ w }) => {
    w(0x60000, 0);
    w(0x60040, 0);
    w(0x60044, 0);
    w(0x70008, 0x80000000);
  });
  assert.deepEqual(ids(faults).filter((id) => id === 'refresh-rate-unknown').length, 1);
});

test('page tables at physical 0 are hardware’s to use, and GVT-g’s to refuse', () => {
  const run = (policy: 'hardware' | 'gvt-g') => {
    const guest = new EngineGuest({ policy });
    guest.run(guest.context([[0x270, 0]]), [0, 0]);
    return ids(guest.faults);
  };
  assert.deepEqual(run('hardware'), []);
  assert.deepEqual(run('gvt-g'), ['ppgtt-create-failed']);
});

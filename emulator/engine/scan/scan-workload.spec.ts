import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EngineGuest, SCRATCH, STATUS_PAGE } from '../../testing/engine-guest.ts';

const OUTSIDE = 0x1000;
const END = 0x05000000;
const LOAD_GPR = [0x11000001, 0x2600, 1];
const STORE = [0x10400002, SCRATCH, 0, 1];

/** A guest whose workloads are scanned; what came of this one. */
function scanned(dwords: readonly number[], base = 0x2000) {
  const guest = new EngineGuest({ base, policy: 'gvt-g' });
  guest.run(guest.context(), [...dwords, ...STORE]);
  const refused = guest.faults.find(({ check }) => check.startsWith('command-'));
  const kind = /\((bad request|fault|not permitted)\)/.exec(refused?.message ?? '')?.[1];
  return {
    kind,
    failsafe: guest.vgpu.core.state.failsafe,
    executed: guest.dword(SCRATCH) === 1,
    message: refused?.message ?? '',
  };
}

const BCS = 0x22000;

const refused: readonly (readonly [string, string, readonly number[], number?])[] = [
  ['§10.1 no command', 'bad request', [0x20000000]],
  ['§10.1 a command of another engine', 'bad request', [0x7a000004, 0, 0, 0, 0, 0], BCS],
  ['§10.3 MI_SEMAPHORE_WAIT', 'bad request', [0x0e40c002, 0, SCRATCH, 0]],
  ['§10.3 MI_STORE_DATA_INDEX', 'bad request', [0x10800001, 0x200, 1]],
  ['§10.3 MI_UPDATE_GTT', 'bad request', [0x11800002, SCRATCH, 0, 0]],
  ['§10.3 MI_CLFLUSH', 'bad request', [0x13800001, 0, 0]],
  ['§10.3 MI_REPORT_PERF_COUNT', 'bad request', [0x14000002, SCRATCH, 0, 0]],
  ['§10.3 MI_COPY_MEM_MEM', 'bad request', [0x17600003, SCRATCH, 0, SCRATCH, 0]],
  ['§10.3 MI_SET_CONTEXT, which is in no table', 'bad request', [0x0c000000, 0]],
  ['§10.1 a length that must match', 'fault', [0x0b000002, 0, 0, 0]],
  ['§10.2 a second level from the ring', 'fault', [0x18c00001, SCRATCH, 0]],
  ['§10.5 a register that commands cannot access', 'bad request', [0x11000001, 0x44200, 0]],
  ['§10.5 a register behind the end', 'fault', [0x11000001, 0x200000, 0]],
  [
    '§10.4 a store of a register that is not permitted',
    'not permitted',
    [0x12400002, 0x2580, SCRATCH, 0],
  ],
  ['§10.4 a register copy', 'not permitted', [0x15000001, 0x2600, 0x2608]],
  ['§10.6 an address outside the own slice', 'fault', [0x10400002, OUTSIDE, 0, 1]],
  ['§10.6 PIPE_CONTROL to outside', 'fault', [0x7a000004, 0x01004000, OUTSIDE, 0, 1, 0]],
  [
    '§10.6 MI_FLUSH_DW to outside, in the long form too',
    'fault',
    [0x13004003, OUTSIDE | 4, 0, 1, 2],
    BCS,
  ],
  ['§10.6 MI_ATOMIC to outside', 'fault', [0x17c00501, OUTSIDE, 0]],
  ['§10.6 an index behind the status page', 'fault', [0x7a000004, 0x00204000, 0x1000, 0, 1, 0]],
];

for (const [name, kind, dwords, base] of refused) {
  test(`${name}: ${kind}`, () => {
    const result = scanned(dwords, base);
    assert.equal(result.kind, kind, result.message);
    assert.equal(result.failsafe, kind === 'not permitted' ? -1 : 2);
    assert.equal(result.executed, false, 'nothing of the workload runs');
  });
}

const passed: readonly (readonly [string, readonly number[]])[] = [
  ['§10.5 a register with command access', [0x11000001, 0x2580, 0x00010001]],
  ['§10.5 DERRMR is redirected', [0x11000001, 0x44050, 0]],
  ['§10.4 the registers that may be stored', [0x12400002, 0xb118, SCRATCH + 8, 0]],
  ['§10.6 the status page by index', [0x7a000004, 0x00204000, 0xd0, 0, 1, 0]],
  ['§10.6 PPGTT addresses are not audited', [0x7a000004, 0x00004000, OUTSIDE, 0, 1, 0]],
  ['§6.7 a register of the context image', [0x11000001, 0x2600, 1]],
];

for (const [name, dwords] of passed) {
  test(`${name}: passes`, () => {
    const result = scanned(dwords);
    assert.equal(result.kind, undefined, result.message);
    assert.equal(result.executed, true);
  });
}

test('§10.2 privileged batches are scanned, chained ones too, user batches are not', () => {
  const wait = [0x0e40c002, 0, SCRATCH + 0x80, 0];
  const guest = new EngineGuest({ policy: 'gvt-g' });
  guest.show(STATUS_PAGE + 0x400, [0x18800001, STATUS_PAGE + 0x500, 0]);
  guest.show(STATUS_PAGE + 0x500, [...wait, END]);
  guest.run(guest.context(), [0x18800001, STATUS_PAGE + 0x400, 0]);
  assert.match(guest.faults[0]?.message ?? '', /MI_SEMAPHORE_WAIT at ggtt 0x28000500/);
  const user = new EngineGuest({ policy: 'gvt-g' });
  user.userBatch([...wait, ...STORE, END]);
  user.run(user.context(), [0x18800101, 0, 1]);
  assert.equal(user.dword(SCRATCH), 1);
});

test('gvt-facts §2.4, §10: hardware executes what the scanner refuses', () => {
  const guest = new EngineGuest();
  guest.run(guest.context(), [0x10800001, 0x200, 6]);
  assert.equal(guest.dword(STATUS_PAGE + 0x200), 6);
});

test('bugs.md §9.4, gvt-facts §10.4, as a quirk: MI_FLUSH_DW of 5 dwords is not audited, not patched, and does not notify', () => {
  const quirks = ['flush-dw-unaudited'] as const;
  const guest = new EngineGuest({ base: BCS, policy: 'gvt-g', quirks });
  guest.run(guest.context(), [0x13204103, 0xd0, 0, 5, 6, 0x13004003, OUTSIDE | 4, 0, 1, 2]);
  assert.equal(
    guest.faults.some(({ check }) => check === 'command-refused'),
    false,
  );
  assert.equal(guest.dword(STATUS_PAGE + 0xd0), 0);
  assert.equal(
    guest.interrupts.some(({ name }) => name === 'BCS0 MI_FLUSH_DW notify'),
    false,
  );
});

test('gvt-facts §10.2: an end of a batch in the ring does not end the scan, as it does not end the ring', () => {
  const { kind, executed } = scanned([END, 0, 0x0e40c002, 0, SCRATCH, 0]);
  assert.equal(kind, 'bad request');
  assert.equal(executed, false);
});

test('what a lite restore brings is scanned when the engine gets there', () => {
  const guest = new EngineGuest({ policy: 'gvt-g' });
  const context = guest.context();
  guest.emit(context, STORE);
  guest.submit(context);
  guest.vgpu.stepWork();
  guest.run(context, [0x10800001, 0x200, 7, 0]);
  assert.equal(guest.dword(SCRATCH), 1, 'what was submitted before has run');
  assert.equal(guest.dword(STATUS_PAGE + 0x200), 0);
  assert.ok(guest.faults.some(({ check }) => check === 'command-refused'));
  assert.equal(guest.vgpu.core.state.failsafe, 2);
});

/** Pages of one batch, all the same memory: a command of 65,537 dwords, one with an effect, and back to the start. */
function longCommands(options: ConstructorParameters<typeof EngineGuest>[0]): EngineGuest {
  const guest = new EngineGuest(options);
  const batch = 0x29000000;
  for (let page = 0; page < 70; page++) {
    guest.vgpu.write('mmio', 0x800000 + (batch / 4096 + page) * 8, 8, 0x40010001, 0);
  }
  const dwords = [0x7002ffff, ...STORE, 0x18800001, batch, 0];
  const page = Uint32Array.from({ length: 1024 }, (_, at) => dwords[at] ?? 0);
  guest.vgpu.showMemory(0x40010000, new Uint8Array(page.buffer));
  const context = guest.context();
  guest.emit(context, [0x18800001, batch, 0]);
  guest.submit(context);
  return guest;
}

test('gvt-facts §10.2: a scan ends, however long an endless batch is, and nothing passes unseen behind it', () => {
  const long = longCommands({ policy: 'gvt-g' });
  long.vgpu.stepWork();
  const endless = new EngineGuest({ policy: 'gvt-g' });
  endless.show(SCRATCH + 0x100, [0x18800001, SCRATCH + 0x100, 0]);
  endless.run(endless.context(), [0x18800001, SCRATCH + 0x100, 0]);
  for (const { faults, vgpu } of [long, endless]) {
    const refused = faults.find(({ check }) => check === 'command-refused')?.message ?? '';
    assert.match(refused, /goes on at ggtt 0x\w+ was refused \(fault\): it has more than 1000000/);
    assert.equal(vgpu.core.state.failsafe, 2);
  }
});

test('commands of very many dwords count as several', () => {
  const guest = longCommands({ pace: { burst: 1000, perMillisecond: 10 } });
  guest.vgpu.runWork();
  const long = guest.commands.filter(({ dwords }) => dwords.length > 1024).length;
  assert.ok(long > 0 && long < 20, `${long}`);
});

test('§10: the indirect context is scanned behind the ring, and with GVT-g’s own jump to the per-context batch', () => {
  const guest = new EngineGuest({ policy: 'gvt-g' });
  const [setup, batch] = [guest.hidden + 0x200000, guest.hidden + 0x201000];
  for (const page of [setup, batch]) guest.map(page);
  guest.show(setup, [...LOAD_GPR, ...new Array(13).fill(0)]);
  guest.show(batch, [END]);
  const seen: [string, number][] = [];
  guest.vgpu.setListener({ scanned: ({ name, address }) => seen.push([name, address]) });
  const context = guest.context([
    [0x1c4, setup | 1],
    [0x1c0, batch | 1],
  ]);
  guest.run(context, STORE);
  assert.deepEqual(
    seen.filter(([name]) => name !== 'MI_NOOP'),
    [
      ['MI_STORE_DATA_IMM', context.ring],
      ['MI_LOAD_REGISTER_IMM', setup],
      ['MI_BATCH_BUFFER_START', setup + 64],
      ['MI_BATCH_BUFFER_END', batch],
    ],
  );
});

test('§10, §6.7: an indirect context has up to 63 lines of 64 bytes (bits 5:0)', () => {
  const forbidden = [0x11000001, 0x44200, 0];
  for (const lines of [1, 2, 62, 63]) {
    for (const [last, behind, refused] of [
      [LOAD_GPR, forbidden, 0],
      [forbidden, LOAD_GPR, 1],
    ] as const) {
      const guest = new EngineGuest({ policy: 'gvt-g' });
      const setup = guest.hidden + 0x200000;
      guest.map(setup);
      guest.show(setup, new Array(lines * 16).fill(0));
      guest.show(setup + (lines - 1) * 64, [...last, ...new Array(13).fill(0)]);
      guest.show(setup + lines * 64, behind);
      guest.run(guest.context([[0x1c4, setup | lines]]), STORE);
      const faults = guest.faults.filter(({ check }) => check === 'command-refused');
      assert.equal(faults.length, refused, `${lines} lines`);
      assert.equal(guest.ring(0x600), refused === 0 ? LOAD_GPR[2] : 0, `${lines} lines`);
    }
  }
});

test('§10.5: what an indirect context must not do is refused, as in the ring', () => {
  const guest = new EngineGuest({ policy: 'gvt-g' });
  const setup = guest.hidden + 0x200000;
  guest.map(setup);
  guest.show(setup, [0x11000001, 0x44200, 0, ...new Array(13).fill(0)]);
  guest.run(guest.context([[0x1c4, setup | 1]]), STORE);
  assert.equal(
    guest.faults.find(({ check }) => check === 'command-refused')?.check,
    'command-refused',
  );
  assert.equal(guest.dword(SCRATCH), 0, 'nothing of the workload runs');
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createVgpu, eventNames, registerDirectory } from '../../emulator/index.ts';
import { openTrace } from '../../trace/index.ts';
import { deviceConfigFor } from '../device-from-trace.ts';
import { NOT_CANCELLED, sampleTrace } from '../testing/traces.ts';
import { hasExpectations, runScenario } from './run-scenario.ts';

const directory = registerDirectory('skl');

async function run(text: string) {
  const trace = await openTrace([new TextEncoder().encode(text)], {
    registers: { offsetOf: (name) => directory.named(name)?.offset },
  });
  assert.deepEqual(trace.diagnostics, []);
  return runTrace(trace);
}

async function runTrace({ store, device: described }: Awaited<ReturnType<typeof openTrace>>) {
  const config = deviceConfigFor(described);
  assert.ok(!('problem' in config));
  const names = eventNames('skl');
  const result = await runScenario(
    { store, device: createVgpu(config), directory, names },
    NOT_CANCELLED,
  );
  return { ...result, hasExpectations: hasExpectations(store) };
}

/** Whether each expectation of a scenario held, and what failed ones found. */
async function outcomes(text: string): Promise<(true | string)[]> {
  const { expectations } = await run(text);
  return expectations.map(({ passed, actual }) => (passed ? true : actual));
}

/** A page for the aperture, GGTT entry and all. */
const PAGE =
  '## vgpu: caps=1c mappable=04000000+04000000 hidden=20000000+18000000 fences=4\nW64 ggtt[0x4000000] 0x1234001\nAW32 0x4000000 0x11223344\n';
/** A fault: an entry outside of the own slice. */
const FAULT = 'W64 ggtt[0] 0x1\n';

describe('a scenario', () => {
  it('expects exact answers of its reads', async () => {
    const text = 'W32 RCS0.RING_HWSTAM 0x40\nR32 RCS0.RING_HWSTAM = 0x40\nR32 0x2098 = 0x41\n';
    const { expectations, failed } = await run(text);
    assert.equal(failed, 1);
    assert.deepEqual(
      expectations.map(({ passed, line }) => [passed, line]),
      [
        [true, 2],
        [false, 3],
      ],
    );
    assert.equal(expectations[1]?.expected, 'R32 RCS0.RING_HWSTAM = 0x00000041');
    assert.equal(expectations[1]?.actual, 'R32 RCS0.RING_HWSTAM = 0x00000040');
    assert.deepEqual(expectations[1]?.moment, { record: 2, event: 0 });
  });

  it('names the fields in which an answer differs', async () => {
    const { expectations } = await run('W32 RCS0.RING_CTL 0x1\nR32 RCS0.RING_CTL = 0x0\n');
    assert.match(expectations[0]?.detail ?? '', /enable: 0x1 instead of 0x0/i);
  });

  it('expects an expression to be true, with the answer of the last read in it', async () => {
    const text = 'W32 RCS0.RING_HWSTAM 0x48\n';
    assert.deepEqual(await outcomes(`${text}expect RCS0.RING_HWSTAM == 0x48\n`), [true]);
    assert.deepEqual(await outcomes(`${text}expect RCS0.RING_HWSTAM == 0x40\n`), [
      'RCS0.RING_HWSTAM == 0x00000048',
    ]);
    assert.deepEqual(await outcomes(`${text}expect RCS0.RING_HWSTAM < 2\n`), [
      'RCS0.RING_HWSTAM is 0x00000048, 2 is 0x2',
    ]);
    assert.deepEqual(await outcomes(`${text}R32 0x2098\nexpect (value & 0x40) == 0x40\n`), [true]);
    assert.deepEqual(await outcomes(`${text}R32 0x2098\nexpect (value & 0xf0) == 0x8\n`), [
      '(value & 0xf0) == 0x00000040',
    ]);
  });

  it('fails where an expression is not understood, or not known', async () => {
    const [wrong] = await outcomes('W32 0x2098 1\nexpect RCS0.RING_TIAL == 1\n');
    assert.match(String(wrong), /^not understood: .*RING_TAIL/);
    const [unknown] = await outcomes('W32 0x2098 1\nexpect mem32[0x1000] == 1\n');
    assert.match(String(unknown), /unknown/);
    const [text] = await outcomes('W32 0x2098 1\nexpect "text"\n');
    assert.match(String(text), /^not understood/);
  });

  it('expects memory, and tells unknown bytes from wrong ones', async () => {
    assert.deepEqual(await outcomes(`${PAGE}expect memory 1234000 44332211\n`), [true]);
    assert.deepEqual(await outcomes(`${PAGE}expect memory ggtt:4000000 44??2211\n`), [true]);
    assert.deepEqual(await outcomes(`${PAGE}expect memory 1234002 22110000\n`), [
      'memory 0x1234002 2211????',
    ]);
    assert.deepEqual(await outcomes(`${PAGE}expect memory 1234000 44332200\n`), [
      'memory 0x1234000 44332211',
    ]);
  });

  it('expects faults since the last access, the last note, and the start', async () => {
    assert.deepEqual(await outcomes(`${FAULT}expect fault ggtt-write-out-of-range\n`), [true]);
    assert.deepEqual(await outcomes(`${FAULT}expect 1 fault\nexpect no fault\n`), [
      true,
      '1 fault ggtt-write-out-of-range',
    ]);
    const later = `${FAULT}R32 0x2098\n`;
    assert.deepEqual(await outcomes(`${later}expect no fault\n`), [true]);
    assert.deepEqual(await outcomes(`${later}expect fault since start\n`), [true]);
    assert.deepEqual(
      await outcomes(`${FAULT}# a note\n${FAULT}R32 0x2098\nexpect 1 fault since note\n`),
      [true],
    );
    assert.deepEqual(await outcomes(`${FAULT}mark here\nexpect fault since note\n`), [
      'no fault since note',
    ]);
  });

  it('expects events since a mark or note of a name, the last of several', async () => {
    const text = `${FAULT}mark set-up (1)\n${FAULT}# a note\n${FAULT}R32 0x2098\n`;
    assert.deepEqual(
      await outcomes(
        `${text}expect 2 faults since mark set-up (1)\nexpect 1 fault since mark a note // x\n`,
      ),
      [true, true],
    );
    assert.deepEqual(
      await outcomes(`${text}mark set-up (1)\nexpect fault since mark set-up (1)\n`),
      ['no fault since mark set-up (1)'],
    );
    assert.deepEqual(await outcomes(`${text}expect 3 faults since mark set-up (1)\n`), [
      '2 fault ggtt-write-out-of-range since mark set-up (1)',
    ]);
    assert.deepEqual(await outcomes(`${FAULT}expect no fault since mark later\nmark later\n`), [
      'no mark above is called later.',
    ]);
  });

  it('fails where it names a check, an interrupt or a command that there is not', async () => {
    const [check] = await outcomes('W32 0x2098 1\nexpect no fault ggtt-write-out-of-rnge\n');
    assert.match(String(check), /^no check is called .* Did you mean ggtt-write-out-of-range/);
    const [interrupt] = await outcomes('W32 0x2098 1\nexpect no interrupt RCS0 usr interrupt\n');
    assert.match(String(interrupt), /^no interrupt is called .* Did you mean RCS0 user interrupt/);
    const [command] = await outcomes('W32 0x2098 1\nexpect no command MI_NOP\n');
    assert.match(String(command), /^no command is called MI_NOP\. Did you mean MI_NOOP/);
    const [engine] = await outcomes('W32 0x2098 1\nexpect command XCS0:MI_NOOP\n');
    assert.match(String(engine), /^no engine is called XCS0; there are RCS0/);
  });

  it('compares recorded answers as a replay does, and lists only those that fail', async () => {
    const good = await run('W 4 002098 40\nR 4 002098 40\n');
    assert.equal(good.hasExpectations, false);
    assert.deepEqual(good.expectations, []);
    const bad = await run('W 4 002098 40\nR 4 002098 41\n');
    assert.equal(bad.failed, 1);
    assert.equal(bad.expectations[0]?.line, 2);
  });

  it('keeps only so many results of a long trace, and counts them all', async () => {
    const lines = (value: number) => `R32 0x2098 = ${value}\n`.repeat(21_000);
    const good = await run(`W32 0x2098 7\n${lines(7)}`);
    assert.deepEqual([good.total, good.failed, good.expectations.length], [21_000, 0, 20_000]);
    const bad = await run(`W32 0x2098 7\n${lines(8)}`);
    assert.deepEqual([bad.total, bad.failed, bad.expectations.length], [21_000, 21_000, 1000]);
  });

  it('tells each fault with its moment and line', async () => {
    const { faults } = await run(`R32 0x2098\n${FAULT}${FAULT}`);
    assert.equal(faults.count, 2);
    assert.deepEqual(faults.byCheck, { 'ggtt-write-out-of-range': 2 });
    assert.deepEqual(
      faults.shown.map(({ moment, line, check }) => [moment.record, moment.event, line, check]),
      [
        [1, 0, 2, 'ggtt-write-out-of-range'],
        [2, 0, 3, 'ggtt-write-out-of-range'],
      ],
    );
  });
});

describe('scenarios of the samples', () => {
  it('pass, with commands and interrupts that their engines raise', async () => {
    for (const name of ['first-steps.vgpu', 'one-batch-two-ways.vgpu']) {
      const text = new TextDecoder().decode(await readSample(name));
      const added = name.startsWith('one')
        ? 'expect command RCS0:MI_STORE_DATA_IMM since start\nexpect no fault since start\n'
        : 'expect 16 commands MI_NOOP since start\n';
      const result = await run(`${text}\n${added}`);
      assert.equal(result.failed, 0, JSON.stringify(result.expectations.filter((e) => !e.passed)));
      assert.ok(result.expectations.length > 10);
    }
  });

  it('find nothing to fail in a recording that replays without a divergence', async () => {
    const result = await runTrace(await sampleTrace('guest-gem-stacks.vgpu.gz'));
    assert.equal(result.failed, 0);
    assert.equal(result.hasExpectations, false);
    assert.ok(result.coverage.registers.length > 100);
    assert.ok((result.coverage.commands['RCS0:MI_BATCH_BUFFER_START'] ?? 0) > 0);
    assert.ok(Object.keys(result.coverage.interrupts).length > 0);
  });
});

async function readSample(name: string): Promise<Uint8Array> {
  const { readFile } = await import('node:fs/promises');
  return readFile(new URL(`../../samples/${name}`, import.meta.url));
}

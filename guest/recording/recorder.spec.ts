import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createVgpu, defaultConfig } from '../../emulator/index.ts';
import { deviceConfigFor, scoreReplay } from '../../timeline/index.ts';
import { openTrace, VgpuWriter, vgpuHeader } from '../../trace/index.ts';
import { DeviceSlot } from '../device/device-slot.ts';
import { FakeMachine } from '../testing/fake-machine.ts';
import { describeDevice } from './describe-device.ts';
import { Recorder } from './recorder.ts';

const PAGE = 4096;
/** Graphics address of the first page that the guest maps: in the own slice, behind the aperture. */
const { hiddenBase, mappableBase } = defaultConfig().partition;
const [RING, BATCH, DATA] = [0, 1, 2];
/** Guest physical pages behind them. */
const FIRST = 16;
const graphics = (page: number, offset = 0) => hiddenBase + page * PAGE + offset;
const TAIL = 0x2030;

const store = (offset: number, value: number) => [0x10400002, graphics(DATA, offset), 0, value];
const load = (register: number, offset: number) => [
  0x14c00002,
  0x2600 + register * 4,
  graphics(DATA, offset),
  0,
];
const jump = (page: number, offset: number) => [0x18800001, graphics(page, offset), 0];
const END = 0x05000000;
/** MI_MATH: general-purpose register 1 grows by register 0. */
const ADD = [0x0d000003, 0x08008001, 0x08008400, 0x10000000, 0x18000431];
/**
 * Reads memory, adds what it read, and begins again: it goes on in device time, whatever the guest does, and every value
 * that it has ever seen counts.
 */
const LOOP = [...load(0, 0), ...ADD, ...jump(BATCH, 0)];

/** A guest that does what it is told, and has all of it recorded. */
class RecordedGuest {
  readonly machine = new FakeMachine(1 << 20);
  readonly slot: DeviceSlot;
  readonly recorder: Recorder;
  text: string;

  constructor() {
    const config = defaultConfig();
    this.slot = new DeviceSlot(this.machine, createVgpu(config), config.apertureSize);
    this.text = vgpuHeader(describeDevice(config, { title: 'a test', driver: 'none' }));
    const writer = new VgpuWriter((text) => {
      this.text += text;
    });
    this.recorder = new Recorder(this.slot, writer);
    this.slot.observer = this.recorder;
    this.slot.ram.observer = this.recorder;
    // Its listener is left out: results are many, carry times, and would hide where memory alone has to be in time.
    this.slot.read('mmio', 0x78000, 4);
    for (let page = 0; page < 4; page++) this.#map(graphics(page), FIRST + page);
    this.#map(mappableBase, FIRST + DATA);
    this.ram(BATCH, 0, [...LOOP, END]);
    this.w(0x2038, graphics(RING));
    this.w(0x203c, 1);
  }

  w(offset: number, value: number): void {
    this.slot.write('mmio', offset, 4, value >>> 0, 0);
  }

  /** The guest's program changes its memory; nobody sees that. */
  ram(page: number, offset: number, dwords: readonly number[]): void {
    this.machine.ramWords.set(dwords, ((FIRST + page) * PAGE + offset) / 4);
  }

  async replayHash(): Promise<string> {
    this.recorder.note('end');
    const trace = await openTrace([new TextEncoder().encode(this.text)], { name: 'recorded' });
    assert.deepEqual(trace.diagnostics, []);
    const config = deviceConfigFor(trace.device);
    if ('problem' in config) throw new Error(config.problem);
    const device = createVgpu(config);
    await scoreReplay(trace.store, device, {}, { cancelled: false });
    return device.hash();
  }

  #map(address: number, physicalPage: number): void {
    this.slot.write('mmio', 0x800000 + (address / PAGE) * 8, 8, physicalPage * PAGE + 1, 0);
  }
}

type Step = (guest: RecordedGuest) => void;

const word = fc.nat({ max: 15 }).map((n) => n * 4);
const value = fc.integer({ min: 0, max: 0xffffffff });
const tail = fc.nat({ max: 63 }).map((n) => n * 8);
const ringCommand = fc.constantFrom([0, 0, 0, 0], store(8, 3), load(2, 0), [...jump(BATCH, 0), 0]);

/** Alarms fire, and there is no access. */
const passTime = fc.nat({ max: 2_500_000 }).map(
  (ns): Step =>
    (guest) => {
      guest.machine.clock.now += ns;
      guest.slot.sync();
    },
);
const changeData = value.map(
  (dword): Step =>
    (guest) =>
      guest.ram(DATA, 0, [dword]),
);
const others: fc.Arbitrary<Step> = fc.oneof(
  fc.nat({ max: 1500 }).map(
    (ns): Step =>
      (guest) => {
        guest.machine.clock.now += ns;
      },
  ),
  fc.tuple(fc.nat({ max: 31 }), ringCommand).map(
    ([at, dwords]): Step =>
      (guest) =>
        guest.ram(RING, at * 16, dwords),
  ),
  fc.boolean().map(
    (ends): Step =>
      (guest) =>
        guest.ram(BATCH, 0, ends ? [END] : LOOP),
  ),
  tail.map(
    (at): Step =>
      (guest) =>
        guest.w(TAIL, at),
  ),
  word.map(
    (at): Step =>
      ({ slot }) =>
        void slot.read('mmio', 0x2600 + at, 4),
  ),
  word.map(
    (at): Step =>
      ({ slot }) =>
        void slot.read('aperture', mappableBase + at, 4),
  ),
  fc.tuple(word, value).map(
    ([at, dword]): Step =>
      ({ slot }) =>
        slot.write('aperture', mappableBase + at, 4, dword, 0),
  ),
  fc.constant<Step>(({ slot }) => void slot.read('config', 0, 2)),
  fc.constant<Step>(({ recorder }) => recorder.note('something')),
);
const steps: fc.Arbitrary<Step> = fc.oneof(passTime, changeData, others);

test('whatever guest and memory do, the recording replays to the same state', async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.array(steps, { maxLength: 25 }), async (runs, wanted) => {
      const guest = new RecordedGuest();
      guest.ram(RING, 0, [...jump(BATCH, 0), 0]);
      if (runs) guest.w(TAIL, 16);
      for (const step of wanted) step(guest);
      assert.equal(await guest.replayHash(), guest.slot.device.hash());
    }),
    { numRuns: 60 },
  );
});

test('memory is recorded when it is used, once for each time that it was changed', async () => {
  const guest = new RecordedGuest();
  const lines = () => guest.text.split('\n').filter((line) => line.startsWith('M ')).length;
  guest.ram(DATA, 0, [1]);
  assert.equal(lines(), 0);
  guest.ram(RING, 0, [...load(0, 0), ...load(1, 0), 0, 0]);
  guest.w(TAIL, 32);
  assert.equal(lines(), 2, 'the ring and the data');
  guest.ram(RING, 32, [...load(0, 0), 0, 0, 0, 0]);
  guest.w(TAIL, 48);
  assert.equal(lines(), 3, 'the ring again, the data not');
  guest.ram(DATA, 0, [2]);
  guest.ram(RING, 48, [...load(0, 0)]);
  guest.w(TAIL, 64);
  assert.equal(lines(), 5);
  assert.equal(await guest.replayHash(), guest.slot.device.hash());
});

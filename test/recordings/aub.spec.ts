import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CommandEvent, createVgpu, type DeviceModel } from '../../emulator/index.ts';
import { deviceConfigFor } from '../../timeline/index.ts';
import { openTrace, RecordKind, type TraceStore } from '../../trace/index.ts';
import { fieldFile, unpacked } from '../support/field-file.ts';

/** Commands as aubinator lists them: `0xfffefffee018:  0x7a000004:  PIPE_CONTROL`. */
function listedCommands(text: string): string[] {
  return [...text.matchAll(/^0x([0-9a-f]+): {2}0x([0-9a-f]{8}): {2}\S/gm)].map(
    ([, address = '', dword = '']) => `${Number.parseInt(address, 16).toString(16)} ${dword}`,
  );
}

/** Gives a file's records to a device, as a replay does. */
function executedCommands(store: TraceStore, device: DeviceModel): string[] {
  const executed: string[] = [];
  device.setListener({ command: (event) => executed.push(commandText(event)) });
  for (let record = 0; record < store.length; record++) {
    const offset = store.offset(record);
    const size = store.size(record);
    const kind = store.kind(record);
    if (kind === RecordKind.memory) device.showMemory(offset, store.bytes(record));
    if (kind === RecordKind.read) device.read('mmio', offset, size);
    if (kind === RecordKind.write) {
      device.write('mmio', offset, size, store.low(record), store.high(record));
    }
    while (device.hasWork) device.runWork();
  }
  return executed;
}

function commandText({ address, dwords }: CommandEvent): string {
  return `${address.toString(16)} ${(dwords[0] ?? 0).toString(16).padStart(8, '0')}`;
}

for (const name of ['skl_clr', 'skl_t2', 'kbl_t_small1', 'bdw_t2']) {
  const aub = fieldFile('aub', `${name}.aub.gz`);
  const listing = fieldFile('aub', `${name}.txt.gz`);
  const skip = (aub === undefined || listing === undefined) && 'the recordings are not here';
  test(`the engine executes the commands of ${name}.aub that aubinator finds in it`, {
    skip,
  }, async () => {
    const trace = await openTrace([unpacked(aub)], { name });
    const config = deviceConfigFor(trace.device);
    assert.ok(!('problem' in config));
    const commands = executedCommands(trace.store, createVgpu(config));
    assert.deepEqual(commands, listedCommands(unpacked(listing).toString()));
  });
}

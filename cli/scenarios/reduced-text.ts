import { type ReducedTrace, type RegisterDirectory, symbolicPlace } from '../../timeline/index.ts';
import { type DeviceDescription, VgpuWriter, vgpuHeader, writeRecord } from '../../trace/index.ts';

/**
 * A reduced trace as a scenario that fails for as long as the whole trace would. `keepAnswers`: other reads than the
 * one that fails keep their recorded answers, which a device that lacks memory goes by.
 */
export function reducedText(
  { store, target }: ReducedTrace,
  device: DeviceDescription,
  directory: RegisterDirectory,
  origin: string,
  keepAnswers: boolean,
): string {
  const title = `Reduced from ${origin}: ${target.text}`.replaceAll(/\s+/g, ' ');
  let text = vgpuHeader({ ...device, title }, 'scenario');
  const writer = new VgpuWriter((line) => {
    text += line;
  });
  const last = target.kind === 'fault' ? -1 : store.length - 1;
  for (let record = 0; record < store.length; record++) {
    writeRecord(writer, store, record, {
      symbolic: record === last || !keepAnswers,
      hasAnswer: (each) => keepAnswers || each === last,
      placeOf: (offset) => symbolicPlace(offset, directory),
    });
  }
  if (target.check !== undefined) {
    writer.expectation({
      kind: 'event',
      what: 'fault',
      count: 0,
      pattern: target.check,
      since: 'start',
    });
  }
  return text;
}

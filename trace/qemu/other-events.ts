import { type TextLine, textOf } from '../text/line-text.ts';
import { asAddress, parseHex } from '../text/numbers.ts';
import type { ReaderTarget } from '../trace-reader.ts';
import type { VfioEvents } from './vfio-events.ts';

const EVENT = /^([a-z][A-Za-z0-9_]*_[A-Za-z0-9_]+)(?: |$)/;
/** Second lines of events whose text holds a line end, as vfio_populate_device_config's does. */
const CONTINUATION = /^ {2}size: 0x[0-9a-f]+, offset: 0x[0-9a-f]+, flags: 0x[0-9a-f]+$/;
const REGION_SETUP = /^vfio_region_setup Device (.+), region ([0-9]+) ".*size: (0x[0-9a-f]+)$/;
const MSI = /^vfio_msi(?:x)?_interrupt +\(.+\) vector [0-9]+ (0x[0-9a-f]+)\/(0x[0-9a-f]+)$/;

/** Longer lines are only shown. */
const LONGEST = 1024;
/** Different events whose names are remembered. */
const MOST_NAMES = 64;

/** Everything that is no access. What VFIO did is shown as notes; other parts of QEMU are counted. */
export class OtherEvents {
  readonly #target: ReaderTarget;
  readonly #vfio: VfioEvents;
  readonly #passedOver = new Map<string, number>();

  constructor(target: ReaderTarget, vfio: VfioEvents) {
    this.#target = target;
    this.#vfio = vfio;
  }

  /** False where the line is no event. */
  read(line: TextLine): boolean {
    const text = textOf(line);
    const name = EVENT.exec(text)?.[1];
    if (name === undefined) return CONTINUATION.test(`  ${text}`);
    if (
      /^(vfio_region_(read|write)|vfio_pci_(read|write)_config|memory_region_ops_(read|write))$/.test(
        name,
      )
    ) {
      return false;
    }
    if (!name.startsWith('vfio_')) {
      this.#count(name);
      return true;
    }
    const short = text.length <= LONGEST ? text : '';
    const setup = REGION_SETUP.exec(short);
    const size = asAddress(parseHex(setup?.[3] ?? ''));
    if (setup !== null && size !== undefined) {
      this.#vfio.regionSetup(setup[1] ?? '', Number(setup[2]), size);
    }
    const msi = MSI.exec(short);
    const address = asAddress(parseHex(msi?.[1] ?? ''));
    const data = parseHex(msi?.[2] ?? '');
    if (address !== undefined && data !== undefined) {
      this.#vfio.interrupt(address, data.low, line.number);
    } else {
      this.#target.store.appendNote(line.bytes, line.start, line.end, line.number);
    }
    return true;
  }

  report(): void {
    if (this.#passedOver.size === 0) return;
    const names = [...this.#passedOver].map(([name, count]) => `${name} (${count})`);
    const more = names.length > 8 ? ` and ${names.length - 8} more` : '';
    this.#target.device.addNote(
      `events of other parts of QEMU, not shown: ${names.slice(0, 8).join(', ')}${more}`,
    );
  }

  #count(name: string): void {
    const count = this.#passedOver.get(name);
    if (count === undefined && this.#passedOver.size >= MOST_NAMES) return;
    this.#passedOver.set(name, (count ?? 0) + 1);
  }
}

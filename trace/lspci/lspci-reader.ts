import { barBase, describeConfigSpace } from '../config-space.ts';
import { scoreLines } from '../text/detect-lines.ts';
import { createLineReader } from '../text/line-reader.ts';
import { quote, textOf } from '../text/line-text.ts';
import type { ReaderTarget, TraceReader } from '../trace-reader.ts';

const HEAD = /^((?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]) (\S.*)$/i;
const ROW = /^([0-9a-f]{2,3}):((?: [0-9a-f]{2}){16})$/i;
const ROW_BEGIN = /^[0-9a-f]{2,3}: [0-9a-f]{2}( |$)/i;
const REGION = /^Region ([0-5]): Memory at .*\[size=([0-9]+)([KMG]?)\]/;
const DRIVER = /^Kernel driver in use: (\S+)/;

const CONFIG_BYTES = 4096;
/** Offset of the base class; 3 is a display controller. */
const CLASS = 0x0b;
const DISPLAY = 3;
const UNITS: Readonly<Record<string, number>> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

interface PciFunction {
  readonly address: string;
  readonly title: string;
  readonly line: number;
  readonly config: Uint8Array;
  length: number;
  readonly sizes: Map<number, number>;
  driver: string | undefined;
}

/** Text that is decoded for people has no other shape than that it is indented. */
export function scoreLspci(head: Uint8Array): number {
  let rows = 0;
  const share = scoreLines(head, (line) => {
    if (ROW.test(line)) rows++;
    return ROW.test(line) || HEAD.test(line) ? 1 : 0.4;
  });
  return rows === 0 ? 0 : share;
}

/** Reader of `lspci -xxx` and `lspci -xxxx`, also with -v: a description of the GPU. */
export function createLspciReader(target: ReaderTarget): TraceReader {
  const functions: PciFunction[] = [];
  return createLineReader(
    target,
    (line) => {
      const text = textOf(line);
      const head = HEAD.exec(text);
      const current = functions.at(-1);
      if (head !== null && functions.length < 4096) {
        const [, address = '', title = ''] = head;
        const config = new Uint8Array(CONFIG_BYTES);
        const sizes = new Map<number, number>();
        functions.push({
          address,
          title,
          line: line.number,
          config,
          length: 0,
          sizes,
          driver: undefined,
        });
      } else if (current !== undefined && ROW.test(text)) {
        readRow(text, current);
      } else if (ROW_BEGIN.test(text)) {
        target.diagnostics.error(
          line.number,
          `${quote(text)} is not understood; expected: OFFSET: and 16 bytes, after the line of a device.`,
        );
      } else if (current !== undefined) {
        readText(text, current);
      }
    },
    () => describe(functions, target),
  );
}

function readRow(text: string, current: PciFunction): void {
  const [, offset = '', bytes = ''] = ROW.exec(text) ?? [];
  const at = Number.parseInt(offset, 16);
  if (at % 16 !== 0 || at + 16 > CONFIG_BYTES) return;
  current.config.set(
    bytes
      .trim()
      .split(' ')
      .map((byte) => Number.parseInt(byte, 16)),
    at,
  );
  current.length = Math.max(current.length, at + 16);
}

function readText(text: string, current: PciFunction): void {
  const region = REGION.exec(text);
  if (region !== null) {
    current.sizes.set(Number(region[1]), Number(region[2]) * (UNITS[region[3] ?? ''] ?? 1));
  }
  current.driver = DRIVER.exec(text)?.[1] ?? current.driver;
}

function describe(functions: readonly PciFunction[], target: ReaderTarget): void {
  for (const { address, title, line } of functions) {
    target.snapshot.addFact({ key: address, value: title, line });
  }
  const wanted = target.hints.device;
  const gpu =
    wanted === undefined
      ? functions.find(({ config }) => config[CLASS] === DISPLAY)
      : functions.find(({ address }) => address.includes(wanted));
  if (gpu === undefined) {
    const known = functions.map(({ address }) => address).join(', ');
    target.diagnostics.warning(
      0,
      `There is no display controller with its bytes in this list of devices${known === '' ? '' : ` (${known})`}.`,
    );
    return;
  }
  const config = gpu.config.slice(0, gpu.length);
  const { device } = target;
  target.snapshot.setConfig(config);
  describeConfigSpace(config, device);
  device.set({ title: `${gpu.address} ${gpu.title}` });
  if (gpu.driver !== undefined) device.set({ driver: gpu.driver });
  for (const [index, size] of gpu.sizes) {
    const base = barBase(config, index);
    if (base !== undefined) device.setBar({ index, base, size });
  }
}

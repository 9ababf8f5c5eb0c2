import type { MonitorDescription } from '../device-description.ts';
import type { DeviceDescriptionBuilder } from '../device-description-builder.ts';
import { platformOfDevice } from '../intel-platforms.ts';
import { parseSlice } from '../slice.ts';
import { quote } from '../text/line-text.ts';
import { asAddress, parseHex } from '../text/numbers.ts';
import type { ReaderTarget } from '../trace-reader.ts';

/** A header line `## key: value`. */
interface Directive {
  readonly key: string;
  /** How the value looks, for messages. */
  readonly shape: string;
  /** Returns false where the value does not have the shape. */
  apply(value: string, device: DeviceDescriptionBuilder): boolean;
}

const INTEL = 0x8086;

const DIRECTIVES: readonly Directive[] = [
  { key: 'title', shape: 'a text', apply: (title, device) => device.set({ title }) },
  { key: 'platform', shape: 'one word, such as skl', apply: applyPlatform },
  {
    key: 'pci',
    shape: 'VENDOR:DEVICE, perhaps with rev REVISION, as in 8086:1912 rev 06',
    apply: applyPci,
  },
  {
    key: 'bars',
    shape: 'INDEX=BASE/SIZE …, as in 0=d0000000/16M 2=c0000000/256M',
    apply: applyBars,
  },
  {
    key: 'vgpu',
    shape: 'caps=1c mappable=04000000+04000000 hidden=20000000+18000000 fences=4',
    apply: applyPartition,
  },
  {
    key: 'monitor',
    shape: 'none, or hdmi|dp port=B edid=HEX (whole blocks of 128 bytes)',
    apply: applyMonitor,
  },
  {
    key: 'interrupt',
    shape: 'msi, or intx where the device has INTA# as well',
    apply: (value, device) =>
      /^(msi|intx)$/.test(value) && device.set({ legacyInterrupt: value === 'intx' }),
  },
  {
    key: 'memory',
    shape: 'BASE+SIZE …, hexadecimal and of whole pages, as in 00000000+10000000',
    apply: applyMemory,
  },
  { key: 'driver', shape: 'a text', apply: (driver, device) => device.set({ driver }) },
  { key: 'answers', shape: 'a text', apply: applyAnswers },
  {
    key: 'quirks',
    shape: 'names with blanks between them',
    apply: (value, device) => device.set({ quirks: value.split(/[ \t]+/) }),
  },
  {
    key: 'records',
    shape: 'a text',
    apply: (records, device) => records === '' || device.set({ records }),
  },
  {
    key: 'counts',
    shape: 'a text',
    apply: (counts, device) => counts === '' || device.set({ counts }),
  },
];

/** What a header key is for, for editors. */
export type HeaderKey = Pick<Directive, 'key' | 'shape'>;

export const HEADER_KEYS: readonly HeaderKey[] = DIRECTIVES;

/** First lines that say no more than what kind of file this is. */
const BANNER = /^(i915 guest driver recording|vgpu (trace|scenario|recording)\b.*)$/i;

/** Reads a header line, given without its `##`. Lines that are indented further explain the line before. */
export function readHeader(text: string, line: number, target: ReaderTarget): void {
  const content = text.replace(/^ /, '').trimEnd();
  if (content === '' || /^[ \t]/.test(content)) return;
  const match = /^([a-z][a-z-]*)(?: \([^)]*\)[^:]*)?:[ \t]*(.*)$/.exec(content);
  const directive = DIRECTIVES.find((candidate) => candidate.key === match?.[1]);
  if (directive !== undefined) {
    if (directive.apply(match?.[2] ?? '', target.device)) return;
    const { key, shape } = directive;
    target.diagnostics.error(line, `The header ${key} is not understood; expected: ${shape}.`);
  } else if (match !== null) {
    const known = DIRECTIVES.map(({ key }) => key).join(', ');
    target.diagnostics.warning(
      line,
      `There is no header ${quote(match[1] ?? '')}; known are ${known}.`,
    );
  } else if (!BANNER.test(content)) {
    if (target.device.scalars.title === undefined) target.device.set({ title: content });
    else target.device.addNote(content);
  }
}

function applyPlatform(value: string, device: DeviceDescriptionBuilder): boolean {
  if (!/^[a-z][a-z0-9]*$/i.test(value)) return false;
  return device.set({ platform: value.toLowerCase() });
}

function applyPci(value: string, device: DeviceDescriptionBuilder): boolean {
  const ids = /^([0-9a-f]{4}):([0-9a-f]{4})(?:(?:, *|[ \t]+)rev[ \t]+([0-9a-f]{1,2}))?$/i.exec(
    value,
  );
  return ids !== null && setIds(ids, device);
}

/** `answers` is prose, in which recordings name the device: `… (Skylake GT2, 8086:1912 rev 06)`. */
function applyAnswers(value: string, device: DeviceDescriptionBuilder): boolean {
  device.set({ answers: value });
  device.addNote(`answers: ${value}`);
  const ids = /\b([0-9a-f]{4}):([0-9a-f]{4})\b(?: rev ([0-9a-f]{1,2})\b)?/i.exec(value);
  if (ids !== null && device.scalars.deviceId === undefined) setIds(ids, device);
  return true;
}

function setIds(ids: RegExpExecArray, device: DeviceDescriptionBuilder): true {
  const [vendorId, deviceId, revisionId] = ids.slice(1).map((text) => Number.parseInt(text, 16));
  if (vendorId === undefined || deviceId === undefined) return true;
  device.set({ vendorId, deviceId });
  const platform = vendorId === INTEL ? platformOfDevice(deviceId) : undefined;
  if (platform !== undefined && device.scalars.platform === undefined) device.set({ platform });
  if (ids[3] !== undefined && revisionId !== undefined) device.set({ revisionId });
  return true;
}

function applyBars(value: string, device: DeviceDescriptionBuilder): boolean {
  const bars = value.split(/[ \t]+/).map((text) => {
    const match = /^([0-5])=(?:0x)?([0-9a-f]{1,12})\/([0-9]{1,12})([KMG]?)$/i.exec(text);
    const base = asAddress(parseHex(match?.[2] ?? ''));
    const unit = { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 }[(match?.[4] ?? '').toUpperCase()] ?? 1;
    const size = Number(match?.[3] ?? 0) * unit;
    return base === undefined || size === 0 ? undefined : { index: Number(match?.[1]), base, size };
  });
  if (bars.includes(undefined)) return false;
  for (const bar of bars) if (bar !== undefined) device.setBar(bar);
  return true;
}

function applyPartition(value: string, device: DeviceDescriptionBuilder): boolean {
  const [, caps, rest = ''] = /^(?:caps=([0-9a-f]{1,8})[ \t]+)?(.*)$/i.exec(value) ?? [];
  const slice = parseSlice(rest);
  if (slice === undefined) return false;
  if (caps !== undefined) device.set({ pvinfoCaps: Number.parseInt(caps, 16) });
  device.setPartition(slice);
  return true;
}

function applyMemory(value: string, device: DeviceDescriptionBuilder): boolean {
  const memory = value.split(/[ \t]+/).map((text) => {
    const [, base = '', size = ''] = /^([0-9a-f]{1,12})\+([0-9a-f]{1,12})$/i.exec(text) ?? [];
    const range = { base: Number.parseInt(base, 16), size: Number.parseInt(size, 16) };
    return range.size > 0 && range.base % 4096 === 0 && range.size % 4096 === 0 ? range : undefined;
  });
  const ranges = memory.filter((range) => range !== undefined);
  return ranges.length === memory.length && device.set({ memory: ranges });
}

function applyMonitor(value: string, device: DeviceDescriptionBuilder): boolean {
  if (value === 'none') {
    device.setMonitor(undefined);
    return true;
  }
  const match = /^(hdmi|dp)[ \t]+port=([A-E])[ \t]+edid=((?:[0-9a-f]{256}){1,8})$/i.exec(value);
  const [, connection = '', port = '', digits] = match ?? [];
  if (digits === undefined) return false;
  const edid = new Uint8Array(digits.length / 2);
  for (let i = 0; i < edid.length; i++)
    edid[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  const kind: MonitorDescription['connection'] = connection.toLowerCase() === 'dp' ? 'dp' : 'hdmi';
  device.setMonitor({ connection: kind, port: port.toUpperCase(), edid });
  return true;
}

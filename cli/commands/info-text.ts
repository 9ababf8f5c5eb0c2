import { grouped } from '../../timeline/index.ts';
import type { TraceInfo } from './trace-info.ts';

/** `vgpu info` for people: one line per fact, headings in the first column. */
export function infoText(info: TraceInfo): string {
  const lines = [
    ['trace', info.name],
    ['format', `${info.title}, ${grouped(info.bytes)} bytes`],
    ['what', info.device.title],
    ['driver', info.device.driver],
    ...info.device.notes.map((note) => ['note', note]),
    ['device', deviceText(info)],
    ...info.device.bars.map((bar) => [
      `BAR${bar.index}`,
      `${hex(bar.base)}, ${sizeText(bar.size)}`,
    ]),
    ['vGPU', info.device.vgpuId === undefined ? undefined : `number ${info.device.vgpuId}`],
    ['slice', sliceText(info)],
    ['firmware', info.device.showsFirmware ? 'the trace shows how it placed the BARs' : undefined],
    ['interrupt', interruptText(info)],
    ['memory', memoryText(info)],
    ['monitor', monitorText(info)],
    ['quirks', info.device.quirks?.join(' ')],
    ['its records', info.device.records],
    ['its counts', info.device.counts],
    ...snapshotLines(info),
    ['records', grouped(info.records)],
    ...Object.entries(info.counts.kinds).map(([kind, n]) => [`  ${kind}`, grouped(n)]),
    ['accesses', Object.keys(info.counts.spaces).length === 0 ? 'none' : ''],
    ...Object.entries(info.counts.spaces).map(([space, n]) => [`  ${space}`, grouped(n)]),
    ['time', timeText(info)],
    ['problems', info.diagnostics.length === 0 ? 'none' : grouped(info.diagnostics.length)],
    ...info.diagnostics.map(({ severity, line, message }) => [
      `  ${severity}`,
      line === 0 ? message : `line ${line}: ${message}`,
    ]),
  ];
  return lines
    .filter(([, value]) => value !== undefined)
    .map(([heading, value]) => `${`${heading}`.padEnd(WIDTH - 1)} ${value}`.trimEnd())
    .join('\n')
    .concat('\n');
}

const WIDTH = 16;

function snapshotLines({ snapshot }: TraceInfo): string[][] {
  if (snapshot === undefined) return [];
  const { facts, registers, buffers, configBytes, mmioBytes } = snapshot;
  const parts = [
    [facts, 'facts'],
    [registers, 'registers'],
    [buffers.length, 'buffers'],
    [configBytes, 'bytes of configuration space'],
    [mmioBytes, 'bytes of registers'],
  ] as const;
  const shown = parts.filter(([count]) => count > 0);
  return [
    ['one moment', shown.map(([count, what]) => `${grouped(count)} ${what}`).join(', ')],
    ...buffers.map(({ engine, name, address, bytes }) => [
      `  ${engine} ${name}`,
      `${hex(address)}, ${sizeText(bytes)}`,
    ]),
  ];
}

function deviceText({ device }: TraceInfo): string {
  const ids =
    device.vendorId === undefined || device.deviceId === undefined
      ? ''
      : ` ${hex4(device.vendorId)}:${hex4(device.deviceId)}`;
  const revision = device.revisionId === undefined ? '' : ` revision ${hex(device.revisionId)}`;
  const caps =
    device.pvinfoCaps === undefined ? '' : `, PVINFO capabilities ${hex(device.pvinfoCaps)}`;
  return `${device.platform ?? 'platform not known'}${ids}${revision}${caps}`;
}

function sliceText({ device: { partition } }: TraceInfo): string | undefined {
  if (partition === undefined) return undefined;
  const { mappableBase, mappableSize, hiddenBase, hiddenSize, fences } = partition;
  return (
    `aperture ${hex(mappableBase)} (${sizeText(mappableSize)}), ` +
    `hidden ${hex(hiddenBase)} (${sizeText(hiddenSize)}), ${fences} fences`
  );
}

/** Undefined where the trace does not say. */
function interruptText({ device: { legacyInterrupt, msi } }: TraceInfo): string | undefined {
  const to = msi === undefined ? '' : ` to ${hex(msi.address)}, data ${hex(msi.data)}`;
  if (legacyInterrupt === true) return `MSI${to}, and INTA# while MSI is off (intx)`;
  return legacyInterrupt === false || msi !== undefined ? `MSI${to}` : undefined;
}

function memoryText({ device: { memory } }: TraceInfo): string | undefined {
  return memory?.map(({ base, size }) => `${hex(base)} (${sizeText(size)})`).join(', ');
}

function monitorText({ device: { monitor } }: TraceInfo): string {
  if (monitor === undefined) return 'none';
  return `${monitor.connection} on port ${monitor.port}, EDID of ${monitor.edid.length / 2} bytes`;
}

function timeText({ time }: TraceInfo): string {
  if (time === null) return 'none';
  return `${time.from.toFixed(6)} s to ${time.to.toFixed(6)} s: ${time.seconds.toFixed(6)} s`;
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}

function hex4(value: number): string {
  return value.toString(16).padStart(4, '0');
}

function sizeText(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB'];
  let unit = 0;
  while (bytes >= 1024 && bytes % 1024 === 0 && unit < units.length - 1) {
    bytes /= 1024;
    unit++;
  }
  return `${bytes} ${units[unit]}`;
}

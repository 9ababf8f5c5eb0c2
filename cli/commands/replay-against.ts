import {
  type DeviceIds,
  type DumpedDevice,
  type DumpScore,
  deviceText,
  dwordName,
  grouped,
  hex,
  isSameDevice,
  type RegisterDirectory,
  scoreDump,
} from '../../timeline/index.ts';
import { Failure } from '../failures.ts';
import { loadTrace, warnOfDiagnostics } from '../load-trace.ts';
import type { OptionRow } from '../options.ts';
import type { Terminal } from '../terminal.ts';

export const AGAINST: OptionRow = {
  name: 'against',
  value: 'FILE',
  help: "compare the registers at the trace's end with a dump of them (mmio_diff: its vGPU column; intel_reg dump; error state)",
};

export type AgainstReport = ReturnType<typeof againstReport>;

/** The registers of a dump. @throws Failure for a file that has none, or those of another GPU than the trace's */
export async function loadDump(path: string, device: DeviceIds, terminal: Terminal) {
  const dump = await loadTrace(path, terminal);
  warnOfDiagnostics(dump, terminal);
  if (!isSameDevice(dump.device, device)) {
    throw new Failure(
      `${dump.name} is of ${deviceText(dump.device)}, and the trace of ${deviceText(device)}: their registers are not to be compared.`,
    );
  }
  const registers = dump.snapshot?.registers ?? [];
  if (registers.some(({ offset }) => offset !== undefined)) return registers;
  throw new Failure(
    `${dump.name} (${dump.format?.title}) lists no registers to compare with; --against takes a dump, as of mmio_diff or intel_reg.`,
  );
}

export function againstReport(
  file: string,
  registers: Awaited<ReturnType<typeof loadDump>>,
  device: DumpedDevice,
  names: RegisterDirectory,
) {
  const { rows, ...counts } = scoreDump(registers, device);
  return { file, ...counts, rows: rows.map((row) => rowReport(row, names)) };
}

function rowReport(
  { register, offset, got, gotHigh, why }: DumpScore['rows'][number],
  names: RegisterDirectory,
) {
  const info = names.at(offset);
  const { line, size, value, host } = register;
  return {
    line,
    offset: hex(offset, 5),
    register: info === undefined ? register.name : dwordName(info, offset),
    expected: valueText(value.low, value.high, size),
    got: valueText(got, gotHigh, size),
    ...(host === undefined ? {} : { host: valueText(host.low, host.high, size) }),
    ...(why === undefined ? {} : { why }),
  };
}

function valueText(low: number, high: number, size: number): string {
  return size > 4 ? `${hex(high, 8)}${hex(low, 8).slice(2)}` : hex(low, 8);
}

/** For people. */
export function againstText({ file, rows, ...counts }: AgainstReport): string {
  const { compared, equal, host, explained, different } = counts;
  const lines = [
    `against ${file}`,
    `  registers     ${grouped(compared)}`,
    `  equal         ${grouped(equal)}`,
    `  the host's    ${grouped(host)}`,
    `  explained     ${grouped(explained)}`,
    `  different     ${grouped(different)}`,
    ...rows.map(
      ({ line, offset, register, expected, got, why }) =>
        `    line ${line}: ${offset} ${register} is ${expected} there, the model has ${got}${why === undefined ? '' : `: ${why}`}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

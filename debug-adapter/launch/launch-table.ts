import { HYPERVISORS, MODELS } from '../../timeline/index.ts';
import {
  ADDRESS,
  BYTE,
  FLAG,
  LINE,
  oneOf,
  PATH,
  PATTERNS,
  SLICE,
  TEXT,
  TURNS,
} from './attribute-kinds.ts';
import { type AttributeRow, row, rowWith } from './attribute-row.ts';
import { TRACES } from './traces-attribute.ts';

const COMPARE = ['compare', 'force', 'ignore'] as const;
export type ComparePolicy = (typeof COMPARE)[number];
const POLICIES = ['hardware', 'gvt-g'] as const;
export type DevicePolicy = (typeof POLICIES)[number];
const SCHEDULES = ['at-once', 'sliced'] as const;
export type Schedule = (typeof SCHEDULES)[number];

/**
 * Every attribute of a launch configuration. The adapter reads them by these rows; the schema in package.json, which VS
 * Code checks launch.json by, and the table in docs/editors.md are made of them (tests hold both to it).
 */
export const LAUNCH = {
  trace: row('trace', PATH, {
    meaning:
      'The recording to step through: a .vgpu file, mmiotrace, ftrace, a QEMU or libvfio-user log, AUB; plain or gzipped.',
    isFile: true,
    example: `\${workspaceFolder}/trace.vgpu.gz`,
  }),
  traces: row('traces', TRACES, {
    meaning:
      'Instead of "trace": several recordings as guests of one host GPU, each on a vGPU of its own. An entry is a path, or an object with "trace" and "golden". They were recorded with different slices of graphics memory (vgpu guest --gm); their records come in the order of their times.',
  }),
  stopOnEntry: rowWith('stopOnEntry', FLAG, true, {
    meaning: 'Stop before the first record; otherwise run until the first breakpoint.',
  }),
  stopAtLine: row('stopAtLine', LINE, {
    meaning:
      'Stop before the access on this line of the file, or the next one below it, instead of before the first.',
  }),
  skip: rowWith('skip', PATTERNS, [], {
    meaning:
      'Registers that stepping passes over: names, globs, offsets, ranges (GMBUS*, 0xc5010-0xc5027).',
  }),
  compare: rowWith('compare', oneOf(COMPARE), 'compare', {
    meaning: 'What recorded answers to reads are for.',
    choices: [
      'The device answers; answers that differ from the recorded ones are counted as divergences.',
      'Reads answer what was recorded, and the device is brought in line with it.',
      'The device answers, and what was recorded does not matter.',
    ],
  }),
  golden: row('golden', TEXT, {
    meaning:
      "The registers of the host's GPU, from which the vGPU starts and to which resets go back: GVT-g's golden_hw_state, the text of intel_reg dump, or mmio_diff (its HW column); plain or gzipped.",
    isFile: true,
    example: `\${workspaceFolder}/host.golden_hw_state`,
  }),
  policy: row('policy', oneOf(POLICIES), {
    meaning:
      "Which commands the vGPU's engines execute. Where absent: as the recording's header says, or else hardware.",
    choices: [
      'Engines execute all that hardware has.',
      "Each workload is looked through first; what GVT-g's scanner refuses is refused, with its consequences.",
    ],
  }),
  hypervisor: row('hypervisor', oneOf(HYPERVISORS), {
    meaning:
      'Puts a host and a virtual machine around the vGPU; a scope "Host" shows partition, engine and display owners, time slices, trapped ranges and write-protected pages.',
    choices: [
      'The vGPU is one of a host GPU, in a virtual machine of KVM.',
      'The same with the in-kernel KVMGT of the old trees, which changes a bus while it serves an access of it (srcu-hazard).',
      'The vGPU is one of a host GPU, in a domain of Xen.',
    ],
  }),
  schedule: rowWith('schedule', oneOf(SCHEDULES), 'at-once', {
    meaning: 'How vGPUs of a host get engines.',
    choices: [
      'A vGPU gets engines when it needs them.',
      'vGPUs get engines in time slices by weight, as GVT-g gives them.',
    ],
  }),
  interleave: rowWith('interleave', TURNS, 'time', {
    meaning:
      'In which order the records of several traces come: "time", or a number: so many of each in turn, whatever their times. A number goes with "schedule": "at-once".',
  }),
  unknownByte: row('unknownByte', BYTE, {
    meaning:
      "Byte that stands for unknown ones where memory is read, for memory views that have no sign of their own for them and would show zeros (VS Code's has none); 63 is a question mark. null: memory ends at an unknown byte.",
    inVsCode: 63,
  }),
  device: row('device', TEXT, {
    meaning:
      'The device that a log with several is about: a part of its name there, such as 00:02.0, 8086:1912 or igd-gttmmadr. Found from the log where absent.',
  }),
  bar0: row('bar0', ADDRESS, {
    meaning:
      'Guest physical address of the registers (BAR0), hexadecimal, where the log does not tell it.',
    example: '0xfd000000',
  }),
  bar2: row('bar2', ADDRESS, {
    meaning:
      'Guest physical address of the aperture (BAR2), hexadecimal, where the log does not tell it.',
  }),
  slice: row('slice', SLICE, {
    meaning:
      "The vGPU's slice of graphics memory and its fences, instead of what the trace tells: bases and sizes in bytes, hexadecimal, as a .vgpu header has them. Without either, the first slice of a host.",
    example: 'mappable=8000000+4000000 hidden=40000000+18000000 fences=4',
  }),
  model: rowWith('model', oneOf(MODELS), 'auto', {
    meaning: 'What answers.',
    choices: [
      'The emulated vGPU where it can be the device that was recorded, else the recording.',
      'The emulated vGPU, whatever was recorded.',
      'The recording itself: nothing is emulated, reads answer what was recorded.',
    ],
  }),
  registers: row('registers', TEXT, {
    meaning:
      'A file that names registers and fields of a device that is not emulated: CMSIS-SVD, or JSON (docs/register-files.md).',
    isFile: true,
  }),
} as const satisfies Record<string, AttributeRow<unknown>>;

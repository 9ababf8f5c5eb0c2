import { createAubReader, scoreAub } from './aub/aub-reader.ts';
import { scoreErrorState } from './error-state/detect.ts';
import { createErrorStateReader } from './error-state/error-state-reader.ts';
import { scoreFtrace } from './ftrace/detect.ts';
import { createFtraceReader } from './ftrace/ftrace-reader.ts';
import { createGoldenStateReader, scoreGoldenState } from './golden-state/golden-state-reader.ts';
import { createIntelRegReader, scoreIntelReg } from './intel-reg/intel-reg-reader.ts';
import { createLibvfioUserReader, scoreLibvfioUser } from './libvfio-user/libvfio-user-reader.ts';
import { createLspciReader, scoreLspci } from './lspci/lspci-reader.ts';
import { createMmioDiffReader, scoreMmioDiff } from './mmio-diff/mmio-diff-reader.ts';
import { scoreMmiotrace } from './mmiotrace/detect.ts';
import { createMmiotraceReader } from './mmiotrace/mmiotrace-reader.ts';
import { scoreQemuLog } from './qemu/detect.ts';
import { createQemuReader } from './qemu/qemu-reader.ts';
import type { ReaderTarget, TraceReader } from './trace-reader.ts';
import { scoreVgpu } from './vgpu/detect.ts';
import { createVgpuReader } from './vgpu/vgpu-reader.ts';

/** A kind of trace file that can be read. */
export interface TraceFormat {
  /** Short and stable, as shown in `--json`. */
  readonly id: string;
  /** For people. */
  readonly title: string;
  /** How sure it is, 0 to 1, that a file which begins with these bytes is of this format. */
  detect(head: Uint8Array): number;
  createReader(target: ReaderTarget): TraceReader;
}

/** Every format, one row each. */
export const TRACE_FORMATS: readonly TraceFormat[] = [
  {
    id: 'vgpu',
    title: 'vgpu trace',
    detect: scoreVgpu,
    createReader: createVgpuReader,
  },
  {
    id: 'mmiotrace',
    title: 'Linux mmiotrace log',
    detect: scoreMmiotrace,
    createReader: createMmiotraceReader,
  },
  {
    id: 'qemu',
    title: 'QEMU trace log',
    detect: scoreQemuLog,
    createReader: createQemuReader,
  },
  {
    id: 'ftrace',
    title: 'Linux ftrace log',
    detect: scoreFtrace,
    createReader: createFtraceReader,
  },
  {
    id: 'libvfio-user',
    title: 'libvfio-user log',
    detect: scoreLibvfioUser,
    createReader: createLibvfioUserReader,
  },
  {
    id: 'aub',
    title: 'AUB file',
    detect: scoreAub,
    createReader: createAubReader,
  },
  {
    id: 'error-state',
    title: 'i915 GPU error state',
    detect: scoreErrorState,
    createReader: createErrorStateReader,
  },
  {
    id: 'mmio-diff',
    title: 'GVT-g mmio_diff',
    detect: scoreMmioDiff,
    createReader: createMmioDiffReader,
  },
  {
    id: 'intel-reg',
    title: 'intel_reg dump',
    detect: scoreIntelReg,
    createReader: createIntelRegReader,
  },
  {
    id: 'golden-state',
    title: 'GVT-g golden hardware state',
    detect: scoreGoldenState,
    createReader: createGoldenStateReader,
  },
  {
    id: 'lspci',
    title: 'lspci -xxx',
    detect: scoreLspci,
    createReader: createLspciReader,
  },
];

/** Bytes of a file's beginning by which its format is told. */
export const DETECTION_BYTES = 65_536;

/** Below this a guess is no better than none. */
const SURE_ENOUGH = 0.3;

/** The most likely format by content, undefined where none is likely. */
export function detectFormat(head: Uint8Array): TraceFormat | undefined {
  const beginning = head.subarray(0, DETECTION_BYTES);
  let best: TraceFormat | undefined;
  let bestScore = SURE_ENOUGH;
  for (const format of TRACE_FORMATS) {
    const score = format.detect(beginning);
    if (score > bestScore) {
      best = format;
      bestScore = score;
    }
  }
  return best;
}

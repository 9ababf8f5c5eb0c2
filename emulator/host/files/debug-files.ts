import { coreOf } from '../host.ts';
import type { HostGpu } from '../host-gpu.ts';
import type { HostProblem } from '../host-problem.ts';
import type { VgpuRecord } from '../host-state.ts';
import { DEBUGFS, type HostFile, invalid, numberIn } from './host-file.ts';

/** Bit of each engine in `scan_nonprivbb`: its number in i915 (Linux 5.0). */
const ENGINE_BITS: Readonly<Record<string, number>> = {
  RCS0: 0,
  BCS0: 1,
  VCS0: 2,
  VCS1: 3,
  VECS0: 6,
};

/** Bits of `status`. */
const ATTACHED = 1;
const ACTIVE = 2;

/** The debug file system's folder `gvt` of today's trees (gvt-facts §12.6). */
export function debugFiles(gpu: HostGpu): readonly HostFile[] {
  return [
    {
      path: `${DEBUGFS}/num_tracked_mmio`,
      read: () => `${trackedRegisters(gpu)}\n`,
      note: 'dwords that this model’s tables describe; GVT-g counts those of its own',
    },
    ...gpu.vgpus.flatMap((record) => vgpuFiles(gpu, record)),
  ];
}

/** Not counted: blocks of 1 KiB and more (gvt-facts §2.1, §2.2). First offset, and the one behind the last. */
const BLOCKS = [
  [0x04a000, 0x04b400],
  [0x078000, 0x079000],
  [0x080000, 0x083000],
  [0x140000, 0x180000],
] as const;

function trackedRegisters({ host }: HostGpu): number {
  let count = 0;
  host.hardware.map.indexOfDword.forEach((row, dword) => {
    const isInBlock = BLOCKS.some(([first, end]) => dword * 4 >= first && dword * 4 < end);
    if (row !== 0 && !isInBlock) count++;
  });
  return count;
}

function vgpuFiles(gpu: HostGpu, record: Readonly<VgpuRecord>): readonly HostFile[] {
  const { id, domid, active } = record;
  const folder = `${DEBUGFS}/vgpu${id}`;
  const scanned = () => coreOf(gpu.host, id)?.state.scanUserBatches ?? [];
  return [
    { path: `${folder}/mmio_diff`, read: () => gpu.mmioDiff(id) ?? '' },
    {
      path: `${folder}/scan_nonprivbb`,
      read: () => number(scanned().reduce((mask, engine) => mask | bitOf(engine), 0)),
      write: (text) => scan(gpu, id, text),
      ...(record.config.policy === 'gvt-g'
        ? {}
        : { note: 'has an effect with the policy gvt-g only, whose scanner it steers' }),
    },
    {
      path: `${folder}/status`,
      read: () => number((domid >= 0 ? ATTACHED : 0) | (active ? ACTIVE : 0)),
    },
  ];
}

function bitOf(engine: string): number {
  const bit = ENGINE_BITS[engine];
  return bit === undefined ? 0 : 1 << bit;
}

function number(value: number): string {
  return `0x${value.toString(16)}\n`;
}

/** Bits of engines that there are not are dropped, as the kernel drops them. */
function scan({ host }: HostGpu, id: number, text: string): HostProblem | undefined {
  const mask = numberIn(text);
  const core = coreOf(host, id);
  if (mask === undefined || mask < 0 || core === undefined) {
    return invalid(
      `"${text.trim()}" is no mask of engines: bit 0 is RCS0, 1 BCS0, 2 VCS0, 3 VCS1, 6 VECS0.`,
    );
  }
  const { engines } = core.registers.map.tables;
  core.state.scanUserBatches = engines
    .map(({ name }) => name)
    .filter((name) => (mask & bitOf(name)) !== 0);
  return undefined;
}

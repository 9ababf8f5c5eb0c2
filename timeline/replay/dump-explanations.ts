import { ENGINE_BASES } from './engine-bases.ts';

/** A register of which a real vGPU's copy is another than the model's, and why that is no mistake. */
export interface DumpExplanation {
  /** BAR0 offset of the dword. */
  readonly offset: number;
  readonly name: string;
  readonly reason: string;
  readonly source: string;
  /** Bits that may differ; all if absent. */
  readonly bits?: number;
}

const ACTIVE_HEAD =
  'GVT-g reads it from the engine when the guest reads it, which it never does here: its copy is still the host’s. The model’s registers stand for the engine, too';
const TIMESTAMP =
  'the host’s clock when the vGPU was made: GVT-g’s copy follows it only when the guest reads it';
const FRAMES =
  'the host’s count when the vGPU was made; no pipe of the guest’s has had a vblank since';
const HOST = 'gvt-facts §12.1';
const LIVE = 'gvt-facts §6.2';

/** All of the rows of a real `mmio_diff` in which the model differs: what the vGPU's host had at the beginning. */
export const DUMP_EXPLANATIONS: readonly DumpExplanation[] = [
  { offset: 0x02074, name: 'RCS0.RING_ACTHD', reason: ACTIVE_HEAD, source: LIVE },
  { offset: 0x12074, name: 'VCS0.RING_ACTHD', reason: ACTIVE_HEAD, source: LIVE },
  { offset: 0x1a074, name: 'VECS0.RING_ACTHD', reason: ACTIVE_HEAD, source: LIVE },
  { offset: 0x22074, name: 'BCS0.RING_ACTHD', reason: ACTIVE_HEAD, source: LIVE },
  { offset: 0x02358, name: 'RCS0.RING_TIMESTAMP', reason: TIMESTAMP, source: LIVE },
  { offset: 0x12358, name: 'VCS0.RING_TIMESTAMP', reason: TIMESTAMP, source: LIVE },
  { offset: 0x1a358, name: 'VECS0.RING_TIMESTAMP', reason: TIMESTAMP, source: LIVE },
  { offset: 0x22358, name: 'BCS0.RING_TIMESTAMP', reason: TIMESTAMP, source: LIVE },
  {
    offset: 0x07300,
    name: 'HDC_CHICKEN0',
    bits: 0xffff0000,
    reason:
      'the lower half, which counts, is equal; the upper one is the mask of the host’s last write, which the host’s register kept',
    source: HOST,
  },
  { offset: 0x70040, name: 'PIPE_FRMCNT_A', reason: FRAMES, source: 'gvt-facts §9, §12.1' },
  { offset: 0x71040, name: 'PIPE_FRMCNT_B', reason: FRAMES, source: 'gvt-facts §9, §12.1' },
  { offset: 0x72040, name: 'PIPE_FRMCNT_C', reason: FRAMES, source: 'gvt-facts §9, §12.1' },
];

/** What an engine that has stopped for lack of memory leaves as it was: tail, head, start, status, pointers. */
const WORK = [0x30, 0x34, 0x38, 0x234, 0x238, 0x3a0];
export const LACKING =
  'follows from work for which the trace lacks guest memory, so that it was not done';

export function dependsOnWork(offset: number): boolean {
  return ENGINE_BASES.some((base) => WORK.includes(offset - base));
}

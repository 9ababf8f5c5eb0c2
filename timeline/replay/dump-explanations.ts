import { ENGINE_BASES } from './engine-bases.ts';

/**
 * A register that a real vGPU has from its host, and why it still has it. It explains what differs only where that is
 * what the model had at power-on, too, and where the host's golden state does not tell the value.
 */
export interface DumpExplanation {
  /** BAR0 offset of the dword. */
  readonly offset: number;
  readonly name: string;
  readonly reason: string;
  readonly source: string;
  /** It counts as the host's own: nobody has changed in it what the vGPU got from its host. */
  readonly fromHost: boolean;
}

const ACTIVE_HEAD =
  'GVT-g’s copy follows the engine only when the guest reads it, which it never does here: it is still the host’s, an address outside of the vGPU’s slice';
const TIMESTAMP =
  'the host’s clock when GVT-g took its state, 13.487 s in ticks of 80 ns; GVT-g’s copy follows it only when the guest reads it';
const FRAMES =
  'the host’s count when GVT-g took its state: the same 13.488 s in microseconds, as its device counts; no pipe of the guest’s has had a vblank since';
const GOLDEN = 'gvt-facts §12.1';
const LIVE = 'gvt-facts §6.2';

interface Group {
  readonly fromHost: boolean;
  readonly reason: string;
  readonly source: string;
  readonly registers: readonly (readonly [offset: number, name: string])[];
}

const GROUPS: readonly Group[] = [
  {
    fromHost: false,
    reason: ACTIVE_HEAD,
    source: LIVE,
    registers: [
      [0x02074, 'RCS0.RING_ACTHD'],
      [0x12074, 'VCS0.RING_ACTHD'],
      [0x1a074, 'VECS0.RING_ACTHD'],
      [0x22074, 'BCS0.RING_ACTHD'],
    ],
  },
  {
    fromHost: true,
    reason: TIMESTAMP,
    source: `${LIVE}, §12.1`,
    registers: [
      [0x02358, 'RCS0.RING_TIMESTAMP'],
      [0x12358, 'VCS0.RING_TIMESTAMP'],
      [0x1a358, 'VECS0.RING_TIMESTAMP'],
      [0x22358, 'BCS0.RING_TIMESTAMP'],
    ],
  },
  {
    fromHost: true,
    reason:
      'the lower half, which counts, is equal; the upper one is the mask of the host’s last write, which its register kept',
    source: GOLDEN,
    registers: [[0x07300, 'HDC_CHICKEN0']],
  },
  {
    fromHost: true,
    reason: FRAMES,
    source: `${GOLDEN}, §9`,
    registers: [
      [0x70040, 'PIPE_FRMCNT_A'],
      [0x71040, 'PIPE_FRMCNT_B'],
      [0x72040, 'PIPE_FRMCNT_C'],
    ],
  },
];

/** All of the rows of a real `mmio_diff` in which the model has another value, as nobody knows the host's. */
export const DUMP_EXPLANATIONS: readonly DumpExplanation[] = GROUPS.flatMap(
  ({ registers, ...why }) => registers.map(([offset, name]) => ({ offset, name, ...why })),
);

/** What an engine that has stopped for lack of memory leaves as it was: tail, head, start, status, pointers. */
const WORK = [0x30, 0x34, 0x38, 0x234, 0x238, 0x3a0];
export const LACKING =
  'follows from work for which the trace lacks guest memory, so that it was not done';

/** RING_TIMESTAMP, low and high dword. */
const CLOCK = [0x358, 0x35c];
export const ANSWERED =
  'the host’s clock when the guest read it last, as the recording has the answer; GVT-g’s copy follows it only then (gvt-facts §6.2)';

export function isClock(offset: number): boolean {
  return ENGINE_BASES.some((base) => CLOCK.includes(offset - base));
}

export function dependsOnWork(offset: number): boolean {
  return ENGINE_BASES.some((base) => WORK.includes(offset - base));
}

import { type EngineGuest, SCRATCH, USER_BATCH } from '../../emulator/testing/engine-guest.ts';
import type { HypervisorKind } from '../../timeline/index.ts';

/** How a rule is broken: the lines of a trace, or what a guest does, which becomes such lines. */
export interface BrokenRule {
  readonly check: string;
  readonly lines?: readonly string[];
  readonly play?: (guest: EngineGuest) => void;
  readonly base?: number;
  readonly header?: readonly string[];
  readonly policy?: 'gvt-g';
  readonly hypervisor?: HypervisorKind;
}

const PVINFO = 'R32 0x78000 ?';
const MEMORY = ['## memory: 00000000+40000000'];
/** Valid, 4 levels, privileged. */
const DESCRIPTOR = '0x28123119';
const submit = ['0', '0', '7', DESCRIPTOR].map((dword) => `W32 RCS0.ELSP ${dword}`);
/** Interrupts of RCS0's group get as far as the group's registers. */
const HEARD = ['W32 RCS0.RING_IMR 0', 'W32 0x44304 0', 'W32 0x4430c 0xffffffff'];
const WAIT = [0x0e404002, 1, SCRATCH, 0];
const END = 0x05000000;
const user = (offset = 0) => [(USER_BATCH + offset) % 2 ** 32, Math.floor(USER_BATCH / 2 ** 32)];
const run =
  (...dwords: readonly number[]) =>
  (guest: EngineGuest) =>
    guest.run(guest.context(), dwords);
/** The guest's page tables come, or go. */
function announce(guest: EngineGuest, notification: number): void {
  guest.w(0x78838, 0x40000000);
  guest.w(0x7883c, 0);
  guest.w(0x78818, notification);
}

/** A tree of page tables at 0x10000: PML4, PDP, PD, PT, and a second PT; the aperture shows them. */
const [PML4, PDP, PD, PT] = [0x10000, 0x11000, 0x12000, 0x13000];
const WINDOW = 0x8000000;
const pointer = (address: number) =>
  `${(address | 3).toString(16).padStart(8, '0')}`.match(/../g)?.toReversed().join('');
const TREE = [
  PVINFO,
  ...[PML4, PDP, PD, PT].flatMap((table, at) => [
    `M ${table.toString(16)} ${pointer([PDP, PD, PT, 0x20000][at] ?? 0)}00000000${'00'.repeat(4088)}`,
    `W64 ggtt[0x${(WINDOW + at * 4096).toString(16)}] 0x${(table | 1).toString(16)}`,
  ]),
  `W32 0x78838 0x${PML4.toString(16)}`,
  'W32 0x7883c 0',
];
const CREATE = [...TREE, 'W32 0x78818 4'];

/** One row for each check that a session can find fault with, in the order of the table. */
export const BROKEN_RULES: readonly BrokenRule[] = [
  { check: 'failsafe-unsupported', lines: ['W32 RCS0.RING_MODE 0x80008000'] },
  { check: 'failsafe-resource', lines: [PVINFO, 'W32 0x78808 1'] },
  { check: 'failsafe-guest-error', policy: 'gvt-g', play: run(0x0e40c002, 0, SCRATCH, 0) },
  { check: 'access-alignment', lines: ['R 4 2031 ?'] },
  { check: 'access-end', lines: ['R 4 1ffffe ?'] },
  { check: 'stray-access', lines: ['R 4 200000 ?'] },
  { check: 'untracked-register', lines: ['R 4 1000 ?'] },
  { check: 'read-only-write', lines: ['W32 RCS0.RING_EXECLIST_STATUS_LO 5'] },
  { check: 'mask-empty', lines: [PVINFO, 'W32 RCS0.RING_MODE 0x8000'] },
  { check: 'host-owned-bit', lines: [PVINFO, 'W32 RCS0.RING_MODE 0x00010001'] },
  { check: 'pvinfo-read', lines: ['R32 0x78014 ?'] },
  { check: 'pvinfo-write', lines: ['W32 0x78000 1'] },
  { check: 'g2v-unknown', lines: [PVINFO, 'W32 0x78818 99'] },
  { check: 'fence-out-of-range', lines: [PVINFO, 'W32 0x100040 1'] },
  { check: 'nonpriv-refused', lines: ['W32 0x24d0 0x1234'] },
  { check: 'hws-page-range', lines: ['W32 RCS0.RING_HWS_PGA 0x1000'] },
  { check: 'gamw-partial', lines: ['W32 0x4080 1'] },
  { check: 'trtt-physical', lines: ['W32 0x4df4 1'] },
  { check: 'guc-unsupported', lines: ['W32 0xc314 1'] },
  { check: 'ggtt-access', lines: ['W16 ggtt[0x8000000] 1'] },
  { check: 'ggtt-read-out-of-range', lines: ['R64 ggtt[0] ?'] },
  { check: 'ggtt-write-out-of-range', lines: ['W64 ggtt[0] 1'] },
  { check: 'ggtt-guard-write', lines: ['W64 ggtt[0xfffff000] 0'] },
  { check: 'aperture-out-of-range', lines: ['AR 4 0 ?'] },
  { check: 'aperture-unmapped', lines: ['AR 4 8000000 ?'] },
  {
    check: 'ggtt-half-entry',
    lines: ['W32 ggtt[0x8000000] 0x1000001', 'AR 4 8000000 ?'],
  },
  {
    check: 'frame-unbacked',
    header: MEMORY,
    hypervisor: 'kvm',
    lines: ['W64 ggtt[0x8000000] 0x90000001'],
  },
  { check: 'ppgtt-create-failed', lines: [PVINFO, 'W32 0x78818 4'] },
  { check: 'ppgtt-unknown-root', lines: [...TREE, 'W32 0x78818 5'] },
  {
    check: 'ppgtt-pinned',
    play: (guest) => {
      announce(guest, 4);
      guest.run(guest.context(), WAIT);
      announce(guest, 5);
    },
  },
  { check: 'ppgtt-entry', lines: [...CREATE, 'AW 8 8001008 0000000040000083'] },
  {
    check: 'ppgtt-frame-unbacked',
    header: MEMORY,
    hypervisor: 'kvm',
    lines: [...CREATE, 'AW 8 8003008 0000000090000003'],
  },
  { check: 'page-table-reused', lines: [...CREATE, 'AW 8 8000010 cafef00ddeadbeef'] },
  {
    check: 'page-table-two-types',
    lines: [...CREATE, `AW 8 8001008 00000000000${(PML4 | 3).toString(16)}`],
  },
  {
    check: 'page-table-engine-write',
    play: (guest) => {
      announce(guest, 4);
      guest.device.write('mmio', 0x800000 + ((SCRATCH + 0x100000) / 4096) * 8, 8, 0x40000001, 0);
      guest.run(guest.context(), [0x10400002, SCRATCH + 0x100010, 0, 0]);
    },
  },
  { check: 'page-table-write-size', lines: [...CREATE, 'AW 1 8000000 00'] },
  {
    check: 'elsp-invalid',
    lines: [PVINFO, ...['0', '0', '7', '0x28123118'].map((dword) => `W32 RCS0.ELSP ${dword}`)],
  },
  {
    check: 'elsp-out-of-step',
    lines: [PVINFO, ...['0', '7', DESCRIPTOR, '0'].map((dword) => `W32 RCS0.ELSP ${dword}`)],
  },
  { check: 'elsp-size', lines: [PVINFO, 'W16 RCS0.ELSP 1'] },
  {
    check: 'elsp-full',
    play: (guest) => {
      const [busy, second, third] = [guest.context(), guest.context(), guest.context()];
      guest.run(busy, WAIT);
      guest.submit(second);
      guest.submit(third);
    },
  },
  { check: 'gpu-page-fault', play: run(0x10400002, SCRATCH + 0x100000, 0, 1) },
  { check: 'command-refused', policy: 'gvt-g', play: run(0x0e40c002, 0, SCRATCH, 0) },
  { check: 'command-not-permitted', policy: 'gvt-g', play: run(0x15000001, 0x2600, 0x2608, 0) },
  { check: 'command-unknown', play: run(0x0f800000) },
  { check: 'command-register', play: run(0x11000001, 0x7ffffc, 1) },
  {
    check: 'command-privilege',
    play: (guest) => {
      guest.userBatch([0x10400002, SCRATCH, 0, 1, END]);
      guest.run(guest.context(), [0x18800101, ...user()]);
    },
  },
  { check: 'batch-level', play: run(0x18c00101, ...user()) },
  {
    check: 'event-masked',
    lines: [PVINFO, 'W32 RCS0.RING_IMR 0', 'W32 0x44304 0xffffffff', ...submit],
  },
  {
    check: 'display-event-masked',
    lines: ['W32 0x70008 0x80000000', 'W32 0x44404 0xffffffff', 'T 1', 'R32 0x70008 ?'],
  },
  { check: 'ring-event-masked', lines: [PVINFO, 'W32 RCS0.RING_IMR 0xffffffff', ...submit] },
  {
    check: 'event-disabled',
    lines: [PVINFO, 'W32 RCS0.RING_IMR 0', 'W32 0x44304 0', ...submit],
  },
  { check: 'event-waiting', lines: [PVINFO, ...HEARD, ...submit] },
  { check: 'event-merged', lines: [PVINFO, ...HEARD, ...submit, ...submit] },
  {
    check: 'msi-refused',
    lines: [PVINFO, 'CW16 4 7', ...HEARD, 'W32 0x44200 0x80000000', ...submit],
  },
  { check: 'config-access', lines: ['CR 8 10 ?'] },
  { check: 'function-reset', lines: ['CW16 0x78 0x8000'] },
  { check: 'swsci-smi', lines: ['CW16 0xe8 1'] },
  { check: 'swsci-refused', lines: ['CW16 0xe8 0x8001'] },
  {
    check: 'srcu-hazard',
    hypervisor: 'kvmgt',
    lines: ['CW32 0x10 0xd0000000', 'CW16 4 2'],
  },
  { check: 'aux-no-monitor', lines: ['W32 0x64110 0x80000000'] },
  { check: 'flip-lost', lines: ['W32 0x7219c 0x1000', 'W32 0x70008 0x80000000', 'T 1', PVINFO] },
  {
    check: 'refresh-rate-unknown',
    lines: ['W32 0x60000 0', 'W32 0x60040 0', 'W32 0x60044 0', 'W32 0x70008 0x80000000'],
  },
  {
    check: 'memory-unknown',
    play: (guest) => {
      guest.map(SCRATCH + 0x100000);
      guest.run(guest.context(), [0x18800001, SCRATCH + 0x100000, 0]);
    },
  },
  {
    check: 'setup-batch-unknown',
    play: (guest) => {
      guest.map(SCRATCH + 0x100000);
      guest.run(guest.context([[0x1c4, (SCRATCH + 0x100000) | 1]]), [0, 0]);
    },
  },
  { check: 'command-unimplemented', play: run(0x14000002, 0, 0, 0) },
  {
    check: 'blit-size',
    base: 0x22000,
    play: run(0x54300005, 0x03f00000, 0x80008000, 0x7fff7fff, SCRATCH, 0, 1, 0),
  },
  { check: 'unimplemented-register', lines: ['R32 0xf000c ?'] },
];

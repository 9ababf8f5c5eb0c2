import { EngineGuest } from '../../../emulator/testing/engine-guest.ts';
import { markdown } from '../markdown.ts';

const GDRST = 0x941c;
const GT = 0x2098;
const INTERRUPT_ENABLE = 0x4430c;
const DISPLAY = 0x7018c;
const FENCE = 0x100000;
const CURSOR_HOT_SPOT = 0x78830;
const GGTT = 0x800000;
const INT_LINE = 0x3c;
const D3_HOT = 3;

/** A guest that has left something everywhere; its render engine needs a page that nobody has shown. */
function usedGuest(): EngineGuest {
  const guest = new EngineGuest();
  guest.w(GT, 0x1234);
  guest.w(DISPLAY, 0x1234);
  guest.w(FENCE, 0x1234);
  guest.w(CURSOR_HOT_SPOT, 0x1234);
  guest.vgpu.write('config', INT_LINE, 1, 0x12, 0);
  const lrca = guest.hidden + 0x100000;
  for (const page of [0, 1]) guest.map(lrca + page * 4096);
  guest.submit({ lrca, ring: 0, id: 7, tail: 0 });
  guest.vgpu.runWork();
  return guest;
}

/** Looked at without a guest's read, which would leave a mark. */
function shown({ vgpu }: EngineGuest, offset: number): number {
  return vgpu.peek('mmio', offset, 4).low;
}

interface Effect {
  readonly what: string;
  /** Whether the guest's mark is still there. */
  readonly stays: (guest: EngineGuest) => boolean;
}

const EFFECTS: readonly Effect[] = [
  { what: 'work of RCS0', stays: ({ vgpu }) => vgpu.lacksMemory },
  { what: 'GT registers', stays: (guest) => shown(guest, GT) === 0x1234 },
  { what: 'interrupt registers', stays: (guest) => shown(guest, INTERRUPT_ENABLE) !== 0 },
  { what: 'display registers', stays: (guest) => shown(guest, DISPLAY) === 0x1234 },
  { what: 'PVINFO', stays: (guest) => shown(guest, CURSOR_HOT_SPOT) === 0x1234 },
  { what: 'fences', stays: (guest) => shown(guest, FENCE) === 0x1234 },
  {
    what: 'GGTT',
    stays: (guest) => shown(guest, GGTT + (guest.hidden / 4096) * 8) !== 0,
  },
  {
    what: 'configuration space',
    stays: ({ vgpu }) => vgpu.peek('config', INT_LINE, 1).low === 0x12,
  },
  { what: 'PVINFO was read', stays: ({ vgpu }) => vgpu.core.state.pvNotified },
];

interface Kind {
  readonly what: string;
  readonly reset: (guest: EngineGuest) => void;
}

const KINDS: readonly Kind[] = [
  { what: 'GDRST, bit of RCS0', reset: (guest) => guest.w(GDRST, 1 << 1) },
  { what: 'GDRST, bit of BCS0', reset: (guest) => guest.w(GDRST, 1 << 3) },
  { what: 'GDRST, bit of the GuC', reset: (guest) => guest.w(GDRST, 1 << 5) },
  { what: 'GDRST, bit 0: all engines', reset: (guest) => guest.w(GDRST, 1 << 0) },
  { what: 'full (VFIO, function level, power-off, reboot)', reset: ({ vgpu }) => vgpu.reset() },
  {
    what: 'full, after D3hot',
    reset: ({ vgpu }) => {
      vgpu.write('config', 0xd4, 2, D3_HOT, 0);
      vgpu.reset();
    },
  },
];

/** What each kind of reset puts back, found by doing it. */
export function resetTables(): Readonly<Record<string, string>> {
  for (const { what, stays } of EFFECTS) {
    if (!stays(usedGuest())) throw new Error(`The guest has left nothing in: ${what}.`);
  }
  return {
    resets: markdown(
      ['reset', ...EFFECTS.map(({ what }) => what)],
      KINDS.map(({ what, reset }) => {
        const guest = usedGuest();
        reset(guest);
        return [what, ...EFFECTS.map(({ stays }) => (stays(guest) ? 'stays' : 'reset'))];
      }),
    ),
  };
}

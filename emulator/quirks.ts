/**
 * Where devices that answered recordings are known to part from what is right, so that their recordings can be
 * replayed on what they did. One row each; a vGPU has none unless its configuration names it.
 */
export const QUIRKS = [
  {
    id: 'preset-pipe-no-vblank',
    title: 'The pipe that runs at power-on has no vblank before its configuration is written',
    source: 'gvt-facts §9: the timer is started by that write; i915 says “flip_done timed out”',
  },
  {
    id: 'ring-imr-render-bits',
    title:
      "An engine's own IMR is tested at the render engine's bits: BCS0 and VCS1 lose their events",
    source: 'gvt-facts §7.2: their bits are 16 to 31',
  },
  {
    id: 'ro-write-unreported',
    title: 'Nothing is said of a write to a register that is read-only as a whole',
    source: 'bugs.md §9.1: the mask of 64 bits is filled from 32, so that it is never all ones',
  },
  {
    id: 'vfio-splits-accesses',
    title: 'Accesses of 8 bytes reach the model as two of 4, GGTT entries as two halves',
    source: 'bugs.md §9.2, gvt-facts §5.3: the fast path compares a region index with 0x10',
  },
  {
    id: 'mmio-writes-unchecked',
    title: 'Register writes are not checked for alignment or for the end of the register file',
    source: 'bugs.md §9.3, gvt-facts §2.3 step 5',
  },
  {
    id: 'flush-dw-unaudited',
    title:
      'MI_FLUSH_DW of 5 dwords escapes the address audit, the index patch and the notification',
    source: 'bugs.md §9.4',
  },
  {
    id: 'skl-flip-plane-1a-only',
    title:
      "MI_DISPLAY_FLIP works for plane 1 of pipe A only, and changes the primary plane's registers",
    source: 'bugs.md §9.5, gvt-facts §10.4',
  },
  {
    id: 'bxt-port-c-is-b',
    title: 'TRANS_DDI_FUNC_CTL names port B where the monitor is on port C, as on Broxton',
    source: 'bugs.md §9.6',
  },
  {
    id: 'ggtt-8-bytes-at-4',
    title:
      'An 8-byte GGTT write at the upper half of an entry is taken: its first dword is the upper half',
    source: 'bugs.md §9.7, gvt-facts §5.3',
  },
  {
    id: 'aux-nak-wrong-byte',
    title: 'The AUX NAK code is in the wrong byte, and the message size is cleared one bit short',
    source: 'bugs.md §9.8',
  },
  {
    id: 'write-ir-boolean',
    title: 'Events of interrupt register writes say that something changed, not which bits',
    source: 'bugs.md §9.9, gvt-facts §13.1: a boolean printed as eight digits',
  },
  {
    id: 'gma-translate-ring-0',
    title: 'Events of address translation always name the render engine',
    source: 'bugs.md §9.10, gvt-facts §13.1',
  },
  {
    id: 'g2v-failure-silent',
    title: 'Nothing is said where a PPGTT that the guest announces cannot be built',
    source: 'bugs.md §9.11, gvt-facts §3',
  },
  {
    id: 'migration-ring-0',
    title: 'Work in a migration image is given to the render engine, whosever it was',
    source: 'bugs.md §9.12: the ring id is used before it is copied from the image',
  },
  {
    id: 'reset-ctl-keeps-mask',
    title: 'RESET_CTL reads back with the mask bits of the last write',
    source:
      'a guest inside kvmgt reads 0x00010003 (gvt-facts §6.6: mode masks are applied elsewhere)',
  },
  {
    id: 'aux-answers-everywhere',
    title:
      'An AUX channel without a monitor answers a time-out with the size of a reply, and interrupts',
    source: 'a guest inside kvmgt, port A (gvt-facts §8 says that it is ignored)',
  },
  {
    id: 'pcode-sagv-silent',
    title: 'The mailbox does not know SAGV control: its data stays as it was',
    source: 'gvt-facts §8: three commands answer; a driver gives up after some tries',
  },
  {
    id: 'power-wells-apart',
    title: 'Each PWR_WELL_CTL shows the state of its own requests only',
    source: 'gvt-facts §8: state bit = request bit >> 1, in the register that was written',
  },
  {
    id: 'ring-imr-ignored',
    title: "An engine's events do not heed its own IMR",
    source: 'gvt-facts §7.3: only the group’s IMR is looked at',
  },
  {
    id: 'run-list-clears-csb',
    title: 'Switching run lists on puts the pointers of the context status buffer back',
    source:
      'a guest inside kvmgt sets both to 5, and reads 0x001 after two entries (gvt-facts §6.4: initial value)',
  },
] as const satisfies readonly { id: string; title: string; source: string }[];

export type QuirkId = (typeof QUIRKS)[number]['id'];

export function isQuirk(name: string): name is QuirkId {
  return QUIRKS.some(({ id }) => id === name);
}

export function hasQuirk(config: { readonly quirks?: readonly QuirkId[] }, id: QuirkId): boolean {
  return config.quirks?.includes(id) === true;
}

/** What the real GVT-g of Linux 6.1 and later does: for recordings of guests inside it. */
export const GVT_G_QUIRKS: readonly QuirkId[] = [
  'preset-pipe-no-vblank',
  'ro-write-unreported',
  'mmio-writes-unchecked',
  'flush-dw-unaudited',
  'skl-flip-plane-1a-only',
  'aux-nak-wrong-byte',
  'write-ir-boolean',
  'gma-translate-ring-0',
  'g2v-failure-silent',
  'reset-ctl-keeps-mask',
  'aux-answers-everywhere',
  'pcode-sagv-silent',
  'power-wells-apart',
  'ring-imr-ignored',
  'run-list-clears-csb',
];

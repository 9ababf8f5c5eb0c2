/**
 * Where devices that answered recordings are known to part from what is right, so that their recordings can be
 * replayed on what they did. One row each; a vGPU has none unless its configuration names it.
 */
export const QUIRKS = [
  {
    id: 'ring-imr-render-bits',
    title:
      "An engine's own IMR is tested at the render engine's bits: BCS0 and VCS1 lose their events",
    source: 'gvt-facts §7.2: their bits are 16 to 31',
  },
  {
    id: 'aux-nak-wrong-byte',
    title: 'The AUX NAK code is in the wrong byte, and the message size is cleared one bit short',
    source: 'bugs.md §9.8',
  },
] as const satisfies readonly { id: string; title: string; source: string }[];

export type QuirkId = (typeof QUIRKS)[number]['id'];

export function isQuirk(name: string): name is QuirkId {
  return QUIRKS.some(({ id }) => id === name);
}

/** Engines as i915 called them, up to 4.9 by what they do. */
const NAMES: readonly { readonly name: RegExp; readonly engine: string }[] = [
  { name: /^render(?: ring)?$/, engine: 'rcs0' },
  { name: /^bsd(?: ring)?$/, engine: 'vcs0' },
  { name: /^bsd2(?: ring)?$/, engine: 'vcs1' },
  { name: /^(?:blt|blitter)(?: ring)?$/, engine: 'bcs0' },
  { name: /^(?:vebox|video enhancement)(?: ring)?$/, engine: 'vecs0' },
];

/** `rcs0` for `render ring`; names of today, and unknown ones, as they are. */
export function engineOf(name: string): string {
  return NAMES.find((row) => row.name.test(name))?.engine ?? name;
}

/** BAR0 offsets of the engines' registers, and from which generation on. */
const BASES: Readonly<Record<string, { readonly base: number; readonly since: number }>> = {
  rcs0: { base: 0x2000, since: 4 },
  vcs0: { base: 0x12000, since: 6 },
  vcs1: { base: 0x1c000, since: 8 },
  bcs0: { base: 0x22000, since: 6 },
  vecs0: { base: 0x1a000, since: 7 },
};

/** Undefined where it is not known, or differs in that generation. Those that follow Gen9 are not told apart. */
export function baseOf(engine: string, generation: number): number | undefined {
  const row = BASES[engine];
  return row === undefined || generation < row.since || generation > 9 ? undefined : row.base;
}

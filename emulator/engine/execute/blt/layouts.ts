/** What a command brings along behind its destination, in this order (SKL PRM vol 2a; gvt-facts §10.4, §10.7). */
export interface BltLayout {
  /**
   * `colour`: corner, pitch, address. `mono`: address, colours of 0 and 1. `mono immediate`: colours of 0 and 1, the
   * bits at the end.
   */
  readonly source?: 'colour' | 'mono' | 'mono immediate';
  /**
   * `solid`: a colour. `colour`: an address. `mono`: colours of 0 and 1, two dwords of bits. `colour immediate`: at
   * the end.
   */
  readonly pattern?: 'solid' | 'colour' | 'mono' | 'colour immediate';
  /** Lowest and highest transparent colour, behind addresses. */
  readonly chroma?: true;
}

/** The commands that stand for themselves. */
export const BLT_LAYOUTS = {
  XY_COLOR_BLT: { pattern: 'solid' },
  XY_PAT_BLT: { pattern: 'colour' },
  XY_PAT_BLT_IMMEDIATE: { pattern: 'colour immediate' },
  XY_PAT_CHROMA_BLT: { pattern: 'colour', chroma: true },
  XY_PAT_CHROMA_BLT_IMMEDIATE: { pattern: 'colour immediate', chroma: true },
  XY_MONO_PAT_BLT: { pattern: 'mono' },
  XY_SRC_COPY_BLT: { source: 'colour' },
  XY_SRC_COPY_CHROMA_BLT: { source: 'colour', chroma: true },
  XY_MONO_SRC_COPY_BLT: { source: 'mono' },
  XY_MONO_SRC_COPY_IMMEDIATE_BLT: { source: 'mono immediate' },
  XY_FULL_BLT: { source: 'colour', pattern: 'colour' },
  XY_FULL_IMMEDIATE_PATTERN_BLT: { source: 'colour', pattern: 'colour immediate' },
  XY_FULL_MONO_SRC_BLT: { source: 'mono', pattern: 'colour' },
  XY_FULL_MONO_SRC_IMMEDIATE_PATTERN_BLT: { source: 'mono', pattern: 'colour immediate' },
  XY_FULL_MONO_PATTERN_BLT: { source: 'colour', pattern: 'mono' },
  XY_FULL_MONO_PATTERN_MONO_SRC_BLT: { source: 'mono', pattern: 'mono' },
} as const satisfies Readonly<Record<string, BltLayout>>;

import type { Execute } from '../command.ts';
import { reportUnimplemented } from '../misc.ts';
import { executeFastCopy } from './fast-copy.ts';
import { BLT_LAYOUTS } from './layouts.ts';
import { executeRectangle } from './rectangles.ts';
import * as setup from './setup.ts';

/** The commands of the blitter. */
export const BLT_EXECUTED: Readonly<Record<string, Execute>> = {
  ...Object.fromEntries(
    Object.entries(BLT_LAYOUTS).map(([name, layout]) => [name, executeRectangle(layout)]),
  ),
  XY_FAST_COPY_BLT: executeFastCopy,
  XY_SETUP_BLT: setup.executeSetup,
  XY_SETUP_MONO_PATTERN_SL_BLT: setup.executeSetupMonoPattern,
  XY_SETUP_CLIP_BLT: setup.executeSetupClip,
  XY_PIXEL_BLT: setup.executePixel,
  XY_SCANLINES_BLT: setup.executeScanLines,
  XY_TEXT_BLT: setup.executeText,
  XY_TEXT_IMMEDIATE_BLT: setup.executeTextImmediate,
  // The bits of its hatches are in no source that was at hand.
  XY_MONO_PAT_FIXED_BLT: reportUnimplemented('XY_MONO_PAT_FIXED_BLT'),
};

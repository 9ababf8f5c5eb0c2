import type { Bench } from '../figure.ts';
import { activationBench } from './activation.ts';
import { breakpointsBench } from './breakpoints.ts';
import { dapBench } from './dap.ts';
import { decodingBench } from './decoding.ts';
import { drawingBench } from './drawing.ts';
import { editingBench } from './editing.ts';
import { enginesBench } from './engines.ts';
import { guestBench } from './guest.ts';
import { largeFileBench } from './large-file.ts';
import { memoryBench } from './memory.ts';
import { openingBench } from './opening.ts';
import { openingLogsBench } from './opening-logs.ts';
import { registersBench } from './registers.ts';
import { replayingBench } from './replaying.ts';
import { seekingBench } from './seeking.ts';
import { sizeBench } from './size.ts';

export const BENCHES: readonly Bench[] = [
  replayingBench,
  registersBench,
  enginesBench,
  drawingBench,
  guestBench,
  breakpointsBench,
  openingBench,
  openingLogsBench,
  decodingBench,
  seekingBench,
  memoryBench,
  largeFileBench,
  dapBench,
  editingBench,
  activationBench,
  sizeBench,
];

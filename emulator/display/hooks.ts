import type { ReadHookName, WriteHookName } from '../mmio/hook-names.ts';
import type { ReadHook, WriteHook } from '../mmio/hooks.ts';
import { writeAuxControl } from './aux-channel.ts';
import * as ddi from './ddi.ts';
import { writePlaneSurface } from './flip.ts';
import { readGmbusData, writeGmbus } from './gmbus.ts';
import { readGpio, writeGpio } from './gpio.ts';
import { readFrameCounter, readScanLine, writePipeConfig } from './pipe.ts';

/** The display side, by the names that register rows use. */
export const DISPLAY_HOOKS = {
  write: {
    'ddi-buffer': ddi.writeDdiBuffer,
    'dp-transport': ddi.writeDpTransport,
    'pipe-config': writePipeConfig,
    'pch-transcoder-config': ddi.writePchTranscoderConfig,
    crt: ddi.writeCrt,
    'fdi-auto-train': ddi.writeFdiReceiver,
    'plane-surface': writePlaneSurface,
    gmbus: writeGmbus,
    gpio: writeGpio,
    'aux-control': writeAuxControl,
  },
  read: {
    'gmbus-data': readGmbusData,
    gpio: readGpio,
    'frame-counter': readFrameCounter,
    'scan-line': readScanLine,
    'display-constant': ddi.readDisplayConstant,
  },
} as const satisfies {
  write: Partial<Record<WriteHookName, WriteHook>>;
  read: Partial<Record<ReadHookName, ReadHook>>;
};

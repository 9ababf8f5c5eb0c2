import type { ReadHookName, WriteHookName } from '../mmio/hook-names.ts';
import type { ReadHook, WriteHook } from '../mmio/hooks.ts';
import { writeLcpll } from './clocks.ts';
import { readGucStatus, writeGucDma, writeGucStatus } from './guc.ts';
import * as handshake from './handshakes.ts';
import { writePcodeMailbox } from './pcode.ts';
import { writePowerWell } from './power-well.ts';
import { writeSideband } from './sideband.ts';

/** The handshakes that a driver polls while it powers the device up, by the names that register rows use. */
export const POWER_HOOKS = {
  write: {
    'power-well': writePowerWell,
    'dbuf-control': handshake.writeDbufControl,
    lcpll: writeLcpll,
    'pcode-mailbox': writePcodeMailbox,
    sbi: writeSideband,
    'panel-power': handshake.writePanelPower,
    'force-wake': handshake.writeForceWake,
    'south-reset-request': handshake.writeSouthReset,
    mbctl: handshake.writeMbctl,
    'fpga-debug': handshake.writeFpgaDebug,
    'guc-reset': writeGucStatus,
    'guc-dma': writeGucDma,
  },
  read: {
    'guc-status': readGucStatus,
  },
} as const satisfies {
  write: Partial<Record<WriteHookName, WriteHook>>;
  read: Partial<Record<ReadHookName, ReadHook>>;
};

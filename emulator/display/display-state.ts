import type { InterruptEventId } from '../interrupt/interrupt-tables.ts';
import type { VgpuConfig } from '../vgpu-config.ts';
import { dpcdAtPowerOn } from './dpcd.ts';

/** State of the display side that no register shows. Plain data. */
export interface DisplayState {
  gmbus: GmbusState;
  aux: AuxState;
  /** DPCD of the DisplayPort monitor, 0x700 bytes; none without one. */
  dpcd: Uint8Array;
  /** Flip-done events that wait for the next vblank, each at most once (gvt-facts §9). */
  pendingFlips: PendingFlip[];
  /** Nanoseconds from vblank to vblank of pipes A, B and C; counts while the pipe has an alarm. */
  vblankPeriods: number[];
  /** Registers behind the sideband interface that have been written (gvt-facts §8). */
  sideband: SidebandRegister[];
}

export interface GmbusState {
  /** Bytes of the current transfer that are still to move, 0–511. */
  remaining: number;
  /** 7-bit I2C address that acknowledged the current cycle; 0 for none. */
  target: number;
  /** Direction of the current transfer. */
  reading: boolean;
  /** The next byte written is an address within the target. */
  atFirstByte: boolean;
  /** Next EDID byte within the segment, 0–255. */
  offset: number;
  /** E-DDC segment of 256 bytes. */
  segment: number;
}

/** I2C over AUX: whether EDID is selected on `port`, and its next byte. */
export interface AuxState {
  selected: boolean;
  port: string;
  offset: number;
}

export interface PendingFlip {
  /** 0 for A. */
  readonly pipe: number;
  readonly event: InterruptEventId;
}

export interface SidebandRegister {
  /** 16 bits. */
  readonly address: number;
  value: number;
}

export function initialDisplay(config: VgpuConfig): DisplayState {
  return {
    gmbus: idleGmbus(),
    aux: idleAux(),
    dpcd: config.monitor?.connection === 'dp' ? dpcdAtPowerOn() : new Uint8Array(0),
    pendingFlips: [],
    vblankPeriods: [0, 0, 0],
    sideband: [],
  };
}

/** The I2C machine behind GMBUS with nothing addressed. */
export function idleGmbus(): GmbusState {
  return { remaining: 0, target: 0, reading: false, atFirstByte: false, offset: 0, segment: 0 };
}

/** The I2C machine behind AUX with nothing addressed. */
export function idleAux(): AuxState {
  return { selected: false, port: '', offset: 0 };
}

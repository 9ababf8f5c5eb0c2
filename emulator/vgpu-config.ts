import type { GoldenState } from './golden-state.ts';
import type { Platform } from './mmio/register-row.ts';
import type { Partition } from './partition.ts';
import type { QuirkId } from './quirks.ts';

/** How a vGPU is made. Everything that the world decides is in here; the rest follows from tables. */
export interface VgpuConfig {
  readonly platform: Platform;
  /** PCI ids, 16 bits each, and revision, 8 bits. */
  readonly vendorId: number;
  readonly deviceId: number;
  readonly revisionId: number;
  /** vGPU id as PVINFO shows it, 1–7. */
  readonly id: number;
  readonly partition: Partition;
  /** PVINFO capability bits; 0x1c is full PPGTT, HWSP emulation and huge pages. */
  readonly pvinfoCaps: number;
  /** Size of BAR2 in bytes, a power of two. */
  readonly apertureSize: number;
  /** What the host's GPU held: the vGPU starts from it, and a full reset brings it back. Absent: as the tables say. */
  readonly golden?: GoldenState;
  /** What firmware left in configuration space before the guest's driver came; absent: as at power-on. */
  readonly firmware?: FirmwareState;
  /** MSI is on from the start, with this address and 16 bits of data: for traces that show no configuration space. */
  readonly msi?: { readonly address: number; readonly data: number };
  readonly monitor?: Monitor;
  /** Not the display that firmware uses; a vGPU of GVT-g always is it. */
  readonly secondary?: boolean;
  /** INTA# works while MSI is off, as on hardware; a vGPU of GVT-g has MSI only. */
  readonly legacyInterrupt?: boolean;
  /** How many page tables the host has memory to shadow; without bounds if absent. */
  readonly shadowTables?: number;
  /** How much engines get done, and when; at once if absent. */
  readonly pace?: EnginePace;
  /** Which commands are executed: all that hardware has (if absent), or what GVT-g's scanner lets pass. */
  readonly policy?: 'hardware' | 'gvt-g';
  /**
   * Engines (`RCS0`) of which GVT-g's scanner looks through user batches as well: its `scan_nonprivbb`, in debugfs.
   * None if absent.
   */
  readonly scanUserBatches?: readonly string[];
  /** Known faults of the device that is to be modelled; none if absent. */
  readonly quirks?: readonly QuirkId[];
}

/**
 * "At once, before the next record" is the default: real batches are far shorter than the burst. What is left of a
 * longer one, or of one without end, runs on in device time.
 */
export interface EnginePace {
  /** Commands that an engine may execute when work is given to it. 0: it starts with the next millisecond. */
  readonly burst: number;
  /** Commands in each millisecond of device time after that. */
  readonly perMillisecond: number;
}

export interface FirmwareState {
  /** Guest physical base of BAR0 and BAR2. */
  readonly bar0: number;
  readonly bar2: number;
  /** COMMAND, 16 bits. */
  readonly command: number;
  /** INT_LINE, 8 bits. */
  readonly interruptLine: number;
}

export interface Monitor {
  /** `dp` is what GVT-g gives; `hdmi` answers over GMBUS. */
  readonly connection: 'hdmi' | 'dp';
  /** Port letter, B to D (A and E exist on hardware). */
  readonly port: 'A' | 'B' | 'C' | 'D' | 'E';
  /** One or more 128-byte EDID blocks. */
  readonly edid: Uint8Array;
}

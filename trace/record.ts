/** What one line of a trace is. Numbers, because the store keeps them in a byte. */
export const RecordKind = {
  /** The guest read; the value is the answer that was recorded. */
  read: 1,
  /** The guest wrote. */
  write: 2,
  /** Contents of guest memory, shown before the device first uses them during the next access. */
  memory: 3,
  /** The device raised (or lowered) an interrupt. */
  interrupt: 4,
  /** The device executed a command. */
  command: 5,
  /** A command read a register. */
  commandRead: 6,
  /** A command wrote a register. */
  commandWrite: 7,
  /** The device wrote memory. */
  deviceWrite: 8,
  /** A remark of whoever recorded: console line, mark, lost events. */
  note: 9,
  /**
   * An access that cannot be given to the device: only its place is known (mmiotrace UNKNOWN),
   * or it lies outside the device's BARs (then the space is `memory`, the offset guest physical).
   */
  unknownAccess: 10,
  /** A memory mapping was made or dropped (mmiotrace MAP, UNMAP). */
  mapping: 11,
  /** What a scenario expects at this place; the text is that of the line behind `expect`. */
  expectation: 12,
} as const;
export type RecordKind = (typeof RecordKind)[keyof typeof RecordKind];

/** Whether a record is a guest access that a device answers: a read or a write. */
export function isAccess(kind: RecordKind): boolean {
  return kind === RecordKind.read || kind === RecordKind.write;
}

/**
 * Where an access goes. `mmio` is BAR0, `aperture` BAR2, `config` PCI configuration space, `io` BAR4,
 * `memory` guest physical memory. `ggtt` and `ppgtt` (graphics addresses) occur in `deviceWrite` only.
 */
export const Space = {
  mmio: 0,
  aperture: 1,
  config: 2,
  io: 3,
  memory: 4,
  ggtt: 5,
  ppgtt: 6,
} as const;
export type Space = (typeof Space)[keyof typeof Space];

/** Space names as written in traces, expressions and on screen. */
export const SPACE_NAMES = ['mmio', 'aperture', 'config', 'io', 'memory', 'ggtt', 'ppgtt'] as const;
export type SpaceName = (typeof SPACE_NAMES)[number];

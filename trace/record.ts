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
  /** An access of which only the place is known (mmiotrace UNKNOWN). */
  unknownAccess: 10,
  /** A memory mapping was made or dropped (mmiotrace MAP, UNMAP). */
  mapping: 11,
} as const;
export type RecordKind = (typeof RecordKind)[keyof typeof RecordKind];

/** Where an access goes. `mmio` is BAR0, `aperture` BAR2, `config` PCI configuration space, `io` BAR4. */
export const Space = { mmio: 0, aperture: 1, config: 2, io: 3, memory: 4 } as const;
export type Space = (typeof Space)[keyof typeof Space];

/** Space names as written in traces, expressions and on screen. */
export const SPACE_NAMES = ['mmio', 'aperture', 'config', 'io', 'memory'] as const;
export type SpaceName = (typeof SPACE_NAMES)[number];

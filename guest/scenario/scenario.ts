import type { GuestPc } from '../guest-pc.ts';
import type { Dmesg } from './dmesg.ts';

/** Something that a scenario looks at, judged from what the guest itself says. */
export interface Check {
  readonly what: string;
  readonly passed: boolean;
  /** What was found instead. */
  readonly found?: string;
}

/** What a scenario works with. */
export interface Stage {
  readonly pc: GuestPc;
  readonly dmesg: Dmesg;
  /** What the guest is about to do, for people. */
  phase(name: string): void;
  /** The driver is loaded, or about to be unloaded: its functions are where they are now. */
  nameFunctions(): Promise<void>;
  check(what: string, passed: boolean, found?: string): void;
}

export interface Scenario {
  readonly summary: string;
  /** It makes no sense without a monitor. */
  readonly needsMonitor?: boolean;
  /** It runs programs that draw, for which Mesa has to be there. */
  readonly needsMesa?: boolean;
  /** MiB of guest memory, where the usual are not enough. */
  readonly memory?: number;
  run(stage: Stage): Promise<void>;
}

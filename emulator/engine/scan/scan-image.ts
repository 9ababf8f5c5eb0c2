import { hex } from '../../core.ts';
import { decodeDescriptor } from '../descriptor.ts';
import type { Engine } from '../engine.ts';
import type { Refused } from './refusal.ts';
import { auditRegister } from './register-audit.ts';
import { fetchDword } from './scan-fetch.ts';

/** The register state is the second page; what precedes byte 0x140 is the ring's, which GVT-g writes itself. */
const FIRST = 0x1140;
/**
 * Here ends what drivers write. Behind it is the engine's own state: GVT-g permits what its host's default context
 * has there, which is not known here.
 */
const END = 0x12a8;
const LOAD_REGISTER_IMM = 0x11000000;
const OPCODE = 0xff800000;

/**
 * The engine's state in a context image: GVT-g looks at what it loads as at commands (gvt-facts §6.7, §10). Undefined
 * where nothing is wrong, and without a context.
 */
export function scanImage(engine: Engine): Refused | undefined {
  const { running } = engine.state;
  const descriptor = running?.elements[running.current];
  if (descriptor === undefined) return undefined;
  const { lrca } = decodeDescriptor(descriptor);
  for (let at = FIRST; at < END; ) {
    const header = fetchDword(engine, 'ggtt', lrca + at);
    // Behind the lists comes state that is none.
    if (header === undefined || (header !== 0 && (header & OPCODE) >>> 0 !== LOAD_REGISTER_IMM)) {
      return undefined;
    }
    at += 4;
    if (header === 0) continue;
    for (let pair = ((header & 0xff) + 1) >>> 1; pair > 0; pair--, at += 8) {
      const register = fetchDword(engine, 'ggtt', lrca + at);
      if (register === undefined) return undefined;
      const refusal = auditRegister(engine.core, engine.row, register, 'load immediate');
      if (refusal === undefined) continue;
      const address = lrca + at;
      const command = `the context image at ggtt ${hex(address)}`;
      return { command, address, space: 'ggtt', dwords: [header, register], refusal };
    }
  }
  return undefined;
}

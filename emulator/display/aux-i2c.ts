import type { Core } from '../core.ts';
import type { AuxMessage } from './aux-message.ts';
import { idleAux } from './display-state.ts';
import { edidByte, monitorOn, type PortName } from './ports.ts';

/** Operation bits of I2C over AUX: read, and "middle of transaction": the bus is held. */
const READ = 1;
const MIDDLE = 4;
const ADDRESS_ONLY = 3;
const EDID_ADDRESS = 0x50;

/**
 * I2C over AUX as GVT-g has it (gvt-facts §8): only EDID, one byte a read. What is written is accepted and ignored,
 * so that reading always starts at byte 0. Returns the reply's size; -1 for none.
 */
export function answerI2c(core: Core, port: PortName, message: AuxMessage): number {
  const reading = (message.operation & READ) !== 0;
  if (message.size === ADDRESS_ONLY) {
    address(core, port, message);
    message.setWord(0, 0);
    return reading ? 2 : 1;
  }
  if (!reading) {
    message.setWord(0, 0);
    return 1;
  }
  if (message.size !== 4) return -1;
  message.setWord(0, nextByte(core, port) << 16);
  return 2;
}

/** A message without data addresses a target or, with the bus let go, is a stop. */
function address(core: Core, port: PortName, message: AuxMessage): void {
  const { display } = core.state;
  const stop = (message.operation & MIDDLE) === 0;
  if (stop || message.address === 0) display.aux = idleAux();
  else if (message.address === EDID_ADDRESS) {
    display.aux.selected = true;
    display.aux.port = port;
  }
}

function nextByte(core: Core, port: PortName): number {
  const { aux } = core.state.display;
  if (!aux.selected || aux.port !== port) return 0xff;
  const value = edidByte(monitorOn(core, port, 'dp'), aux.offset);
  aux.offset++;
  return value;
}

import { MSI_CAPABILITY, PM_CAPABILITY } from './config-rows.ts';

/** Offsets of the capabilities that the model knows, in configuration space. */
export interface ConfigCapabilities {
  readonly pm: number;
  readonly msi: number;
}

const STATUS = 0x06;
const HAS_LIST = 1 << 4;
const LIST = 0x34;
const PM = 0x01;
const MSI = 0x05;
/** Places that 192 bytes have for capabilities: a list that goes on longer goes in circles. */
const MOST = 48;

/** Where a host has them (gvt-facts §1.2); the usual places stand for those that its list lacks. */
export function capabilitiesOf(config: Uint8Array): ConfigCapabilities {
  const found = new Map<number, number>();
  const hasList = ((config[STATUS] ?? 0) & HAS_LIST) !== 0;
  let at = hasList ? (config[LIST] ?? 0) & 0xfc : 0;
  for (let seen = 0; at >= 0x40 && seen < MOST; seen++) {
    const id = config[at] ?? 0;
    if (!found.has(id)) found.set(id, at);
    at = (config[at + 1] ?? 0) & 0xfc;
  }
  return { pm: found.get(PM) ?? PM_CAPABILITY, msi: found.get(MSI) ?? MSI_CAPABILITY };
}

/** Of a configuration, the host that it names. */
interface OnHost {
  readonly golden?: { readonly capabilities: ConfigCapabilities | undefined };
}

export function msiCapability({ golden }: OnHost): number {
  return golden?.capabilities?.msi ?? MSI_CAPABILITY;
}

export function pmCapability({ golden }: OnHost): number {
  return golden?.capabilities?.pm ?? PM_CAPABILITY;
}

import type { Platform } from '../mmio/register-row.ts';
import { bit, type ConfigRow } from './config-rows.ts';

export type CapabilityKind = 'vendor' | 'express' | 'msi' | 'powerManagement' | 'advancedFeatures';

/** One capability in a list. */
export interface CapabilityPlace {
  readonly kind: CapabilityKind;
  /** Byte offset, 0x40–0xff. */
  readonly at: number;
}

/** What a capability is, wherever it stands. */
interface CapabilityForm {
  /** PCI’s number, 8 bits: the first byte of the capability. The second one leads to the next. */
  readonly id: number;
  /** Offsets from its beginning. The first has id and next in its lower half, which are filled in. */
  readonly registers: readonly [ConfigRow, ...ConfigRow[]];
}

/**
 * Places, kinds and what `lspci -vvv` says of them are the platforms’ own (see the lists below). The dwords are from
 * `lspci -xxxx` of parts with the same lists, as none of the platforms’ own was found: Haswell’s, and of Gen9 a later one’s.
 */
export const CAPABILITIES: Readonly<Record<CapabilityKind, CapabilityForm>> = {
  vendor: {
    id: 0x09,
    registers: [
      {
        name: 'VENDOR_CAPABILITY',
        offset: 0,
        size: 4,
        reset: { value: 0x010c_0000, source: 'lspci: 12 bytes, version 1; fuses follow' },
        fields: [
          { name: 'length', low: 16, high: 23 },
          { name: 'version', low: 24, high: 27 },
        ],
      },
    ],
  },
  express: {
    id: 0x10,
    registers: [
      {
        name: 'PCIE_CAPABILITY',
        offset: 0,
        size: 4,
        reset: {
          value: 0x0092_0000,
          source: 'lspci: Express (v2) Root Complex Integrated Endpoint',
        },
        fields: [
          { name: 'version', low: 16, high: 19 },
          { name: 'deviceType', low: 20, high: 23, values: { 9: 'root complex integrated' } },
        ],
      },
      {
        name: 'PCIE_DEVICE_CAPABILITIES',
        offset: 4,
        size: 4,
        reset: {
          value: 0x1000_8000,
          source: 'lspci: RBE+, 128 bytes; FLReset+ of a later part, not told of these',
        },
        fields: [bit('roleBasedErrors', 15), bit('functionLevelReset', 28)],
      },
      {
        name: 'PCIE_DEVICE_CONTROL',
        offset: 8,
        size: 2,
        fields: [bit('functionLevelReset', 15)],
      },
      { name: 'PCIE_DEVICE_STATUS', offset: 10, size: 2 },
    ],
  },
  msi: {
    id: 0x05,
    registers: [
      { name: 'MSI_CAPABILITY', offset: 0, size: 2 },
      {
        name: 'MSI_CONTROL',
        offset: 2,
        size: 2,
        fields: [
          bit('enable', 0),
          { name: 'multipleMessageEnable', low: 4, high: 6 },
          bit('address64', 7),
        ],
      },
      { name: 'MSI_ADDRESS', offset: 4, size: 4 },
      { name: 'MSI_DATA', offset: 8, size: 2 },
    ],
  },
  powerManagement: {
    id: 0x01,
    registers: [
      {
        name: 'PM_CAPABILITY',
        offset: 0,
        size: 4,
        reset: { value: 0x0022_0000, source: 'lspci: Power Management version 2, DSI+' },
      },
      {
        name: 'PMCSR',
        offset: 4,
        size: 2,
        fields: [{ name: 'powerState', low: 0, high: 1, values: { 0: 'D0', 3: 'D3hot' } }],
      },
    ],
  },
  advancedFeatures: {
    id: 0x13,
    registers: [
      {
        name: 'AF_CAPABILITY',
        offset: 0,
        size: 4,
        reset: { value: 0x0306_0000, source: 'lspci: PCI Advanced Features, TP+ FLR+' },
        fields: [bit('transactionsPending', 24), bit('functionLevelReset', 25)],
      },
      { name: 'AF_CONTROL', offset: 4, size: 1, fields: [bit('functionLevelReset', 0)] },
      { name: 'AF_STATUS', offset: 5, size: 1, fields: [bit('transactionsPending', 0)] },
    ],
  },
};

interface CapabilityList {
  readonly source: string;
  /** First to last. */
  readonly places: readonly CapabilityPlace[];
}

const GEN9: CapabilityList = {
  source:
    'lspci of HD Graphics 530 and 630, UHD Graphics 620; extended capabilities (PASID, ATS, PRI) are left out',
  places: [
    { kind: 'vendor', at: 0x40 },
    { kind: 'express', at: 0x70 },
    { kind: 'msi', at: 0xac },
    { kind: 'powerManagement', at: 0xd0 },
  ],
};

/** Capabilities of each platform’s graphics. A vGPU shows its host’s (gvt-facts §1.1, §1.2). */
export const CAPABILITY_LISTS: Readonly<Record<Platform, CapabilityList>> = {
  bdw: {
    source: 'lspci of HD Graphics 5500; Haswell’s has the same',
    places: [
      { kind: 'msi', at: 0x90 },
      { kind: 'powerManagement', at: 0xd0 },
      { kind: 'advancedFeatures', at: 0xa4 },
    ],
  },
  skl: GEN9,
  kbl: GEN9,
};

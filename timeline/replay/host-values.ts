/** A register that shows what the host's GPU held when the vGPU was made, as long as the guest has not written it. */
export interface HostValue {
  /** BAR0 offset of the dword. */
  readonly offset: number;
  readonly name: string;
  /** What the host of the recordings in hand had there. */
  readonly value: number;
  /** Who left it. */
  readonly reason: string;
}

const fuse = 'a fuse of the host GPU';
const firmware = 'what the host’s firmware left there';
const driver = 'what the host’s driver left there';
const workaround = 'a workaround that the host’s driver has applied';

/**
 * A vGPU starts from its host's registers (gvt-facts §12.1). These are compared, unlike `HOST_REGISTERS`: only the
 * value given here explains that the model has another.
 */
export const HOST_VALUES: readonly HostValue[] = [
  { offset: 0x04080, name: 'GEN8_GAMW_ECO_DEV_RW_IA', value: 0xf, reason: workaround },
  { offset: 0x040e0, name: 'GEN8_PRIVATE_PAT_LO', value: 0x00030907, reason: driver },
  { offset: 0x040e4, name: 'GEN8_PRIVATE_PAT_HI', value: 0x3b2b1b0b, reason: driver },
  { offset: 0x0b004, name: 'GEN8_GARBCNTL', value: 0x80, reason: workaround },
  { offset: 0x0b118, name: 'GEN8_L3SQCREG4', value: 0x00200000, reason: workaround },
  { offset: 0x0b11c, name: 'BDW_SCRATCH1', value: 0x4, reason: workaround },
  { offset: 0x42080, name: 'CHICKEN_PAR1_1', value: 0x8008, reason: workaround },
  { offset: 0x43224, name: 'ILK_DPFC_CHICKEN', value: 0x00800100, reason: workaround },
  { offset: 0x45000, name: 'DISP_ARB_CTL', value: 0x80008000, reason: workaround },
  { offset: 0x46408, name: 'HSW_NDE_RSTWRN_OPT', value: 0x10, reason: driver },
  { offset: 0x46430, name: 'GEN8_CHICKEN_DCPR_1', value: 0x2000, reason: workaround },
  { offset: 0x64010, name: 'DP_AUX_CH_CTL_A', value: 0x7e40023f, reason: driver },
  { offset: 0xc4030, name: 'PCH_PORT_HOTPLUG', value: 0x00101010, reason: firmware },
  { offset: 0x145998, name: 'GEN6_RP_STATE_CAP', value: 0x00060b16, reason: fuse },
];

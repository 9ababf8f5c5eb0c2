/** A register in which a vGPU shows what its host's holds. */
export interface HostRegister {
  /** BAR0 offset of the dword. */
  readonly offset: number;
  readonly name: string;
  /** Why this model cannot know it. */
  readonly reason: string;
}

const fuse = 'a fuse of the host GPU';
const platform = 'what the host’s firmware left there';
const workaround = 'a workaround that the host’s driver has applied';

/**
 * A vGPU starts from its host's registers, the golden state (gvt-facts §1.1, §12.1). A recording of a guest inside
 * GVT-g shows those of a host that is gone: these are not compared. At most 20, together with the volatile ones; what
 * else a host may have left is found by whoever looks at the divergences.
 */
export const HOST_REGISTERS: readonly HostRegister[] = [
  { offset: 0x42000, name: 'SKL_FUSE_STATUS', reason: fuse },
  { offset: 0x09120, name: 'GEN8_FUSE2', reason: fuse },
  { offset: 0x6c05c, name: 'DPLL_CTRL2', reason: platform },
  { offset: 0x45404, name: 'HSW_PWR_WELL_CTL2', reason: platform },
  { offset: 0x41000, name: 'CPU_VGACNTRL', reason: platform },
  { offset: 0xc7208, name: 'PP_ON_DELAYS', reason: platform },
  { offset: 0xc720c, name: 'PP_OFF_DELAYS', reason: platform },
  { offset: 0xc7210, name: 'PP_DIVISOR', reason: platform },
  { offset: 0x04090, name: 'GAM_ECOCHK', reason: workaround },
  { offset: 0x04ab0, name: 'GEN9_GAMT_ECO_REG_RW_IA', reason: workaround },
  { offset: 0x04ddc, name: 'MMCD_MISC_CTRL', reason: workaround },
  { offset: 0x0940c, name: 'GEN7_UCGCTL4', reason: workaround },
];

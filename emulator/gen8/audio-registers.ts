import type { RegisterBlock } from '../mmio/register-row.ts';
import { bit, GEN9, unnamed } from './row-helpers.ts';

export const AUDIO_REGISTERS: RegisterBlock = {
  name: 'Audio and HDCP',
  rows: [
    { name: 'HSW_AUD_CFG_A', offset: 0x65000 },
    { name: 'HSW_AUD_MISC_CTRL_A', offset: 0x65010 },
    { name: 'HSW_AUD_EDID_DATA_A', offset: 0x65050 },
    { name: 'HSW_AUD_DIP_ELD_CTRL_A', offset: 0x650b4 },
    {
      name: 'HSW_AUD_PIN_ELD_CP_VLD',
      offset: 0x650c0,
      fields: ['A', 'B', 'C'].flatMap((transcoder, index) => [
        bit(`inactive${transcoder}`, index * 4 + 3),
        bit(`outputEnable${transcoder}`, index * 4 + 2),
        bit(`cpReady${transcoder}`, index * 4 + 1),
        bit(`eldValid${transcoder}`, index * 4),
      ]),
    },
    { name: 'AUD_FREQ_CNTRL', offset: 0x65900, platforms: GEN9 },
    ...unnamed([0x65f00, 0x65f08], { platforms: GEN9 }),
    { name: 'HSW_AUD_CHICKENBIT', offset: 0x65f10, fields: [bit('codecWakeSignal', 15)] },
    ...unnamed([0x6671c]),
    { name: 'HDCP_KEY_CONF', offset: 0x66c00 },
    { name: 'HDCP_KEY_STATUS', offset: 0x66c04 },
    ...unnamed([0x67054], { platforms: GEN9 }),
  ],
};

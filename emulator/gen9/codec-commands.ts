import type { CommandRow, EngineClass } from '../command/command-row.ts';
import { varying } from '../gen8/command-helpers.ts';
import { GEN9 } from '../gen8/row-helpers.ts';

/** What GVT-g's table lacks, and so refuses: HEVC, VP8 and VP9, the fixed-function encoder, HuC, scaling. */
function codec(
  name: string,
  opcode: number,
  engines: readonly EngineClass[] = ['VCS'],
): CommandRow {
  const length = varying(12);
  return { name, family: 'MFX', opcode, length, engines, platforms: GEN9, gvt: 'unknown' };
}

/** Commands that came with Gen9's video engines (SKL PRM vol 2a). */
export const CODEC_COMMANDS: readonly CommandRow[] = [
  codec('MFX_MPEG_TS_CONTROL', 0x704b0000),
  codec('VDENC_PIPE_MODE_SELECT', 0x70800000),
  codec('VDENC_SRC_SURFACE_STATE', 0x70810000),
  codec('VDENC_REF_SURFACE_STATE', 0x70820000),
  codec('VDENC_DS_REF_SURFACE_STATE', 0x70830000),
  codec('VDENC_PIPE_BUF_ADDR_STATE', 0x70840000),
  codec('VDENC_IMG_STATE', 0x70850000),
  codec('VDENC_CONST_QPT_STATE', 0x70860000),
  codec('VDENC_WALKER_STATE', 0x70870000),
  codec('HCP_PIPE_MODE_SELECT', 0x73800000),
  codec('HCP_SURFACE_STATE', 0x73810000),
  codec('HCP_PIPE_BUF_ADDR_STATE', 0x73820000),
  codec('HCP_IND_OBJ_BASE_ADDR_STATE', 0x73830000),
  codec('HCP_QM_STATE', 0x73840000),
  codec('HCP_FQM_STATE', 0x73850000),
  codec('HEVC_VP9_RDOQ_STATE', 0x73880000),
  codec('HCP_PIC_STATE', 0x73900000),
  codec('HCP_TILE_STATE', 0x73910000),
  codec('HCP_REF_IDX_STATE', 0x73920000),
  codec('HCP_WEIGHTOFFSET_STATE', 0x73930000),
  codec('HCP_SLICE_STATE', 0x73940000),
  codec('HCP_BSD_OBJECT', 0x73a00000),
  codec('HCP_PAK_OBJECT', 0x73a10000),
  codec('HCP_PAK_INSERT_OBJECT', 0x73a20000),
  codec('HCP_VP9_PIC_STATE', 0x73b00000),
  codec('HCP_VP9_SEGMENT_STATE', 0x73b20000),
  codec('MFX_VP8_ENCODER_CFG', 0x74410000),
  codec('MFX_VP8_BSP_BUF_BASE_ADDR_STATE', 0x74430000),
  codec('HUC_PIPE_MODE_SELECT', 0x75800000),
  codec('HUC_IMEM_STATE', 0x75810000),
  codec('HUC_DMEM_STATE', 0x75820000),
  codec('HUC_CFG_STATE', 0x75830000),
  codec('HUC_VIRTUAL_ADDR_STATE', 0x75840000),
  codec('HUC_IND_OBJ_BASE_ADDR_STATE', 0x75850000),
  codec('HUC_STREAM_OBJECT', 0x75a00000),
  codec('HUC_START', 0x75a10000),
  codec('MFC_JPEG_HUFF_TABLE_STATE', 0x77430000),
  codec('MFC_JPEG_SCAN_OBJECT', 0x77490000),
  codec('VD_PIPELINE_FLUSH', 0x77800000),
  // Scaling and format conversion, behind either engine.
  codec('SFC_LOCK', 0x75000000, ['VCS', 'VECS']),
  codec('SFC_STATE', 0x75010000, ['VCS', 'VECS']),
  codec('SFC_AVS_STATE', 0x75020000, ['VCS', 'VECS']),
  codec('SFC_IEF_STATE', 0x75030000, ['VCS', 'VECS']),
  codec('SFC_FRAME_START', 0x75040000, ['VCS', 'VECS']),
  codec('SFC_AVS_LUMA_COEFF_TABLE', 0x75050000, ['VCS', 'VECS']),
  codec('SFC_AVS_CHROMA_COEFF_TABLE', 0x75060000, ['VCS', 'VECS']),
];

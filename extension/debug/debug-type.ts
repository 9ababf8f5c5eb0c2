/** Debug type, as in launch.json. */
export const TYPE = 'vgpu';

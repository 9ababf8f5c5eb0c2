/** Who has a part of the host; 0 is the host itself. */
export function partyName(vgpu: number): string {
  return vgpu === 0 ? 'host' : `vGPU ${vgpu}`;
}

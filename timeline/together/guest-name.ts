/** What the guest with this number, from 0, is called: its vGPU has the number behind it. */
export function guestName(guest: number): string {
  return `vGPU${guest + 1}`;
}

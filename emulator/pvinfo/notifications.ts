/** Guest-to-host notifications by value (gvt-facts §3). */
export const NOTIFICATIONS: Readonly<Record<number, string>> = {
  1: 'execlist context create (legacy)',
  2: 'PPGTT L3 create',
  3: 'PPGTT L3 destroy',
  4: 'PPGTT L4 create',
  5: 'PPGTT L4 destroy',
  6: 'execlist context create',
  7: 'execlist context destroy',
};

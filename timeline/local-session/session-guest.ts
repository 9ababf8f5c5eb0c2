import type { GuestSummary } from '../session.ts';
import type { GuestRecords } from '../together/guest-records.ts';
import type { DeviceViews } from './device-views.ts';

/** One of several recordings on a host. */
export interface SessionGuest extends Omit<GuestSummary, 'records'> {
  readonly records: GuestRecords;
  readonly views?: DeviceViews;
}

import { isSupportedPlatform } from '../../emulator/index.ts';
import type { OpenedTrace } from '../../trace/index.ts';
import { dumpText, dumpView } from '../dump/dump-view.ts';
import type { RegisterDirectory } from '../register-directory.ts';
import { createListing, type Listing } from './listing.ts';

/** The decoded view of a trace; of a dump, which has no records, what it says. */
export function listingFor(
  { store, snapshot, device }: Pick<OpenedTrace, 'store' | 'snapshot' | 'device'>,
  directory: RegisterDirectory,
): Listing {
  if (snapshot === undefined || store.length > 0) return createListing(store, directory);
  const { platform = '' } = device;
  const view = dumpView(snapshot, isSupportedPlatform(platform) ? platform : undefined);
  return createListing(store, directory, dumpText(view));
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ListingDocument } from './document.ts';
import { listingUri, parseListingUri } from './listing-uri.ts';

test("the URI's last part says which page of which trace it is", () => {
  const path = '/traces/boot one.vgpu.gz';
  assert.equal(listingUri(path), 'vgpu-trace:/traces/boot%20one.vgpu.gz');
  const last = (document: ListingDocument) =>
    decodeURIComponent(listingUri(path, document).split('/').at(-1) ?? '');
  assert.equal(last({ kind: 'window', n: 2 }), 'boot one part 3.vgpu-listing');
  assert.equal(last({ kind: 'run', first: 1340, n: 0 }), 'boot one run 1340.vgpu-listing');
  assert.equal(last({ kind: 'run', first: 1340, n: 1 }), 'boot one run 1340 part 2.vgpu-listing');
});

test('paths of Windows come back as they are understood there', () => {
  const uri = listingUri('C:\\traces\\boot.vgpu', { kind: 'window', n: 1 });
  assert.equal(parseListingUri(uri)?.path, 'C:/traces/boot.vgpu');
});

test('how a trace is read stands in the query, in one piece', () => {
  const uri = listingUri('/x.log', undefined, { bar0: 0xfd000000, device: 'a&b' });
  assert.equal(uri, 'vgpu-trace:/x.log?bar0%3Dfd000000%26device%3Da%2526b');
  for (const query of ['bar0=zz', 'what=1', 'model=auto', '%zz', 'device']) {
    assert.equal(parseListingUri(`vgpu-trace:/x.log?${query}`), undefined, query);
  }
});

test('other URIs are none of the listing', () => {
  for (const uri of ['', 'file:///traces/boot.vgpu', 'vgpu-trace:', 'vgpu-trace:/%zz']) {
    assert.equal(parseListingUri(uri), undefined, uri);
  }
});

test('what a URI was made of is found in it again', () => {
  const page = fc.nat(100_000);
  const document = fc.oneof(
    page.map((n): ListingDocument => ({ kind: 'window', n })),
    fc.tuple(fc.nat(), page).map(([first, n]): ListingDocument => ({ kind: 'run', first, n })),
  );
  const name = fc
    .stringMatching(/^[^/\\\0]{1,20}$/u)
    .filter((part) => !/\p{Surrogate}/u.test(part));
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`);
  const address = fc.nat(2 ** 31 - 1).map((page) => page * 0x1000);
  const reading = fc.record(
    {
      device: name,
      bar0: address,
      bar2: address,
      model: fc.constantFrom('vgpu' as const, 'recorded' as const),
      registers: path,
    },
    { requiredKeys: [], noNullPrototype: true },
  );
  fc.assert(
    fc.property(path, document, reading, (each, where, how) => {
      fc.pre(!/^\/[a-z]:\//i.test(each));
      const found = { path: each, document: where, reading: how };
      assert.deepEqual(parseListingUri(listingUri(each, where, how)), found);
    }),
  );
});

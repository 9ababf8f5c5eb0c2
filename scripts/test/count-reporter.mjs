// A reporter for `node --test` that ends in one line of JSON: {passed, skipped, failed: [{name, file, message}]}.

/** Suites are no tests, and a parent that fails only because of its subtests would be counted twice. */
export default async function* countReporter(events) {
  const counts = { passed: 0, skipped: 0, failed: [] };
  for await (const { type, data } of events) {
    if (data?.details?.type === 'suite') continue;
    if (type === 'test:pass') {
      if (data.skip !== undefined || data.todo !== undefined) counts.skipped += 1;
      else counts.passed += 1;
    } else if (type === 'test:fail' && data.details.error?.failureType !== 'subtestsFailed') {
      counts.failed.push({
        name: data.name,
        file: data.file,
        message: messageOf(data.details.error),
      });
    }
  }
  yield `${JSON.stringify(counts)}\n`;
}

function messageOf(error) {
  return String(error?.cause?.message ?? error?.message ?? error);
}

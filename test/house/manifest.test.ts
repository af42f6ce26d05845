import { expect, test } from 'vitest';
import { listing } from '../../harness/run/listing.ts';
import { scenarios } from '../../scenarios/index.ts';
import { manifest } from '../../scenarios/manifest.ts';

test("the manifest lists the scenarios as they are; else run 'npm run manifest'", () => {
  expect(manifest).toEqual(scenarios.map(listing));
});

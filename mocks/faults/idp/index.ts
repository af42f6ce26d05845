/** The catalogue of faults on the mock IdP's own seams. */
export * from './families.ts';
export * from './token/carry.ts';

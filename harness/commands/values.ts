import { InvalidArgumentError } from 'commander';

/** Collects an option that may be repeated, or say several with commas. */
export const several = (value: string, before: readonly string[] | undefined) => [
  ...(before ?? []),
  ...value.split(','),
];

/** A whole number in a range. */
export function whole(least: number, most: number) {
  return (text: string) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Write a whole number from ${least} to ${most}.`);
  };
}

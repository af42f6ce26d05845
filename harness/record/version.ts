/** `major.minor` of the run record's schema. A minor one adds what readers may ignore; a major one brings a reader. */
export const schemaVersion = '1.2';

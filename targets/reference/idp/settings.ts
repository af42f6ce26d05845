/** Seconds. What else it issues lives as long as the mock IdP's usually does. */
export const lifetimes = { code: 60, accessToken: 600, refreshTokenIdle: 3600 } as const;

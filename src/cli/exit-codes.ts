/** How the command line ends. 78 is EX_CONFIG of sysexits.h; the shells' own codes for signals (130, 143) come on top. */
export const EXIT_CODES = { ok: 0, failed: 1, usage: 2, config: 78 } as const;

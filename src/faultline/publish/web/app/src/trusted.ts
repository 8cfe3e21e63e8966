// The one address of a script that a library may load: the map's worker. Everything else stays forbidden by the policy
// of the headers (require-trusted-types-for).

interface Factory {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): unknown;
}

const WORKER = "/static/map-worker.js";

export function trustWorker(): void {
  const factory = (window as unknown as { trustedTypes?: Factory }).trustedTypes;
  factory?.createPolicy("default", {
    createScriptURL(address: string): string {
      const url = new URL(address, location.href);
      if (url.origin === location.origin && url.pathname === WORKER) return url.href;
      throw new TypeError("no script may be loaded from there");
    },
  });
}

// Where the phones of the hall reach the pages.
import { useEffect, useState } from "../vendor/hooks.js";

/**
 * The server's public address, which need not be the one that this screen has opened.
 * @param {(method: string, path: string) => Promise<any>} api
 */
export function useOrigin(api) {
  const [origin, setOrigin] = useState(location.origin);
  useEffect(() => {
    api("GET", "/contests").then(
      (got) => got.public && setOrigin(got.public),
      () => {},
    );
  }, []);
  return origin;
}

/** Finds a QR code in RGBA pixels; null when there is none. */
export function jsQR(data: Uint8ClampedArray, width: number, height: number, options?: { inversionAttempts?: "dontInvert" }): { data: string } | null;

/** For `addInitScript`: a browser that refuses storage to pages, as one does that blocks all cookies. */
export function refuseStorage(): void {
  const refuse = () => {
    throw new DOMException('Storage is off.', 'SecurityError');
  };
  for (const name of ['localStorage', 'sessionStorage']) {
    Object.defineProperty(window, name, { get: refuse });
  }
}

/** Origins that look like an allowed one, and are pages of somebody else. */
export const foreignOrigins = (own: string): string[] => {
  const { hostname } = new URL(own);
  return [
    'null',
    'https://elsewhere.example',
    `${own}.elsewhere.example`,
    `https://elsewhere-${hostname}`,
    `https://${hostname.replace('.', '-')}`,
    `https://sub.${hostname}`,
    `https://${hostname.split('.').slice(1).join('.')}`,
    `${own}:8443`,
    `${own}:443`,
    `http://${hostname}`,
    `wss://${hostname}`,
    own.toUpperCase(),
    `https://${hostname}.`,
    `${own}/`,
    `${own}/page`,
    `https://elsewhere.example@${hostname}`,
    `https://${hostname}@elsewhere.example`,
    `${own}, https://elsewhere.example`,
    `https://elsewhere.example ${own}`,
    `${own}%00.elsewhere.example`,
    '*',
    'file://',
    'chrome-extension://abcdefghijklmnop',
  ];
};

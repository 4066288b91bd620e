/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  poweredByHeader: false,
  // No page has an image to optimize, and each request for a foreign one would be an error in the log.
  images: { unoptimized: true },
  reactStrictMode: true,
  reactCompiler: false,
  typedRoutes: true,
  // `next dev` prints addresses, and this one contains the token of a wall.
  logging: { incomingRequests: { ignore: [/^\/wall\/enter/] } },
  // Browsers request this before they have seen the page's own icon.
  redirects: async () => [{ source: '/favicon.ico', destination: '/icon.svg', permanent: false }],
  // `npm run types` checks the whole repository, tests included; a build for users need not repeat that.
  typescript: { ignoreBuildErrors: true },
};

export default config;

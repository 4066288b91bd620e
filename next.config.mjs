/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  poweredByHeader: false,
  reactStrictMode: true,
  reactCompiler: false,
  typedRoutes: true,
  // `next dev` prints addresses, and this one holds the token of a wall.
  logging: { incomingRequests: { ignore: [/^\/wall\/enter/] } },
  // Asked for by browsers that have not seen the page's own icon yet.
  redirects: async () => [{ source: '/favicon.ico', destination: '/icon.svg', permanent: false }],
  // `npm run types` checks the whole repository, tests included; a build for users need not wait for that.
  typescript: { ignoreBuildErrors: true },
};

export default config;

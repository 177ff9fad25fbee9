const NEEDED = 24;
const major = Number.parseInt(process.versions.node, 10);

if (major < NEEDED) {
  console.error(
    `Banzuke needs Node ${NEEDED} or newer, and this is ${process.version}. npm install brings a Node ${NEEDED} that "npm run dev" then uses: if it did not, the install script of the package "node" was denied, and "npm rebuild node" runs it.`,
  );
  process.exit(1);
}

// Loaded only now: what it imports does not even load in older versions.
const { runDev } = await import("./local/dev");
process.exit(await runDev(process.argv.slice(2)));

export {};

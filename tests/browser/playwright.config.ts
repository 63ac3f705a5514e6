import { defineConfig } from '@playwright/test';

const ARGS = [
  // Only the superuser of a container cannot have the sandbox.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
// The browser of the system: none is ever downloaded.
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const VOICE = 'voice*.spec.ts';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: 'results',
  fullyParallel: true,
  workers: 2,
  // A test that passes at the second try tells nothing.
  retries: 0,
  forbidOnly: true,
  reporter: 'list',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    actionTimeout: 10_000,
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'page', testIgnore: VOICE, use: { launchOptions: { executablePath: CHROMIUM, args: ARGS } } },
    {
      // A microphone that beeps, and nothing that really sounds. Whether a page may use it is asked of its context.
      name: 'voice',
      testMatch: VOICE,
      use: { launchOptions: { executablePath: CHROMIUM, args: [...ARGS, '--use-fake-device-for-media-stream', '--mute-audio'] } },
    },
  ],
});

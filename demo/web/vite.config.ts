import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `base` is relative: the page works at the root of a domain and below any path. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: 'public',
  plugins: [react()],
  build: { target: 'es2022', emptyOutDir: true, chunkSizeWarningLimit: 600 },
});

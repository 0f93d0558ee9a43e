import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  server: {
    port: Number(process.env.PORT ?? 8080),
    strictPort: true,
    // The service on your machine gives anybody a token. Yours gives one to whoever has signed in.
    proxy: { '/dev/token': 'http://localhost:3000' },
  },
});

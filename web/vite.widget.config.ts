import { defineConfig } from 'vite'

/** The widget: one classic script that a shop page can load from anywhere. */
export default defineConfig({
  publicDir: false,
  build: {
    emptyOutDir: false,
    target: 'es2022',
    lib: { entry: 'widget/index.ts', name: 'jinpaiChat', formats: ['iife'], fileName: () => 'widget.js' },
  },
})

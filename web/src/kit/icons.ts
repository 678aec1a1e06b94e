/** Line icons on a 24 × 24 grid, drawn with the current text colour. */
export const ICONS = {
  chat: 'M4 5h16v11H9l-5 4z',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z',
  keys: 'M3 6.5h18v11H3zM6.5 10h1M10 10h1M13.5 10h1M17 10h.5M8 14h8',
  window: 'M4 5h16v14H4zM12 12h8v7h-8z',
  panel: 'M4 5h16v14H4zM15 5v14',
  back: 'M14.5 5l-7 7 7 7',
  down: 'M5 9.5l7 7 7-7',
  smile: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM9 9.5v.5M15 9.5v.5M8.2 14c2 3 5.6 3 7.6 0',
  search: 'M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15 15l5 5',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  close: 'M6 6l12 12M18 6L6 18',
  note: 'M5 4h14v11l-5 5H5zM14 20v-5h5M8.5 9h7M8.5 12.5h4',
  take: 'M8.5 8a3.5 3.5 0 1 0 7 0 3.5 3.5 0 0 0-7 0zM5 20c1.5-4.5 5-5.5 7-5.5M17.5 14v6M14.5 17h6',
  person: 'M8 8a4 4 0 1 0 8 0 4 4 0 0 0-8 0zM4 20.5c2-5.5 14-5.5 16 0',
  script: 'M5 4h11l3 3v13H5zM9 10h6M9 14h6',
  retry: 'M19 7v4.5h-4.5M18.6 11.5A7 7 0 1 0 19 14',
  offline: 'M4 9.5c5-4.5 11-4.5 16 0M7 13c3-2.7 7-2.7 10 0M10.2 16.300c1.2-1 2.4-1 3.6 0M12 19.5v.2M5 4l14 16',
} as const

export type IconName = keyof typeof ICONS

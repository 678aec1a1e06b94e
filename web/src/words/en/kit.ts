export default {
  product: 'Jinpai',
  mark: '金',
  common: { retry: 'Try again', loading: 'Loading…', cancel: 'Cancel' },
  problem: {
    network: 'No connection. Check your network and try again.',
    notYours: 'Your role does not include this page; ask an owner to change it if you need it',
    unknown: 'Something unexpected happened. Reload the page and try again.',
    silent: 'The service is not answering ({status}). Try again in a moment.',
  },
  day: { from: 'From', to: 'To', span: 'Days' },
  time: {
    today: 'today {time}',
    yesterday: 'yesterday {time}',
    tomorrow: 'tomorrow {time}',
    day: '{day} {month}, {time}',
    dayOfYear: '{day} {month} {year}, {time}',
    monthDay: '{day} {month}',
    justNow: 'just now',
    minutesAgo: '{count} min ago',
    hoursAgo: '{count} h ago',
    dayBefore: 'yesterday',
  },
}

export default {
  product: '金牌客服',
  mark: '金',
  common: { retry: '再试一次', loading: '正在加载…', cancel: '取消' },
  problem: {
    network: '网络不通，请检查网络后再试',
    notYours: '这一页您的角色还看不了，需要的话请店主调整角色',
    unknown: '出了点意外，请刷新页面后再试',
    silent: '服务暂时没有回应（{status}），请稍后再试',
  },
  day: { from: '开始日期', to: '结束日期', span: '起止日期' },
  time: {
    today: '今天 {time}',
    yesterday: '昨天 {time}',
    tomorrow: '明天 {time}',
    day: '{month} 月 {day} 日 {time}',
    dayOfYear: '{year} 年 {month} 月 {day} 日 {time}',
    monthDay: '{month} 月 {day} 日',
    justNow: '刚刚',
    minutesAgo: '{count} 分钟前',
    hoursAgo: '{count} 小时前',
    dayBefore: '昨天',
  },
}

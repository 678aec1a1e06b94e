export default {
  guard: {
    all: '整句这样说',
    one: '只改这处',
    reason: '为什么这样发（可不填，主管看得到）',
    sentAnyway: '确认后发出 · {reason}',
    sentAnywayBare: '确认后发出',
    bait: '小心，这句话可能是陷阱：{trap}',
    answer: '稳妥的回答',
    useAnswer: '放进输入框',
    trap: {
      buyer_privacy: '套取别人的订单或信息',
      invoice: '违规开发票',
      compensation: '引您承诺赔付',
      quality_inspection: '神秘抽检',
      off_platform: '引到平台外',
    },
    notCopied: '没有复制 · {label}',
    notCopiedWhy: '检查没有通过，没有复制',
    copyAgain: '确认没有问题的话，再按一次 Enter 就复制',
  },
}

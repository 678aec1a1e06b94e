export default {
  parcels: {
    state: { accepted: '已揽收', moving: '运输中', delivering: '派送中', delivered: '已签收', stuck: '疑难件', refused: '拒收', returned: '已退回', lost: '丢失' },
    none: '还没有物流记录，导入快递的轨迹文件后会出现在这里',
    trail: '{number} 的物流记录',
    byHand: '{who} 记',
    all: '全部 {count} 条',
    less: '收起',
    add: '记一条物流',
    added: '记下了',
    number: '运单号',
    what: '到哪一步了',
    when: '什么时候',
    justNow: '刚刚',
    words: '快递怎么说',
    wordsHint: '例如：联系快递，说包裹滞留在杭州转运中心',
    save: '记下',
  },
}

/** What the built-in content is called; English readers get the other file's word as long as the shop has not renamed it. */
export default {
  called: {
    promise: {
      courier: '指定快递', dispatch_by: '发货时间', arrival: '送达时间', gift: '赠品', freight_refund: '退运费', free_shipping: '包邮', compensation: '补偿',
      refund: '退款', discount: '优惠改价', invoice: '发票', change: '改单换货', call_back: '回复买家',
    },
    task: {
      invoice: '开发票', invoice_redo: '发票作废重开', check_stock: '核实库存', check_parcel: '查发货称重和监控', urge_dispatch: '催发货', hold_parcel: '拦截未发出的包裹',
      chase_courier: '催件查件', return_parcel: '快递改址或退回', refund_freight: '退运费或差价', inspect_return: '验收退货', fix_page: '核对商品页面', take_picture: '补拍实物图',
    },
    alert: { late: '付款后没发货', untraced: '发出后查不到', silent: '物流没有更新', stuck: '疑难件', refused: '被拒收', returned: '已退回', lost: '快递丢件' },
    care: { received: '收货问候', restock: '该补货了', silence: '好久没来', birthday: '生日问候', settled: '售后处理好以后' },
    segment: {
      champions: '重要老朋友', loyal: '常来的客户', promising: '大方的新客户', newcomers: '新客户', cooling: '好久没来的老朋友', drifting: '渐行渐远',
      one_off: '买过一次大单', sleepers: '很久没来',
    },
    fact: {
      height: '身高', weight: '体重', size: '常穿尺码', birthday: '生日', shoe_size: '鞋码', skin: '肤质', for_whom: '买给谁', occasion: '用在哪儿',
      colour: '喜欢的颜色', allergy: '过敏',
    },
    need: {
      orderly: '有条理的服务', prompt: '被及时接待', recognised: '被认出、被记住', welcomed: '受欢迎', comfortable: '感到舒服', understood: '被理解',
      helped: '得到帮助', valued: '受重视', praised: '被称赞', respected: '受尊重', trusted: '被信任',
    },
    type: {
      sociable: '交际型', bargainer: '讲价型', unpaid: '拍下不买型', purchaser: '购买型', polite: '礼貌型', dependent: '不了解，靠客服', half_informed: '一知半解，有主见',
      expert: '懂行', must_haggle: '不讲价不痛快', testing: '试探还价', generous: '大方', bought_before: '买过，心里有数', perfectionist: '追求完美',
      half_doubting: '将信将疑', domineering: '强势型', self_centred: '自我型', analytical: '分析型', easy_going: '随和型',
    },
    reason: {
      balance: '余额不足', freight: '邮费没改', payment: '付款不顺', mistake: '拍错了', family: '和家人商量', comparing: '还在比较', price: '觉得贵', unknown: '还不清楚',
    },
    rhythm: {
      morning: '上午单，当天 15:00 前提醒', noon: '中午单，当天快递取件前提醒', evening: '下午和晚上的单，第二天中午前提醒', night: '夜里的单，天亮后的中午 12:00 以后提醒',
    },
    folder: {
      welcome: '欢迎', dialogue: '答疑', bargaining: '议价', payment: '付款', logistics: '物流', after_sale: '售后', farewell: '告别', review: '评价',
      special: '忙时', reminder: '催付', courtesy: '礼貌', objections: '顾虑',
    },
  },
}

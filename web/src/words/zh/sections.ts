/** Fields and choices that a section calls differently; elsewhere they are called as in `fields` and `entries`. */
export default {
  /** What a wording answers, by the first part of its id. */
  answerAbout: {
    arrival: '几天能到', attribute: '商品参数', care: '洗护保养', compare: '两款对比', coupon: '优惠券', couriers: '发什么快递', dispatch: '什么时候发货', flaws: '瑕疵', freight: '运费',
    gift: '赠品', goods: '商品', invoice: '发票', order: '订单进度', payment_ways: '付款方式', price: '价格', price_trend: '会不会降价', promotion: '活动', recommend: '推荐',
    refund: '退款', remark: '备注', return_window: '退换期限', say: '通用的话', size: '尺码', stock: '库存', tracking: '物流进度',
  },
  fieldOf: {
    promises: { about: '谈到什么', asked: '买家要求的话', never: '有这些词就不算', promise: '哪一种承诺' },
    customers: { by: '谁说的', most: '最多', least: '至少', words: '哪一类词', never: '有这些词就不算', value: '档案里怎么写' },
    reminders: { after: '几点以后', by: '在几点之前', first: '先要由人做的事', most: '一单最多提醒几次', asked: '客服问的话', begins: '从几点' },
    rules: {
      asked: '买家问到的词', fact: '和哪项资料核对', script: '可以改用的话术', needs: '要先有这些词', when: '什么时候算', after: '后面有这些词', stage: '阶段', invoice: '发票',
      whether: '前面是“能不能”这类问法时不算', buyer: '这之前买家说的', agent: '这之前客服说的', context: '当时的情况', now: '当时的时间', shop: '店铺', numbers: '可以公开的号码',
      floor: '底价（元）', variants: '各个规格', free_shipping_except: '不包邮的地区', order: '订单', state: '订单状态', tracking: '运单号',
      promotions: '正在进行的活动', ends_at: '什么时候结束', authority: '客服的权限', buyer_expert: '买家是内行',
    },
    couriers: { least: '最少几天' },
    unrest: { urgent: '听出着急加几分', intents: '听出这些意思时加几分' },
    topics: { title: '说的是哪件事', asked: '买家的说法', said: '商品资料里的说法' },
    recommending: { words: '商品里的说法', orders: '至少几单一起买过' },
    ladder: { least: '小于几元就不再让', price: '说给什么价', discount: '说打几折', reduction: '最多批多少元' },
    radar: { severity: '急不急', words: '交办里写的话', within: '付款超过多少天就不管' },
    tasks: { title: '交办什么', department: '交给哪个部门', within: '多久办好', unit: '时间怎么算', about: '要不要对着订单', form: '交办时填什么', hint: '说明里的提示', told: '办好后给买家的话（一定要有“结果”这个变量）' },
    ordering: { payment_page: '付款页面的网址（要有“订单编号”这个变量）', words: '说的话', refund_task: '合并后多收的运费交办成', complete_days: '发货后多少天自动完成', surface_days: '平邮发货后多少天自动完成', placed: '下好单以后', difference: '请买家补运费', page: '怎样付款（有付款页面）', no_page: '怎样付款（没有付款页面）' },
  },
  choiceOf: {
    reminders: {
      kind: { days_off: '放假日期', plan: '时间表', reason: '没付款的原因', talk: '会话用词' },
    },
    promotions: {
      kind: { amount_off: '满减', bundle: '套装', coupon: '优惠券', discount: '打折', free_shipping: '包邮', gift: '赠品', limited_price: '限时价' },
    },
    promises: {
      kind: { promise: '一种承诺', talk: '判断用词' },
    },
    customers: {
      kind: { care: '客户关怀', care_rules: '关怀规矩', fact: '买家信息', need: '买家的需要', rfm: '分群标准', segment: '客户分群', type: '买家类型', words: '会话用词' },
    },
    bargaining: {
      kind: { attitude: '态度例句', words: '近义词' },
    },
    rules: {
      state: { unpaid: '待付款', paid: '待发货', shipped: '已发货', delivered: '已签收', completed: '已完成', closed: '已关闭' },
      kind: { answer: '答没答到', claim: '说的对不对', count: '堆了几个', digits: '号码', lexicon: '词表', links: '网址邮箱', pattern: '表达式', reply: '整句回复', sound: '同音错字', talk: '整段会话', tone: '整句语气', words: '词语' },
      stage: { presale: '售前', insale: '售中', aftersale: '售后' },
      order_state: { shipped: '已发货', closed: '已关闭' },
      no_payment_way: { balance: '账户余额', yuebao: '余额宝', bank_page: '网上银行', quick_pay: '快捷支付', huabei: '花呗', instalments: '分期付款', credit_card: '信用卡', wechat: '微信支付', cash_on_delivery: '货到付款' },
      facts: { numbers: '店里的号码', domains: '店里的网址', names: '店里的名称', excluded: '不包邮的地区' },
      shape: { mobile: '手机号', landline: '座机', card: '卡号', run: '一串数字', web: '网址', email: '邮箱', whole: '整句就是', wordless: '没有文字', short: '太短', first_answer: '首次回复', gap: '回复间隔', asked_to_wait: '请买家等', urged: '买家催', last_word: '最后一句', monologue: '连发几条', same_text: '重复同一句', asked_again: '又问一遍', offered: '提供过' },
      when: { always: '任何时候', alone: '只有这一句', first_answer: '首次回复', question_open: '有问题没答', again: '又一次' },
      fact: { in_stock: '有货', pieces_left: '剩几件', sold_out: '卖完了', price: '价格', promotion: '活动', promotion_ends: '活动截止', dispatch_today: '今天发货', courier: '快递', promotion_terms: '活动条件', always_open: '随时在线', dispatched: '已发货', not_dispatched: '没发货', dispatch_until: '几点前发货', free_shipping: '包邮', best_seller: '热卖', new_product: '新品', stuff: '材质', guarantee: '保障', payment_way: '付款方式', payment_way_refused: '不支持的付款方式', price_floor: '底价', reduction: '减多少', discount: '打折', gift: '赠品', free_freight: '免运费', compensation: '赔付' },
    },
    radar: {
      severity: { urgent: '马上办', soon: '尽快办', watch: '留意' },
    },
    tasks: {
      department: { warehouse: '仓库', logistics: '物流', finance: '财务', aftersale: '售后', operations: '运营', design: '美工' },
      unit: { hours: '小时', days: '自然日', workdays: '工作日' },
      about: { anything: '不一定', order: '一定要选一个订单' },
      form: { plain: '一句说明', invoice: '开票资料' },
    },
  },
}

import fields from './fields'

/** More fields of content entries, their choices and the scenes of scripts; they stand beside those of `fields`. */
const field = {
  when: '什么情况下用（都满足才出现）', shop_kind: '店铺类型', guarantee: '店里有这项保障', payment_way: '买家用的付款方式', courier: '用的快递',
  before_cutoff: '当天发货截止之前', in_stock: '有货', stock_at_most: '库存不超过几件', promotion_running: '有活动在进行', promotion_ends_today: '活动今天结束',
  best_seller: '热卖款', new_product: '新品', well_reviewed: '好评多', order_state: '订单状态', price_changed: '已经改过价',
  freight_corrected: '已经改过运费', returning_buyer: '老买家', has_trace: '有物流记录', body_sizes: '按身高体重分码', trouble: '物流遇到的麻烦', unpaid_reason: '没付款的原因',
  approval: '审批', rung: '让价到第几级', reduction: '最多减多少（元）', discount: '最低打几折', compensation: '最多赔多少（元）',
  gift: '可以送赠品', free_freight: '可以免运费', floor_percent: '不低于标价的百分之几', agents: '客服', branch: '大类',
  definition: '是什么意思', skill: '用哪项本领回答', scenes: '相关的话术场景', urgent: '急，排在前面', cross_sell: '适合顺带推荐',
  patterns: '一看就是的写法', examples: '例句', mood: '情绪', texts: '说法', short: '简称',
  category: '品类', also_called: '买家还会叫它', main_push: '主推', parcel_grams: '包裹重量（克）', skus: '规格', spec: '规格名',
  price: '价格（元）', stock: '库存', attributes: '属性', selling_points: '卖点', materials: '材质',
  part: '部位', strengths: '优点', weaknesses: '不足', care: '保养', clean: '怎样清洗',
  store: '怎样存放', avoid: '要避免的', flaws: '瑕疵说明', colour_note: '色差说明', size_table: '尺码表',
  columns: '列', rows: '行', measured: '怎样量的', box: '盒里有什么', goes_with: '搭配',
  product: '商品', effect: '搭在一起的好处', certificates: '证书', faq: '常见问题', question: '问',
  answer: '答', lines: '说的话', period: '起止时间', last: '到什么时候为止', rule: '活动规则',
  products: '参加的商品', step: '每满多少（元）', not_with: '不能同时用的活动', per_buyer: '每人几次', wording: '怎样对买家说',
  limits: '限制', items: '内容', also: '另外还有', grade: '一般还是严重', violations: '违规种类',
  families: '相关的质检类别', general: '一般违规', serious: '严重违规', department: '部门', within: '多久之内',
  unit: '时间单位',
  after: '过多久才算', alert: '出了什么状况', approval_seconds: '审批多少秒内答复', approvals: '谁一单最多能批多少', asked: '买家怎么说',
  asks: '请买家做什么', attribute: '比哪项属性', best: '怎样算好', calm: '回落到几分算平静', does: '怎么做',
  fact: '档案里的哪一项', from_amount: '满多少元才给优惠（0 = 不要求）', from_pieces: '满几件才给优惠（0 = 不要求）', gifts: '小处大方送什么', lift: '比碰巧多出几倍才算搭配',
  manual: '怎样执行', most: '最多几天', needs: '买家的需要在商品里叫什么', never: '有这些词就不算让价', off: '说少收多少',
  offers: '怎样听出在让价', open_percent: '头一次最多让到权限的百分之几', orders: '至少几单一起买过', pays: '实付（元）', refund_open: '退款或售后正在办理',
  refusals: '买家这样说就是不要', relief: '道谢、满意时减几分', remember_hours: '谈过的价记多少小时', repeated: '同样的话又说一遍加几分', rungs: '阶梯的六级',
  script: '给买家的草稿用哪条话术', shouting: '连着感叹号、问号加几分', shrink_percent: '往后每次最多是上一次的百分之几', skips: '哪些日子不算', stays: '之前的分每过一条留百分之几',
  task: '交办的种类', threshold: '到几分提醒主管', times: '最多让几次（0 = 不让价）', traits: '买家要的特点', unanswered: '没人回时每多一条加几分',
  upset: '第一个生气的词加几分', upset_more: '后面每个生气的词加几分', value: '档案里怎么写', what: '哪一种', window_days: '只看最近多少天的订单',
  worried: '听出担心加几分',
  acts: '顺口答应的话', advice: '怎样接待', after_days: '多少天之后', again_hours: '隔多少小时第二次提醒', agreed: '答应的话',
  allow: '允许的', amount: '累计付多少元算多', answered: '客服答过以后再看', answered_within: '几秒内第一次回复', asked_like: '问句的写法',
  asking: '在发问的话', at: '几点', at_least: '至少几个', at_most: '最多几个', attitude: '属于哪种态度',
  axis: '从哪方面看', before: '前面有这些词', before_quiet_minutes: '免打扰前几分钟', busy_minutes: '买家在等回复时推迟几分钟', buyer_asked_to_close: '买家要求关闭订单',
  buyer_asks: '买家问到这些词以后才算', buyer_said: '买家自己说过就不算', by: '在几点之前，或是谁说的', call: '打电话的提纲', characters: '至少多少个字',
  choice: '让买家先选的话', close_hours: '下单多少小时不付就关闭', closing: '句末表示提议的词', commits: '没有反问时就算答应', conditional: '带条件的话', cues: '怎么看出来',
  day: '当天还是第二天', deferred: '还要再问再查的话', done: '已经办过的话', each: '每满一次减一次', every_days: '每隔多少天',
  expert: '客服是专家', explained: '讲清楚了就不算', explains: '自动提醒后面的说明', facts: '店里的资料对得上就不算', find_like: '查哪些写法',
  fine: '读音相同但没错的词', firm: '带条件也算承诺的话', given: '什么情况下才算', goods: '商品', heard: '买家前面说过这些词',
  hint: '给客服的提示', idle: '不算讲清楚的空话', inside: '在这些词里面就不算', is_buyers: '是买家自己的信息', kindly: '体贴的话',
  lead_minutes: '离时段边界至少几分钟', least_minutes: '下单后至少几分钟', length: '几位到几位', limits_set: '设了权限', margin_minutes: '关闭前至少几分钟',
  means: '用什么方式', measure: '程序读出的量', message: '消息里有这些词', money: '涉及退同一笔钱', more_than: '超过几个',
  much: '花得多', named: '特定问法才算的回答', names: '算作回答的词', near: '旁边的提示词', need: '哪种需要',
  no: '说“不是”的词', no_payment_way: '店里不支持的付款方式', not_asked: '不算这一问的词', note: '旁边的说明', noted: '记下来的话',
  number: '数字范围', occasion: '什么时机', offered: '使前面变成提议的话', often: '买得勤（几单起）', only_near: '旁边有提示词才算',
  over: '在哪种文本里找', pay_percent: '付百分之几', periods: '放假的起止日期', pickup: '快递几点来取', pieces: '几件起',
  plain: '没谈别的时才算的话', prices: '各规格的价', quiet: '免打扰时段', reason: '没付款的原因', recent: '最近买过',
  recent_days: '多少天内算最近', refused: '拒绝的话', remark: '订单备注怎么开头', reminded: '人工提醒过的话', repeat_hours: '老顾客隔多少小时再提醒',
  result_days: '看多少天内的结果', said: '怎么说', seconds: '多少秒', settled: '说了就算解决的话', shape: '什么样子',
  sign: '看哪个迹象', signs: '会话里的迹象', silent: '店里没有资料时', single: '只认最新的一条', smile: '带笑脸就不算',
  sms: '短信内容', sms_end: '短信结尾', split: '连着前面几条一起看', stop: '怎样退订', terms: '这些词',
  together: '要同时有', told: '客服说过的词', told_like: '客服说过的写法', trap: '哪一种陷阱', type: '哪一类',
  undated: '没有自己的期限', unless: '这些情况不算', unsent: '发货后就不能再答应', unwanted: '买家不想要的话', usual: '惯例和推测的话',
  valid_days: '领取后几天有效', values: '可能的值', wants: '要答什么', weight: '分量（−5 到 5）', within_days: '多少天内',
  workdays: '调休上班的日子', year: '哪一年', yes: '说“是”的词',
}

const scenes = {
  welcome: {
    first_contact: '首次问候', returning: '老客回访', anyone_there: '在吗', asked_product: '开口就问商品', made_to_order: '定制商品',
  },
  dialogue: {
    quality: '品质做工', authenticity: '正品与保障', colour_difference: '图片与实物、色差', size: '尺码与合身', stock: '库存',
    out_of_stock: '缺货推荐替代', comparison: '两款对比与价差', praise_taste: '称赞眼光', wish_not_met: '满足不了的要求',
  },
  bargaining: {
    ladder: '议价阶梯', listed_price: '按标价爽快下单',
  },
  payment: {
    balance: '余额', yuebao: '余额宝', bank_page: '网银', quick_pay: '快捷支付', huabei: '花呗',
    instalments: '分期', price_changed: '改价后确认', freight_corrected: '邮费更正', unpaid: '未付款原因',
  },
  logistics: {
    couriers: '默认快递', courier_choice: '指定快递', unreachable: '不到地区换快递', dispatch_time: '发货时间', arrival: '预计到达',
    delay: '延迟', tracking: '查询物流', chase: '催件',
  },
  after_sale: {
    ten_steps: '投诉十步', quality_problem: '质量问题', wrong_item: '发错', missing_item: '少件', damage: '破损',
    size_exchange: '换尺码', refund_only: '仅退款', late_refund: '退款未到', complaint_threat: '扬言投诉',
  },
  farewell: {
    after_purchase: '购买后告别', no_purchase: '未购买告别', invite_follow: '邀请关注收藏',
  },
  review: {
    invite: '邀请客观评价', thank: '感谢好评', neutral: '回复中评', bad: '回复差评',
  },
  special: {
    busy: '忙碌', away: '暂离', off_hours: '非工作时间', packing: '打包中', holiday: '节假日',
    rush: '大促高峰',
  },
  reminder: {
    messenger: '旺旺催付', sms: '短信催付', phone: '电话提纲',
  },
  courtesy: {
    just_looking: '随便看看', please_wait: '请稍等', back_again: '久等回来', apologised: '买家道歉', thanked: '买家感谢',
    praised: '买家夸奖', troubled_you: '麻烦您了', checking: '发货前核查', recommends: '买家会推荐', unknown_product: '请发链接或截图',
  },
  objections: {
    price: '对价格的疑虑', quality: '对品质的疑虑', fit: '对合适的疑虑', delivery: '对时效的疑虑', after_sale: '对售后的疑虑',
  },
}

const choice = {
  scene: scenes,
  scenes,
  order_state: {
    unpaid: '待付款', paid: '待发货', dispatched: '已发货', delivered: '已签收', completed: '已完成',
  },
  trouble: {
    late: '没按时发', untraced: '发出后查不到', silent: '不更新', stuck: '疑难件', refused: '被拒收', returned: '退回来了',
    lost: '丢件',
  },
  unpaid_reason: {
    balance: '余额不够', payment_trouble: '付款遇到问题', price: '嫌贵', freight_not_corrected: '等改运费', asking_family: '问家人',
    comparing: '在比较', mistake: '拍错了', unknown: '还不知道',
  },
  approval: {
    waiting: '等审批', approved: '批准了', countered: '另给了条件', refused: '没批准', agent: '客服',
    supervisor: '主管', owner: '店主',
  },
  mood: {
    upset: '生气', worried: '担心', pleased: '高兴', urgent: '着急',
  },
  grade: {
    general: '一般', serious: '严重',
  },
  shop_kind: {
    c: 'C 店', tmall: '天猫店', own: '自营网站',
  },
  guarantee: {
    seven_days: '七天无理由', authentic_triple: '假一赔三', freight_insurance: '运费险', warranty: '质保', fast_refund: '极速退款',
  },
  payment_way: {
    balance: '账户余额', yuebao: '余额宝', bank_page: '网上银行', quick_pay: '快捷支付', huabei: '花呗',
    instalments: '分期付款', credit_card: '信用卡', wechat: '微信支付', cash_on_delivery: '货到付款',
  },
  skill: {
    exchange: '换货',
    stock: '查库存', price: '查价格', promotion: '查活动', size: '推荐尺码', freight: '算运费', dispatch: '查发货时间',
    arrival: '估到达时间', order_state: '查订单状态', tracking: '查物流', remark: '写备注', invoice: '开发票', return_window: '查退换期限',
    care: '讲保养', attribute: '查商品属性', coupon: '查优惠券', payment_ways: '查付款方式', couriers: '查合作快递', gift: '查赠品',
    recommend: '推荐商品', find: '找商品', compare: '比较商品', flaws: '讲瑕疵', price_trend: '看价格走势', picture: '看图片',
  },
  alert: {
    late: '付款后没发货', untraced: '发出后查不到', silent: '物流没有更新', stuck: '疑难件', refused: '被拒收', returned: '已退回', lost: '快递丢件',
  },
  skips: {
    rests: '店里不发货的日子', holidays: '法定放假', none: '每天都算',
  },
  approvals: {
    supervisor: '主管', owner: '店主',
  },
  best: {
    least: '越小越好', most: '越大越好',
  },
  fact: {
    height: '身高', weight: '体重', size: '尺码', shoe_size: '鞋码', skin: '肤质', birthday: '生日',
    for_whom: '送给谁', occasion: '用在什么场合', colour: '喜欢的颜色', allergy: '过敏', season: '季节',
  },
  unit: {
    hours: '小时', days: '天',
  },
  attitude: {
    none: '没在讲价', testing: '试探', insists: '坚持要便宜', threatens: '说要去别家', pesters: '反复缠着讲', accepts: '接受价格',
  },
  axis: {
    behaviour: '行为', knowledge: '懂行程度', price: '价格', demand: '要求', character: '性格',
  },
  by: {
    buyer: '买家', agent: '客服',
  },
  sign: {
    said: '买家发了几条', length: '平均几个字', haggles: '讲了几次价', presses: '催了几次', orders: '以前成交几单', unpaid: '几单没付',
    ordered: '第几条说已下单',
  },
  words: {
    placed: '已下单或付款', price: '说到价格',
  },
  measure: {
    height: '身高', weight: '体重', birthday: '生日',
  },
  need: {
    orderly: '有条理', prompt: '快一点', recognised: '被认出', welcomed: '受欢迎', comfortable: '舒服自在', understood: '被理解',
    helped: '得到帮助', valued: '被重视', praised: '被称赞', respected: '被尊重', trusted: '被信任',
  },
  occasion: {
    received: '收到货', restock: '该补货了', silence: '很久没来', birthday: '生日', settled: '售后办完',
  },
  promise: {
    courier: '指定快递', dispatch_by: '发货时间', arrival: '送达时间', gift: '赠品', discount: '优惠改价', free_shipping: '包邮',
    freight_refund: '退运费', invoice: '发票', change: '改单换货', compensation: '补偿', refund: '退款', call_back: '回复买家',
  },
  means: {
    message: '聊天消息', sms: '短信', phone: '电话',
  },
  day: {
    same: '当天', next: '第二天',
  },
  reason: {
    balance: '余额不够', payment_trouble: '付款遇到问题', price: '嫌贵', freight_not_corrected: '等改运费', asking_family: '问家人', comparing: '在比较',
    mistake: '拍错了', unknown: '还不知道',
  },
  trap: {
    buyer_privacy: '套问买家信息', invoice: '发票', compensation: '赔付', quality_inspection: '质检报告', off_platform: '脱离平台',
  },
  over: {
    tight: '去掉空格和标点后', plain: '原文',
  },
  wants: {
    time: '时间', amount: '数额', number: '数字', name: '名称', choice: '选一个', decision: '行不行',
  },
  silent: {
    block: '拦截', confirm: '确认', warn: '提醒', hint: '提示',
  },
  families: fields.family, family: fields.family,
}

export default { field: { ...fields.field, ...field }, choice: { ...fields.choice, ...choice } }

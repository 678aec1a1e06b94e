import fields from './fields'

/** More fields of content entries, their choices and the scenes of scripts; they stand beside those of `fields`. */
const field = {
  when: '什么情况下用（都满足才出现）', shop_kind: '店铺类型', guarantee: '店里有这项保障', payment_way: '买家用的付款方式', courier: '用的快递',
  before_cutoff: '当天发货截止之前', in_stock: '有货', stock_at_most: '库存不超过几件', promotion_running: '有活动在进行', promotion_ends_today: '活动今天结束',
  best_seller: '热卖款', new_product: '新品', well_reviewed: '好评多', order_state: '订单状态', price_changed: '已经改过价',
  freight_corrected: '已经改过运费', returning_buyer: '老买家', has_trace: '有物流记录', trouble: '物流遇到的麻烦', unpaid_reason: '没付款的原因',
  approval: '审批', rung: '让价到第几级', reduction: '最多减多少（元）', discount: '最低打几折', compensation: '最多赔多少（元）',
  gift: '可以送赠品', free_freight: '可以免运费', floor_percent: '不低于标价的百分之几', agents: '客服', branch: '大类',
  definition: '是什么意思', skill: '用哪项本领回答', scenes: '相关的话术场景', urgent: '急，排在前面', cross_sell: '适合顺带推荐',
  patterns: '一看就是的写法', examples: '例句', mood: '情绪', texts: '说法', short: '简称',
  category: '品类', main_push: '主推', parcel_grams: '包裹重量（克）', skus: '规格', spec: '规格名',
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
    late: '没按时发', silent: '不更新', stuck: '疑难件', refused: '被拒收', returned: '退回来了',
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
}

export default { field: { ...fields.field, ...field }, choice: { ...fields.choice, ...choice } }

import fields from './fields'

/** More fields of content entries, their choices and the scenes of scripts; they stand beside those of `fields`. */
const field = {
  when: 'When', shop_kind: 'Shop kind', guarantee: 'Guarantee', payment_way: 'Payment way', courier: 'Courier',
  before_cutoff: 'Before cutoff', in_stock: 'In stock', stock_at_most: 'Stock at most', promotion_running: 'Promotion running', promotion_ends_today: 'Promotion ends today',
  best_seller: 'Best seller', new_product: 'New product', well_reviewed: 'Well reviewed', order_state: 'Order state', price_changed: 'Price changed',
  freight_corrected: 'Freight corrected', returning_buyer: 'Returning buyer', has_trace: 'Has trace', trouble: 'Trouble', unpaid_reason: 'Unpaid reason',
  approval: 'Approval', rung: 'Rung', reduction: 'Reduction', discount: 'Discount', compensation: 'Compensation',
  gift: 'Gift', free_freight: 'Free freight', floor_percent: 'Floor percent', agents: 'Agents', branch: 'Branch',
  definition: 'Definition', skill: 'Skill', scenes: 'Scenes', urgent: 'Urgent', cross_sell: 'Cross sell',
  patterns: 'Patterns', examples: 'Examples', mood: 'Mood', texts: 'Texts', short: 'Short',
  category: 'Category', main_push: 'Main push', parcel_grams: 'Parcel grams', skus: 'Skus', spec: 'Spec',
  price: 'Price', stock: 'Stock', attributes: 'Attributes', selling_points: 'Selling points', materials: 'Materials',
  part: 'Part', strengths: 'Strengths', weaknesses: 'Weaknesses', care: 'Care', clean: 'Clean',
  store: 'Store', avoid: 'Avoid', flaws: 'Flaws', colour_note: 'Colour note', size_table: 'Size table',
  columns: 'Columns', rows: 'Rows', measured: 'Measured', box: 'Box', goes_with: 'Goes with',
  product: 'Product', effect: 'Effect', certificates: 'Certificates', faq: 'Faq', question: 'Question',
  answer: 'Answer', lines: 'Lines', period: 'Period', last: 'Last', rule: 'Rule',
  products: 'Products', step: 'Step', not_with: 'Not with', per_buyer: 'Per buyer', wording: 'Wording',
  limits: 'Limits', items: 'Items', also: 'Also', grade: 'Grade', violations: 'Violations',
  families: 'Families', general: 'General', serious: 'Serious', department: 'Department', within: 'Within',
  unit: 'Unit',
}

const scenes = {
  welcome: {
    first_contact: 'First contact', returning: 'Returning', anyone_there: 'Anyone there', asked_product: 'Asked product', made_to_order: 'Made to order',
  },
  dialogue: {
    quality: 'Quality', authenticity: 'Authenticity', colour_difference: 'Colour difference', size: 'Size', stock: 'Stock',
    out_of_stock: 'Out of stock', comparison: 'Comparison', praise_taste: 'Praise taste', wish_not_met: 'Wish not met',
  },
  bargaining: {
    ladder: 'Ladder', listed_price: 'Listed price',
  },
  payment: {
    balance: 'Balance', yuebao: 'Yuebao', bank_page: 'Bank page', quick_pay: 'Quick pay', huabei: 'Huabei',
    instalments: 'Instalments', price_changed: 'Price changed', freight_corrected: 'Freight corrected', unpaid: 'Unpaid',
  },
  logistics: {
    couriers: 'Couriers', courier_choice: 'Courier choice', unreachable: 'Unreachable', dispatch_time: 'Dispatch time', arrival: 'Arrival',
    delay: 'Delay', tracking: 'Tracking', chase: 'Chase',
  },
  after_sale: {
    ten_steps: 'Ten steps', quality_problem: 'Quality problem', wrong_item: 'Wrong item', missing_item: 'Missing item', damage: 'Damage',
    size_exchange: 'Size exchange', refund_only: 'Refund only', late_refund: 'Late refund', complaint_threat: 'Complaint threat',
  },
  farewell: {
    after_purchase: 'After purchase', no_purchase: 'No purchase', invite_follow: 'Invite follow',
  },
  review: {
    invite: 'Invite', thank: 'Thank', neutral: 'Neutral', bad: 'Bad',
  },
  special: {
    busy: 'Busy', away: 'Away', off_hours: 'Off hours', packing: 'Packing', holiday: 'Holiday',
    rush: 'Rush',
  },
  reminder: {
    messenger: 'Messenger', sms: 'Sms', phone: 'Phone',
  },
  courtesy: {
    just_looking: 'Just looking', please_wait: 'Please wait', back_again: 'Back again', apologised: 'Apologised', thanked: 'Thanked',
    praised: 'Praised', troubled_you: 'Troubled you', checking: 'Checking', recommends: 'Recommends', unknown_product: 'Unknown product',
  },
  objections: {
    price: 'Price', quality: 'Quality', fit: 'Fit', delivery: 'Delivery', after_sale: 'After sale',
  },
}

const choice = {
  scene: scenes,
  scenes,
  order_state: {
    unpaid: 'Unpaid', paid: 'Paid', dispatched: 'Dispatched', delivered: 'Delivered', completed: 'Completed',
  },
  trouble: {
    late: 'Late', silent: 'Silent', stuck: 'Stuck', refused: 'Refused', returned: 'Returned',
    lost: 'Lost',
  },
  unpaid_reason: {
    balance: 'Balance', payment_trouble: 'Payment trouble', price: 'Price', freight_not_corrected: 'Freight not corrected', asking_family: 'Asking family',
    comparing: 'Comparing', mistake: 'Mistake', unknown: 'Unknown',
  },
  approval: {
    waiting: 'Waiting', approved: 'Approved', countered: 'Countered', refused: 'Refused', agent: 'Agent',
    supervisor: 'Supervisor', owner: 'Owner',
  },
  mood: {
    upset: 'Upset', worried: 'Worried', pleased: 'Pleased', urgent: 'Urgent',
  },
  grade: {
    general: 'General', serious: 'Serious',
  },
  shop_kind: {
    c: 'C-shop', tmall: 'Tmall shop', own: 'Own site',
  },
  guarantee: {
    seven_days: 'Seven-day returns', authentic_triple: 'Fake pays triple', freight_insurance: 'Freight insurance', warranty: 'Warranty', fast_refund: 'Fast refund',
  },
  payment_way: {
    balance: 'Account balance', yuebao: 'Yu’e Bao', bank_page: 'Online banking', quick_pay: 'Quick pay', huabei: 'Huabei',
    instalments: 'Instalments', credit_card: 'Credit card', wechat: 'WeChat Pay', cash_on_delivery: 'Cash on delivery',
  },
}

export default { field: { ...fields.field, ...field }, choice: { ...fields.choice, ...choice } }

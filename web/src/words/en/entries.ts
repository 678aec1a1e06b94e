import fields from './fields'

/** More fields of content entries, their choices and the scenes of scripts; they stand beside those of `fields`. */
const field = {
  when: 'When', shop_kind: 'Shop kind', guarantee: 'Guarantee', payment_way: 'Payment way', courier: 'Courier',
  before_cutoff: 'Before cutoff', in_stock: 'In stock', stock_at_most: 'Stock at most', promotion_running: 'Promotion running', promotion_ends_today: 'Promotion ends today',
  best_seller: 'Best seller', new_product: 'New product', well_reviewed: 'Well reviewed', order_state: 'Order state', price_changed: 'Price changed',
  freight_corrected: 'Freight corrected', returning_buyer: 'Returning buyer', has_trace: 'Has trace', body_sizes: 'Sized by body', trouble: 'Trouble', unpaid_reason: 'Unpaid reason',
  approval: 'Approval', rung: 'Rung', reduction: 'Reduction', discount: 'Discount', compensation: 'Compensation',
  gift: 'Gift', free_freight: 'Free freight', floor_percent: 'Floor percent', agents: 'Agents', branch: 'Branch',
  definition: 'Definition', skill: 'Skill', scenes: 'Scenes', urgent: 'Urgent', cross_sell: 'Cross sell',
  patterns: 'Patterns', examples: 'Examples', mood: 'Mood', texts: 'Texts', short: 'Short',
  category: 'Category', also_called: 'Buyers also call it', main_push: 'Main push', parcel_grams: 'Parcel grams', skus: 'Skus', spec: 'Spec',
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
  after: 'Counts after', alert: 'What went wrong', approval_seconds: 'Seconds to answer a request', approvals: 'How much each may approve per order', asked: 'What buyers say',
  asks: 'What the buyer is asked for', attribute: 'Attribute compared', best: 'What counts as better', calm: 'Calm again below', does: 'What to do',
  fact: 'Fact of the profile', from_amount: 'Discount from (yuan, 0 = always)', from_pieces: 'Discount from (pieces, 0 = always)', gifts: 'Small things given', lift: 'Times more often than by chance',
  manual: 'How it is carried out', most: 'Days at most', needs: 'What needs are called in products', never: 'Words beside which it is no offer', off: 'Offers so much off',
  offers: 'How an offer sounds', open_percent: 'First concession, percent of the authority', orders: 'Bought together in at least so many orders', pays: 'Paid (yuan)', refund_open: 'A refund is under way',
  refusals: 'Words that mean no', relief: 'Points taken off for thanks', remember_hours: 'Hours a talk about price is remembered', repeated: 'Points for saying it again', rungs: 'The six rungs',
  script: 'Script drafted for the buyer', shouting: 'Points for rows of ! and ?', shrink_percent: 'Each further one, percent of the one before', skips: 'Days not counted', stays: 'Percent of the points kept per message',
  task: 'Kind of hand-over', threshold: 'Supervisor is told from', times: 'Concessions at most (0 = none)', traits: 'Traits buyers ask for', unanswered: 'Points per message left unanswered',
  upset: 'Points for the first angry word', upset_more: 'Points for each further angry word', value: 'As the profile says it', what: 'Which one', window_days: 'Days of orders looked at',
  worried: 'Points for worry',
  acts: 'Passing words of assent', advice: 'How to receive them', after_days: 'Days after', again_hours: 'Hours until the second reminder', agreed: 'Words of assent',
  allow: 'Allowed', amount: 'Yuan that count as much', answered: 'Counts after an answer', answered_within: 'First answer within (seconds)', asked_like: 'Forms of the question',
  asking: 'Words that ask', at: 'At', at_least: 'At least', at_most: 'At most', attitude: 'Attitude',
  axis: 'Seen from', before: 'Words before', before_quiet_minutes: 'Minutes before quiet hours', busy_minutes: 'Minutes later while a buyer waits', buyer_asked_to_close: 'The buyer asked to close',
  buyer_asks: 'Only after the buyer asks', buyer_said: 'Not when the buyer said it', by: 'By when, or said by whom', call: 'Outline of the call', characters: 'Characters at least',
  choice: 'Words that leave a choice', close_hours: 'Hours until unpaid orders close', closing: 'Words that close an offer', commits: 'Assent where nothing is asked', conditional: 'Conditions', cues: 'What speaks for it',
  day: 'Same or next day', deferred: 'Words that put off', done: 'Words of what is done', each: 'For each step', every_days: 'Every (days)',
  expert: 'The agent is an expert', explained: 'Not when explained', explains: 'Ends an automatic reminder', facts: 'Not when the shop’s facts agree', find_like: 'Forms to find',
  fine: 'Right words of that sound', firm: 'Firm in spite of a condition', given: 'Only while this holds', goods: 'Products', heard: 'The buyer said before',
  hint: 'Hint for the agent', idle: 'Words that explain nothing', inside: 'Not inside these words', is_buyers: 'Belongs to the buyer', kindly: 'Kind words',
  lead_minutes: 'Minutes from the bounds', least_minutes: 'Minutes after ordering at least', length: 'Digits from and to', limits_set: 'Limits are set', margin_minutes: 'Minutes before closing',
  means: 'Means', measure: 'Measure read by the program', message: 'Words in the message', money: 'Gives the same money back', more_than: 'More than',
  much: 'Spends much', named: 'Answers to certain questions', names: 'Words that answer', near: 'Words beside it', need: 'Need',
  no: 'Words for no', no_payment_way: 'Way to pay not offered', not_asked: 'Words of other questions', note: 'Note', noted: 'Words of noting',
  number: 'Number within', occasion: 'Occasion', offered: 'Words that make an offer', often: 'Buys often (orders from)', only_near: 'Only beside such words',
  over: 'Searched in', pay_percent: 'Percent to pay', periods: 'First and last days', pickup: 'Courier comes at', pieces: 'From pieces',
  plain: 'Words where no other kind is talked of', prices: 'Price of each SKU', quiet: 'Quiet hours', reason: 'Reason', recent: 'Bought recently',
  recent_days: 'Days that count as recent', refused: 'Words that refuse', remark: 'The remark begins with', reminded: 'Words of a person’s reminder', repeat_hours: 'Hours for returning buyers',
  result_days: 'Days results are watched', said: 'What is said', seconds: 'Seconds', settled: 'Words that settle it', shape: 'Shape',
  sign: 'Sign', signs: 'Signs of the talk', silent: 'When the shop has no facts', single: 'Only the newest counts', smile: 'Not with a smile',
  sms: 'Text message', sms_end: 'Ends a text message', split: 'Joined with messages before', stop: 'How to unsubscribe', terms: 'Words',
  together: 'Together', told: 'Words the agent said', told_like: 'Forms the agent said', trap: 'Which trap', type: 'Type',
  undated: 'Has no time of its own', unless: 'Innocent when', unsent: 'Not once dispatched', unwanted: 'Words of the contrary', usual: 'Policies and guesses',
  valid_days: 'Valid for days', values: 'Values', wants: 'Wants', weight: 'Weight (−5 to 5)', within_days: 'Within days',
  workdays: 'Weekend days worked', year: 'Year', yes: 'Words for yes',
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
    late: 'Late', untraced: 'Not found', silent: 'Silent', stuck: 'Stuck', refused: 'Refused', returned: 'Returned',
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
  skill: {
    exchange: 'Exchanges',
    stock: 'Stock', price: 'Price', promotion: 'Promotions', size: 'Size advice', freight: 'Freight', dispatch: 'Dispatch time',
    arrival: 'Arrival', order_state: 'Order state', tracking: 'Tracking', remark: 'Remarks', invoice: 'Invoices', return_window: 'Return window',
    care: 'Care', attribute: 'Attributes', coupon: 'Coupons', payment_ways: 'Ways to pay', couriers: 'Couriers', gift: 'Gifts',
    recommend: 'Recommendations', find: 'Finding products', compare: 'Comparisons', flaws: 'Flaws', price_trend: 'Price trend', picture: 'Pictures',
  },
  alert: {
    late: 'Paid, not sent', untraced: 'Sent, not found', silent: 'No tracking news', stuck: 'Stuck', refused: 'Refused', returned: 'Returned', lost: 'Lost by the courier',
  },
  skips: {
    rests: 'Days the shop does not dispatch', holidays: 'Public holidays', none: 'None',
  },
  approvals: {
    supervisor: 'Supervisor', owner: 'Owner',
  },
  best: {
    least: 'Smaller', most: 'Larger',
  },
  fact: {
    height: 'Height', weight: 'Weight', size: 'Size', shoe_size: 'Shoe size', skin: 'Skin', birthday: 'Birthday',
    for_whom: 'For whom', occasion: 'Occasion', colour: 'Colour', allergy: 'Allergy', season: 'Season',
  },
  unit: {
    hours: 'hours', days: 'days',
  },
  attitude: {
    none: 'Not haggling', testing: 'Testing', insists: 'Insists', threatens: 'Threatens to leave', pesters: 'Pesters', accepts: 'Accepts',
  },
  axis: {
    behaviour: 'Behaviour', knowledge: 'Knowledge', price: 'Price', demand: 'Demands', character: 'Character',
  },
  by: {
    buyer: 'Buyer', agent: 'Agent',
  },
  sign: {
    said: 'Messages', length: 'Mean length', haggles: 'Times they haggled', presses: 'Times they pressed', orders: 'Orders before', unpaid: 'Unpaid orders',
    ordered: 'Message that told the order',
  },
  words: {
    placed: 'Ordered or paid', price: 'Speaks of the price',
  },
  measure: {
    height: 'Height', weight: 'Weight', birthday: 'Birthday',
  },
  need: {
    orderly: 'Order', prompt: 'Promptness', recognised: 'Being recognised', welcomed: 'Being welcomed', comfortable: 'Comfort', understood: 'Being understood',
    helped: 'Help', valued: 'Being valued', praised: 'Praise', respected: 'Respect', trusted: 'Trust',
  },
  occasion: {
    received: 'Received', restock: 'Time to restock', silence: 'Long silence', birthday: 'Birthday', settled: 'After-sale settled',
  },
  promise: {
    courier: 'Courier', dispatch_by: 'Dispatch time', arrival: 'Arrival', gift: 'Gift', discount: 'Discount', free_shipping: 'Free shipping',
    freight_refund: 'Freight refund', invoice: 'Invoice', change: 'Change or exchange', compensation: 'Compensation', refund: 'Refund', call_back: 'Call back',
  },
  means: {
    message: 'Chat', sms: 'Text message', phone: 'Phone',
  },
  day: {
    same: 'Same day', next: 'Next day',
  },
  reason: {
    balance: 'Balance', payment_trouble: 'Payment trouble', price: 'Price', freight_not_corrected: 'Freight not corrected', asking_family: 'Asking family', comparing: 'Comparing',
    mistake: 'Mistake', unknown: 'Unknown',
  },
  trap: {
    buyer_privacy: 'Buyer’s data', invoice: 'Invoice', compensation: 'Compensation', quality_inspection: 'Inspection', off_platform: 'Off platform',
  },
  over: {
    tight: 'Without spaces and signs', plain: 'As written',
  },
  wants: {
    time: 'A time', amount: 'An amount', number: 'A number', name: 'A name', choice: 'A choice', decision: 'A decision',
  },
  silent: {
    block: 'Block', confirm: 'Confirm', warn: 'Warn', hint: 'Hint',
  },
  families: fields.family, family: fields.family,
}

export default { field: { ...fields.field, ...field }, choice: { ...fields.choice, ...choice } }

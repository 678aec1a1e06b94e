/** Fields and choices that a section calls differently; elsewhere they are called as in `fields` and `entries`. */
export default {
  /** What a wording answers, by the first part of its id. */
  answerAbout: {
    arrival: 'Arrival', attribute: 'Attributes', care: 'Care and washing', compare: 'Comparing', coupon: 'Coupons', couriers: 'Couriers',
    dispatch: 'Dispatch', flaws: 'Flaws', freight: 'Freight', gift: 'Gifts', goods: 'Products', invoice: 'Invoices', order: 'Orders', payment_ways: 'Ways to pay',
    price: 'Price', price_trend: 'Price trend', promotion: 'Promotions', recommend: 'Recommending', refund: 'Refunds', remark: 'Remarks',
    return_window: 'Time to return', say: 'Common phrases', size: 'Sizes', stock: 'Stock', tracking: 'Tracking',
  },
  fieldOf: {
    promises: { about: 'Talk about', asked: 'Words of the buyer', never: 'Not beside these words', promise: 'Which promise' },
    customers: { by: 'Said by', most: 'At most', least: 'At least', words: 'Which words', never: 'Not beside these words', value: 'As the profile says it' },
    reminders: { after: 'After', by: 'By', first: 'To be done first', most: 'Reminders per order', asked: 'Questions of the agent', begins: 'From' },
    rules: {
      asked: 'Words the buyer asks', fact: 'Compared with', script: 'Script to use instead', needs: 'Needs one of these words', when: 'Counts when', after: 'Words after', stage: 'Stage', invoice: 'Invoice',
      whether: 'Not after “whether or not”', buyer: 'Said by the buyer before', agent: 'Said by the agent before', context: 'The circumstances', now: 'Time of the talk', shop: 'Shop', numbers: 'Numbers that may be told',
      floor: 'Lowest price (yuan)', variants: 'Variants', free_shipping_except: 'Regions without free shipping', order: 'Order', state: 'State of the order', tracking: 'Tracking number',
      promotions: 'Promotions that run', ends_at: 'Ends at', authority: 'What the agent may give', buyer_expert: 'The buyer is an expert',
    },
    couriers: { least: 'Days at least' },
    unrest: { urgent: 'Points for hurry', intents: 'Points for these meanings' },
    topics: { title: 'The matter', asked: 'As buyers say it', said: 'As product records say it' },
    recommending: { words: 'Words in the product', orders: 'Bought together in at least so many orders' },
    ladder: { least: 'No concession below (yuan)', price: 'Offers a price', discount: 'Offers a discount', reduction: 'May approve (yuan)' },
    radar: { severity: 'How urgent', words: 'Words of the hand-over', within: 'Ignored when paid more days ago than' },
    tasks: { title: 'What is handed over', department: 'To which department', within: 'Done within', unit: 'Counted in', about: 'Needs an order', form: 'What is filled in', hint: 'Hint for the details', told: 'What the buyer is told (with the variable for the result)' },
    ordering: { payment_page: 'Address of the payment page (with the variable for the number)', words: 'Sentences', refund_task: 'Too much freight after merging is handed over as', complete_days: 'Days after dispatch until a trade completes by itself', surface_days: 'The same by surface mail', placed: 'Once the order is placed', difference: 'Asking for more freight', page: 'How to pay, with a payment page', no_page: 'How to pay, without one' },
  },
  choiceOf: {
    reminders: {
      kind: { days_off: 'Days off', plan: 'Timetable', reason: 'Reason', talk: 'Words' },
    },
    promotions: {
      kind: { amount_off: 'Amount off', bundle: 'Bundle', coupon: 'Coupon', discount: 'Discount', free_shipping: 'Free shipping', gift: 'Gift', limited_price: 'Limited price' },
    },
    promises: {
      kind: { promise: 'Promise', talk: 'Words' },
    },
    customers: {
      kind: { care: 'Care', care_rules: 'Care rules', fact: 'Fact', need: 'Need', rfm: 'Grouping', segment: 'Group', type: 'Type', words: 'Words' },
    },
    bargaining: {
      kind: { attitude: 'Attitude', words: 'Like words' },
    },
    rules: {
      state: { unpaid: 'To pay', paid: 'To dispatch', shipped: 'Dispatched', delivered: 'Delivered', completed: 'Completed', closed: 'Closed' },
      kind: { answer: 'Answer', claim: 'Claim', count: 'Count', digits: 'Numbers', lexicon: 'Word list', links: 'Links', pattern: 'Expression', reply: 'Whole reply', sound: 'Same sound', talk: 'Whole talk', tone: 'Tone', words: 'Words' },
      stage: { presale: 'Pre-sale', insale: 'In-sale', aftersale: 'After-sale' },
      order_state: { shipped: 'Dispatched', closed: 'Closed' },
      no_payment_way: { balance: 'Balance', yuebao: 'Yu’e Bao', bank_page: 'Online banking', quick_pay: 'Quick pay', huabei: 'Huabei', instalments: 'Instalments', credit_card: 'Credit card', wechat: 'WeChat Pay', cash_on_delivery: 'Cash on delivery' },
      facts: { numbers: 'The shop’s numbers', domains: 'The shop’s domains', names: 'The shop’s names', excluded: 'Excluded regions' },
      shape: { mobile: 'Mobile', landline: 'Landline', card: 'Card', run: 'Run of digits', web: 'Web', email: 'Mail', whole: 'The whole', wordless: 'No words', short: 'Too short', first_answer: 'First answer', gap: 'Gap', asked_to_wait: 'Asked to wait', urged: 'Urged', last_word: 'Last word', monologue: 'Monologue', same_text: 'Same text', asked_again: 'Asked again', offered: 'Offered' },
      when: { always: 'Always', alone: 'Alone', first_answer: 'First answer', question_open: 'A question is open', again: 'Again' },
      fact: { in_stock: 'In stock', pieces_left: 'Pieces left', sold_out: 'Sold out', price: 'Price', promotion: 'Promotion', promotion_ends: 'Promotion ends', dispatch_today: 'Dispatch today', courier: 'Courier', promotion_terms: 'Promotion terms', always_open: 'Always open', dispatched: 'Dispatched', not_dispatched: 'Not dispatched', dispatch_until: 'Dispatch until', free_shipping: 'Free shipping', best_seller: 'Best seller', new_product: 'New product', stuff: 'Material', guarantee: 'Guarantee', payment_way: 'Way to pay', payment_way_refused: 'Way refused', price_floor: 'Price floor', reduction: 'Reduction', discount: 'Discount', gift: 'Gift', free_freight: 'Free freight', compensation: 'Compensation' },
    },
    radar: {
      severity: { urgent: 'At once', soon: 'Soon', watch: 'Watch' },
    },
    tasks: {
      department: { warehouse: 'Warehouse', logistics: 'Logistics', finance: 'Finance', aftersale: 'After-sale', operations: 'Operations', design: 'Design' },
      unit: { hours: 'hours', days: 'calendar days', workdays: 'workdays' },
      about: { anything: 'No', order: 'Always' },
      form: { plain: 'Details', invoice: 'Invoice' },
    },
  },
}

/** What the built-in content is called; English readers get these as long as the shop has not renamed it. */
export default {
  called: {
    promise: {
      courier: 'Courier', dispatch_by: 'Dispatch time', arrival: 'Arrival', gift: 'Gift', freight_refund: 'Freight refund', free_shipping: 'Free shipping', compensation: 'Compensation',
      refund: 'Refund', discount: 'Price change', invoice: 'Invoice', change: 'Change or exchange', call_back: 'Getting back',
    },
    task: {
      invoice: 'Issue an invoice', invoice_redo: 'Cancel and reissue an invoice', check_stock: 'Check the stock', check_parcel: 'Check weight and recording of a parcel', urge_dispatch: 'Speed up dispatch', hold_parcel: 'Hold a parcel back',
      chase_courier: 'Chase the courier', return_parcel: 'Redirect or return a parcel', refund_freight: 'Refund freight or a difference', inspect_return: 'Inspect a return', fix_page: 'Check the product page', take_picture: 'Take a real picture',
    },
    alert: { late: 'Paid, not sent', untraced: 'Sent, not found', silent: 'No news', stuck: 'Stuck', refused: 'Refused', returned: 'Returned', lost: 'Lost' },
    care: { received: 'After delivery', restock: 'Time to restock', silence: 'Long not here', birthday: 'Birthday', settled: 'After a settled complaint' },
    segment: {
      champions: 'Old friends', loyal: 'Come often', promising: 'Generous newcomers', newcomers: 'Newcomers', cooling: 'Old friends long away', drifting: 'Drifting away',
      one_off: 'One big order', sleepers: 'Long not here',
    },
    fact: {
      height: 'Height', weight: 'Weight', size: 'Usual size', birthday: 'Birthday', shoe_size: 'Shoe size', skin: 'Skin', for_whom: 'For whom', occasion: 'For what',
      colour: 'Favourite colour', allergy: 'Allergy',
    },
    need: {
      orderly: 'Orderly service', prompt: 'A prompt answer', recognised: 'Being recognised', welcomed: 'Being welcome', comfortable: 'Feeling at ease', understood: 'Being understood',
      helped: 'Being helped', valued: 'Being valued', praised: 'Being praised', respected: 'Being respected', trusted: 'Being trusted',
    },
    type: {
      sociable: 'Sociable', bargainer: 'Bargainer', unpaid: 'Orders without paying', purchaser: 'Buys', polite: 'Polite', dependent: 'Relies on the agent', half_informed: 'Half informed, opinionated',
      expert: 'Expert', must_haggle: 'Must haggle', testing: 'Tries a lower price', generous: 'Generous', bought_before: 'Bought before', perfectionist: 'Perfectionist',
      half_doubting: 'Half doubting', domineering: 'Domineering', self_centred: 'Self-centred', analytical: 'Analytical', easy_going: 'Easy-going',
    },
    reason: {
      balance: 'Balance too low', freight: 'Freight not changed yet', payment: 'Trouble paying', mistake: 'Ordered by mistake', family: 'Asking the family', comparing: 'Still comparing', price: 'Finds it dear', unknown: 'Not known yet',
    },
    rhythm: {
      morning: 'Ordered in the morning: the same day before 15:00', noon: 'Around noon: the same day before the courier comes', evening: 'Afternoon and evening: the next day before noon', night: 'At night: after 12:00 of the day that follows',
    },
    folder: {
      welcome: 'Welcome', dialogue: 'Questions', bargaining: 'Bargaining', payment: 'Payment', logistics: 'Delivery', after_sale: 'After sale', farewell: 'Farewell', review: 'Reviews',
      special: 'Busy times', reminder: 'Reminders', courtesy: 'Courtesy', objections: 'Doubts',
    },
  },
}

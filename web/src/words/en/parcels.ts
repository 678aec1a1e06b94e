export default {
  parcels: {
    state: { accepted: 'Accepted', moving: 'In transit', delivering: 'Out for delivery', delivered: 'Delivered', stuck: 'Stuck', refused: 'Refused', returned: 'Returned', lost: 'Lost' },
    none: 'Nothing told yet; it appears here once the courier’s file is imported',
    trail: 'What was told of {number}',
    byHand: 'noted by {who}',
    all: 'All {count}',
    less: 'Fewer',
    add: 'Note something',
    added: 'Noted',
    number: 'Tracking number',
    what: 'Where it stands',
    when: 'When',
    justNow: 'Just now',
    words: 'What the courier said',
    wordsHint: 'For example: the courier says the parcel is held at the Hangzhou hub',
    save: 'Note it',
  },
}

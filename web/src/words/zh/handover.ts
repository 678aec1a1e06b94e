/* What whoever takes a buyer over should know. */
export default {
  handover: {
    title: '交接摘要',
    unfold: '展开交接摘要',
    how: { assistant: '智能客服转给您', transferred: '同事转给您', assigned: '之前别人接待过' },
    by: { assistant: '智能客服转给您', transferred: '{name}转给您', assigned: '{name}改派' },
    note: '附言',
    model: '语言模型写的，以下面为准',
    kind: { who: '买家', wants: '要什么', order: '订单', said: '说到哪', promised: '答应了', price: '议价', open: '还没办' },
    look: '看原话',
  },
}

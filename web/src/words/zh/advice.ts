export default {
  advice: {
    title: '建议回复',
    learning: '正在学店里的问法，十几秒后这里给出建议',
    unfold: '展开建议',
    upset: '买家不高兴',
    urgent: '着急',
    because: '依据：{words}',
    next: '下一步',
    unheard: '没听懂',
    unheardHint: '点一下，告诉它买家是什么意思',
    notThis: '不是这个意思？选出买家真正要问的',
    whatThen: '买家是什么意思？',
    choose: '输入几个字找意图',
    note: '记下',
    putRight: '已记下是“{intent}”，下次学习时用上',
    takeBack: '撤销',
  },
}

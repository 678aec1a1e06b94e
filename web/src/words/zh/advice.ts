export default {
  advice: {
    title: '建议回复',
    unfold: '展开建议',
    upset: '买家不高兴',
    urgent: '着急',
    because: '依据：{words}',
    next: '下一步',
  },
}

"""What product exports tell, one variant a line: the columns and the headers they go by."""

from typing import Final

from jinpai.importing.model import Form, told_by

_CODE = "商品编码 商品编号 商家编码 商品货号 货号 款号 商品id 宝贝id 宝贝编码 产品编码 产品编号 spu编码 spu outerid"
_SKU = "规格编码 sku编码 规格商家编码 sku商家编码 规格编号 skuid sku编号 货品编码 货品编号 商品条码 条码 条形码 sku"
_VARIANT = "规格名称 规格 销售属性 sku名称 规格属性 sku规格 sku属性 商品规格 颜色尺码 variant"
_STOCK = "库存 库存数量 可售库存 可用库存 商品库存 总库存 sku库存 数量 宝贝数量 商品数量 stock quantity"

PRODUCTS: Final = Form(
    "products",
    "商品",
    {
        "code": told_by("商品编码", _CODE),
        "title": told_by("标题", "商品标题 宝贝标题 商品名称 宝贝名称 产品名称 标题 名称 商品 title name"),
        "short": told_by("简称", "商品简称 短标题 导购短标题 简称 shorttitle"),
        "category": told_by("类目", "商品类目 宝贝类目 类目 商品分类 分类 类别 叶子类目 category"),
        "sku": told_by("规格编码", _SKU),
        "variant": told_by("规格", _VARIANT),
        "colour": told_by("颜色", "颜色 颜色分类 主要颜色 色号 color colour"),
        "size": told_by("尺码", "尺码 尺寸 鞋码 码数 大小 size"),
        "price": told_by("价格", "销售价 售价 一口价 价格 单价 sku价格 规格价格 商品价格 现价 零售价 price"),
        "stock": told_by("库存", _STOCK),
        "listed": told_by("上架日期", "首次上架时间 上架时间 上架日期 发布时间 发布日期 listed"),
        "weight": told_by("单件重量", "包装重量 物流重量 重量 毛重 商品重量 单件重量 weight"),
        "points": told_by("卖点", "商品卖点 宝贝卖点 卖点 推荐理由"),
        "box": told_by("包装清单", "包装清单 配件清单 装箱清单 配件"),
        "attributes": told_by("参数", "商品参数 产品参数 参数 宝贝属性 商品属性 产品属性 属性"),
        "material": told_by("材质", "材质 面料 成分 材质成分 material"),
        "brand": told_by("品牌", "品牌 brand"),
        "origin": told_by("产地", "产地 原产地"),
    },
    (("code", "sku"),),
)

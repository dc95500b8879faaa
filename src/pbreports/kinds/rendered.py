"""The kinds of faults that only the rendered pages of a paper show (W-80 to W-96); how grave one is its clause says."""

from __future__ import annotations

from pbreports.kinds.kind import ERROR, NOTICE, WARNING, Kind
from pbreports.values import Severity


def _of(code: str, severity: Severity, name: str, remedy: str) -> Kind:
    """Return such a kind; what is said of it is made of the parameter, what was found and what is asked."""
    return Kind(code, severity, name, "{什么}", remedy)


OF_PAGES = (
    _of("W-80", ERROR, "纸张大小", "请在页面设置里把纸张改成A4。"),
    _of("W-81", ERROR, "天头", "请核对上页边距、行距和页首的空行。"),
    _of("W-82", ERROR, "订口", "请核对左页边距和左缩进。"),
    _of("W-83", ERROR, "文字超出版心", "请核对下、右页边距和右缩进，或减少每面行数。"),
    _of("W-84", ERROR, "线和图超出版心", "请把表格、图缩到版心以内。"),
    _of("W-85", WARNING, "每面行数", "请核对行距、上下页边距和段前段后间距。"),
    _of("W-86", WARNING, "每行字数", "请核对字号、字距、左右页边距，去掉文档网格。"),
    _of("W-87", ERROR, "发文机关标志的位置", "请调整标志的段前间距。"),
    _of("W-88", ERROR, "红色分隔线", "请核对红线的长度、左右位置和与发文字号的距离。"),
    _of("W-89", ERROR, "信函的红色双线", "请核对两条双线的长度和上下位置。"),
    _of("W-90", ERROR, "首页没有正文", "请减少标题以上的行数；主送机关太多的，移到版记。"),
    _of("W-91", WARNING, "页码的高低", "请调整页脚距边界的距离。"),
    _of("W-92", WARNING, "页码的左右", "请设置奇偶页不同，单页居右空一字，双页居左空一字。"),
    _of("W-93", WARNING, "页码", "请在页脚插入页码，两侧各加一条一字线；信函首页不显示。"),
    _of("W-94", NOTICE, "署名单独一面", "请调整行距、字距，让正文与署名同在一面。"),
    _of("W-95", ERROR, "版记的位置", "请让版记的末条线与最后一面的版心下边缘重合。"),
    _of("W-96", WARNING, "实际用的字体", "请核对字体名称，本机没有的请安装。"),
)

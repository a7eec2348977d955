"""A list of goods comes in by file; what is wrong is said with its row, and nothing is kept."""

from pathlib import Path

from tests.support.command_line import Guitai

LIST = (
    "sku,name,category,brand,size,unit_price\n"
    "6901234567892,鲜牛奶,乳品,光明,950 ml,12.90\n"
    "K-77,挂耳咖啡,饮品,,10 包,\n"
)


def test_a_list_of_goods_is_brought_and_written_over(guitai: Guitai, tmp_path: Path) -> None:
    file = tmp_path / "goods.csv"
    file.write_text(LIST, encoding="utf-8")
    first = guitai("sale", "goods", str(file)).document
    file.write_text(LIST + "K-78,茶包,饮品,,,9\n", encoding="gb18030")
    second = guitai("sale", "goods", str(file)).document

    assert first == {"rows": 2, "added": 2, "updated": 0}
    assert second == {"rows": 3, "added": 1, "updated": 2}


def test_a_wrong_price_is_said_with_its_row(guitai: Guitai, tmp_path: Path) -> None:
    file = tmp_path / "goods.csv"
    file.write_text(LIST + "K-79,茶,饮品,,,一元\n", encoding="utf-8")

    refused = guitai("sale", "goods", str(file))

    assert refused.code == 2
    assert "第 4 行" in refused.stderr or "row 4" in refused.stderr.lower()
